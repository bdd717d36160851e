"""A suppression that silences nothing is CMK901; a bare ``# noqa`` never is, a mixed one neither.

Reading: a note about ours may stand behind or before the suppression in one comment, as with ``# type: ignore  # noqa``.
"""
from openai import OpenAI

from cost_lib import tagged

llm = OpenAI()
good = tagged(llm, feature="chat")
LIMIT = 3  # noqa: CMK101  # finds: CMK901
OTHER = 4  # noqa  # ok: CMK901
MIXED = 5  # noqa: E501, CMK101  # ok: CMK901
NUMBERS = 6  # noqa: E501  # ok: CMK901
SEVERAL = 7  # noqa: CMK101, CMK201  # finds: CMK901
ALLOWED = 8  # costmark: allow[CMK101] no longer needed  # finds: CMK901
doc = """
# costmark: allow[CMK101] inside a string  # ok: CMK901
"""


def calls(prompt: str) -> None:
    good.responses.create(model="gpt-4o-mini", input=prompt)  # noqa: CMK101  # finds: CMK901
    good.responses.create(model="gpt-4o-mini", input=prompt)  # costmark: allow[CMK101] was raw once  # finds: CMK901
    llm.responses.create(model="gpt-4o-mini", input=prompt)  # costmark: allow[CMK101] gateway  # ok: CMK101, CMK901
    llm.responses.create(model="gpt-4o-mini", input=prompt)  # costmark: allow[CMK101, CMK201] half  # finds: CMK901  # ok: CMK101
    llm.responses.create(model="gpt-4o-mini", input=prompt)  # costmark: allow[CMK201] wrong code  # finds: CMK101, CMK901
    llm.responses.create(model="gpt-4o-mini", input=prompt)  # noqa: CMK201  # finds: CMK101, CMK901
    # noqa: CMK101  # finds: CMK901
    llm.responses.create(  # finds: CMK101
        model="gpt-4o-mini",  # costmark: allow[CMK101] one line too low  # finds: CMK901
        input=prompt,
    )
