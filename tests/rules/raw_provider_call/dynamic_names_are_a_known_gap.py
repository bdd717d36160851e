"""What only runs can tell is not found; each gap is named here, and closing one is noticed."""
import sys

from openai import OpenAI

client = OpenAI()


def calls(name: str, prompt: str) -> None:
    getattr(client.responses, name)(input=prompt)  # missed: CMK101 (the name is dynamic)
    vars(sys.modules[__name__])["client"].responses.create(input=prompt)  # missed: CMK101 (namespace read as a dict)
    eval("client").responses.create(input=prompt)  # missed: CMK101 (code in a string)  # noqa: S307
