# policy:
# required-tags = ["feature", "team"]
# [[wrappers]]
# name = "acme_llm.complete"
# kind = "call"
# tags = {feature = "feature_name", team = "owner_team"}
# [[wrappers]]
# name = "acme_llm.embed"
# kind = "call"
# tags = ["keywords", {feature = "feature_name"}]
# [[wrappers]]
# name = "acme_llm.everything"
# kind = "call"
# tags = ["keywords", {argument = "labels"}, {feature = "feature_name"}]
"""With ``tags = {feature = "feature_name"}`` only that argument counts, unless "keywords" is listed too."""
from acme_llm import complete, embed, everything

ARGUMENTS = {"feature_name": "chat", "owner_team": "growth"}


def only_the_named_arguments(prompt: str) -> None:
    complete(prompt, feature_name="chat", owner_team="growth")  # ok: CMK201
    complete(prompt, **ARGUMENTS)  # ok: CMK201
    complete(prompt, feature="chat", team="growth")  # finds: CMK201
    complete(prompt, feature_name="chat", team="growth")  # finds: CMK201
    complete(prompt, feature_name="chat")  # finds: CMK201
    complete(prompt, feature_name="chat", owner_team="growth", note="x")  # ok: CMK201, CMK210


def keywords_too(prompt: str) -> None:
    embed(prompt, feature_name="chat", team="growth")  # ok: CMK201
    embed(prompt, feature="chat", team="growth")  # ok: CMK201
    embed(prompt, feature_name="chat", owner_team="growth")  # finds: CMK201
    embed(prompt, team="growth")  # finds: CMK201


def several_at_once(prompt: str) -> None:
    everything(prompt, feature_name="chat", labels={"team": "growth"})  # ok: CMK201
    everything(prompt, feature="chat", labels={"team": "growth"})  # ok: CMK201
    everything(prompt, team="growth", labels={"feature": "chat"})  # ok: CMK201
    everything(prompt, labels={"feature": "chat", "team": "growth"})  # ok: CMK201
    everything(prompt, labels={"team": "growth"})  # finds: CMK201
    everything(prompt, feature_name="chat")  # finds: CMK201


def values_are_judged_like_ours(prompt: str) -> None:
    complete(prompt, feature_name="", owner_team="growth")  # finds: CMK203
    complete(prompt, feature_name="chat", owner_team=None)  # finds: CMK203
    complete(prompt, feature_name="todo", owner_team="growth")  # finds: CMK203
    embed(prompt, feature="chat", team="tbd")  # finds: CMK203
