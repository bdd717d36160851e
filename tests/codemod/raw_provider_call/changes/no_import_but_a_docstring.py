"""Only a docstring."""


def ask(text):
    from openai import OpenAI

    return OpenAI().responses.create(model="gpt-4o-mini", input=text)
# output
"""Only a docstring."""

from cost_lib import tagged


def ask(text):
    from openai import OpenAI

    return tagged(OpenAI(), feature="no_import_but_a_docstring").responses.create(model="gpt-4o-mini", input=text)
