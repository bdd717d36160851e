"""What a variable holds on every path: branches, loops, exceptions, patterns, closures, iterators."""
from openai import AsyncOpenAI, OpenAI

from cost_lib import inherited, tagged, tags

raw = OpenAI()
llm = tagged(raw)


def early(p, flag):
    c = raw
    if not flag:
        return None
    c = tagged(c, feature="x")
    return c.responses.create(model="gpt-4o-mini")  # ok: CMK101, CMK201


def guard(p, client=None):
    if client is None:
        client = tagged(OpenAI(), feature="x")
    return client.responses.create(model="gpt-4o-mini")  # ok: CMK101, CMK201


def guard_raw(p, client=None):
    if client is None:
        client = OpenAI()
    return client.responses.create(model="gpt-4o-mini")  # finds: CMK101


guard("x")
guard("x", tagged(OpenAI(), feature="y"))
guard_raw("x", tagged(OpenAI(), feature="y"))


def loops(p):
    c = raw
    for _ in range(3):
        c.responses.create(model="gpt-4o-mini")  # finds: CMK101
        c = tagged(c, feature="x")
    d = tagged(raw, feature="x")
    for _ in range(3):
        d.responses.create(model="gpt-4o-mini")  # finds: CMK201
        d = llm
    e = None
    while e is None:
        e = tagged(raw, feature="x")
    e.responses.create(model="gpt-4o-mini")  # ok: CMK101, CMK201
    for x in p:
        f = tagged(raw, feature="x")
        break
    else:
        f = raw
    f.responses.create(model="gpt-4o-mini")  # finds: CMK101


def tries(p):
    try:
        c = tagged(raw, feature="x")
    except Exception:
        raise
    c.responses.create(model="gpt-4o-mini")  # ok: CMK101, CMK201
    try:
        d = tagged(raw, feature="x")
    except Exception:
        return None
    d.responses.create(model="gpt-4o-mini")  # ok: CMK101
    try:
        e = raw
        e = tagged(e, feature="x")
    except ValueError:
        e.responses.create(model="gpt-4o-mini")  # finds: CMK101
    else:
        e.responses.create(model="gpt-4o-mini")  # ok: CMK101, CMK201
    finally:
        pass
    f = raw
    try:
        f = tagged(f, feature="x")
    finally:
        f.responses.create(model="gpt-4o-mini")  # finds: CMK101


def matches(p):
    match p:
        case {"a": 1}:
            c = tagged(raw, feature="a")
        case [OpenAI() as c]:
            c = tagged(c, feature="b")
        case _:
            raise ValueError
    c.responses.create(model="gpt-4o-mini")  # ok: CMK101, CMK201
    d = raw
    match p:
        case 1:
            d = tagged(raw, feature="x")
        case 2:
            d = tagged(raw, feature="y")
    d.responses.create(model="gpt-4o-mini")  # finds: CMK101
    match p:
        case 1:
            d = tagged(raw, feature="x")
        case other:
            d = tagged(raw, feature="y")
    d.responses.create(model="gpt-4o-mini")  # ok: CMK101, CMK201


def deletes(p):
    c = raw
    del c
    c = tagged(raw, feature="x")
    c.responses.create(model="gpt-4o-mini")  # ok: CMK101
    raw.responses.create(model="gpt-4o-mini")  # finds: CMK101
    return
    raw.responses.create(model="gpt-4o-mini")  # ok: CMK101


def walrus(p):
    if (c := tagged(raw, feature="x")) is not None:
        c.responses.create(model="gpt-4o-mini")  # ok: CMK101
    print(d := tagged(raw), d.responses.create(model="gpt-4o-mini"))  # finds: CMK201
    [e := tagged(raw, feature=q) for q in ("a", "b")]
    e.responses.create(model="gpt-4o-mini")  # ok: CMK101, CMK201


def nested(p, flag):
    c = raw

    def set_it():
        nonlocal c
        c = tagged(raw, feature="x")

    set_it()
    c.responses.create(model="gpt-4o-mini")  # finds: CMK101

    class Inner:
        c = tagged(raw, feature="x")
        c.responses.create(model="gpt-4o-mini")  # ok: CMK101, CMK201

        def m(self):
            return c.responses.create(model="gpt-4o-mini")  # finds: CMK101
    return Inner


G = None


def init():
    global G
    G = tagged(OpenAI(), feature="g")


def use_g():
    G.responses.create(model="gpt-4o-mini")  # ok: CMK101, CMK201


H = OpenAI()


def init_h():
    global H
    H = tagged(H, feature="h")


def use_h():
    H.responses.create(model="gpt-4o-mini")  # finds: CMK101


def shadow_param(raw):
    raw.responses.create(model="gpt-4o-mini")  # ok: CMK101


shadow_param(tagged(OpenAI(), feature="x"))


def starred(*clients, **named):
    for c in clients:
        c.responses.create(model="gpt-4o-mini")  # finds: CMK101
    named["a"].responses.create(model="gpt-4o-mini")  # ok: CMK101
    named["b"].responses.create(model="gpt-4o-mini")  # finds: CMK101


starred(OpenAI(), tagged(OpenAI(), feature="x"), a=tagged(OpenAI(), feature="x"), b=OpenAI())


def gen_clients():
    yield tagged(OpenAI(), feature="x")
    yield tagged(OpenAI(), feature="y")


def gen_raw():
    yield OpenAI()
    yield from gen_clients()


def use_gens():
    for c in gen_clients():
        c.responses.create(model="gpt-4o-mini")  # ok: CMK101, CMK201
    for c in gen_raw():
        c.responses.create(model="gpt-4o-mini")  # finds: CMK101
    next(gen_clients()).responses.create(model="gpt-4o-mini")  # ok: CMK101
    a, b = gen_clients()
    a.responses.create(model="gpt-4o-mini"), b.responses.create(model="gpt-4o-mini")  # ok: CMK101
    for i, c in enumerate([raw]):
        c.responses.create(model="gpt-4o-mini")  # finds: CMK101
    for c, q in zip([raw], "a"):
        c.responses.create(model="gpt-4o-mini")  # finds: CMK101
    for c in map(lambda f: tagged(raw, feature=f), ("a", "b")):
        c.responses.create(model="gpt-4o-mini")  # ok: CMK101
    for c in filter(None, [raw]):
        c.responses.create(model="gpt-4o-mini")  # finds: CMK101
    for c in sorted([raw], key=id):
        c.responses.create(model="gpt-4o-mini")  # finds: CMK101
    for c in {"a": raw}.values():
        c.responses.create(model="gpt-4o-mini")  # finds: CMK101
    c = max([raw], key=id)
    c.responses.create(model="gpt-4o-mini")  # finds: CMK101
