"""A module, and a class, that make each thing when it is asked for by its name."""

from cost_lib import tagged


def _raw():
    from openai import OpenAI

    return OpenAI()


def _safe():
    from openai import OpenAI

    return tagged(OpenAI(), feature="x")


def __getattr__(name):
    if name == "raw":
        return _raw()
    elif name == "safe":
        return _safe()
    elif name in ("also_raw", "raw_too"):
        return _raw()
    raise AttributeError(name)


class Clients:
    def __getattr__(self, name):
        if name == "raw":
            return _raw()
        if name == "safe":
            return _safe()
        raise AttributeError(name)
