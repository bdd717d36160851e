# policy:
# enable = ["CMK902"]
"""``allow`` without a reason is CMK902; ``noqa`` needs none. A bare ``allow`` still silences.

Reading: the suppression may stand behind another note in the same comment, so that the annotation is not its reason.
"""
from openai import OpenAI

client = OpenAI()


def calls(prompt: str) -> None:
    client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK902  # ok: CMK101  # costmark: allow[CMK101]
    client.responses.create(model="gpt-4o-mini", input=prompt)  # costmark: allow[CMK101] one-off script  # ok: CMK101, CMK902
    client.responses.create(model="gpt-4o-mini", input=prompt)  # noqa: CMK101  # ok: CMK101, CMK902
    client.responses.create(model="gpt-4o-mini", input=prompt)  # noqa  # ok: CMK101, CMK902
