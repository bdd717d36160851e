'''Behind a multi-line string ``noqa`` acts on the whole range, as in flake8; ``allow`` acts on its own line only.

The annotations of such a range stand inside the string, on the line that they speak of.
'''
from openai import OpenAI

client = OpenAI()


def calls() -> None:
    client.responses.create(input="""# ok: CMK101
    A long
    prompt.
    """)  # noqa: CMK101  # ok: CMK901
    client.responses.create(input="""# ok: CMK101
    A long prompt.
    """)  # noqa
    client.responses.create(input="""# finds: CMK101
    A long prompt.
    """)  # noqa: E501
    client.responses.create(input="""# finds: CMK101
    A long prompt.
    """)  # costmark: allow[CMK101] the wrong line  # finds: CMK901
    client.responses.create(  # finds: CMK101
        input="""
    The call stands on a line before the string's.
    """)  # noqa: CMK101  # finds: CMK901
