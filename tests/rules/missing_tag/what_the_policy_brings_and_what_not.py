# policy:
# required-tags = ["feature", "team", "environment", "user_segment", "tier", "cost_center"]
# [tags.environment]
# values = ["production", "staging"]
# from-env = "APP_ENV"
# [tags.tier]
# default = "free"
# [tags.user_segment]
# ambient = true
# [tags.cost_center]
# values = ["a", "b"]
# default = "a"
"""``default``, ``from-env`` and ``ambient`` of the policy beside several required tags."""
from openai import OpenAI
from cost_lib import inherited, record_call, tagged, tags
raw = OpenAI()


def f(p):
    tagged(raw, feature="x", team="t").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    tagged(raw, feature="x").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    tagged(raw, team="x").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    tagged(raw, feature="x", team="t", environment="prod").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK202
    tagged(raw, feature="x", team="t", environment="").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK203
    tagged(raw, feature="x", team="t", cost_center="c").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK202
    tagged(raw, feature="x", team="t", user_segment=None).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    tagged(raw, feature="x", taem="t").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK210
    tagged(raw, faeture="x", taem="t").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK210
    tagged(raw, feature="x", evironment="production").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201, CMK210
    with tags(feature="x"):
        with tags(team="t"):
            tagged(raw).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
        tagged(raw).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    with tags(feature="x"), tags(team="t"):
        tagged(raw).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    with record_call(provider="p", model="m", feature="x"):  # finds: CMK201
        raw.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101
    with record_call(provider="p", model="m", feature="x", team="t"):  # ok: CMK201
        raw.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101


@tags(feature=inherited)
def half(p):
    tagged(raw, team="t").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


@tags(feature=inherited)
def less(p):
    tagged(raw).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201


@tags(feature=inherited, team=inherited)
def both(p):
    tagged(raw).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def call(p):
    half(p)  # finds: CMK207
    less(p)  # finds: CMK207
    both(p)  # finds: CMK207
    with tags(feature="x"):
        half(p)  # ok: CMK207
        both(p)  # finds: CMK207
        with tags(team="t"):
            both(p)  # ok: CMK207
    with tags(team="x"):
        half(p)  # finds: CMK207
        both(p)  # finds: CMK207
