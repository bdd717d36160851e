"""An object that is made at module level, before anything says that its class holds a client, and then only passed on."""
import anthropic


class Holder:
    def __init__(self) -> None:
        self.inner = anthropic.Anthropic()


class Empty:
    def __init__(self) -> None:
        self.inner = None


holder = Holder()
empty = Empty()


def helper(given):
    return given.inner.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101


def other(given):
    return given.inner.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK101


def passed() -> object:
    return helper(holder), other(empty)


class Wrapped:
    def __init__(self, given) -> None:
        self.given = given

    def ask(self) -> object:
        return self.given.inner.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101


def wrapped() -> object:
    return Wrapped(holder).ask()


def each(many):
    for one in many:
        one.inner.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101


def listed() -> None:
    every = [holder]
    each(every)
