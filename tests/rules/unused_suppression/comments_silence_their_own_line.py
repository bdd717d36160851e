"""``# noqa`` and ``# costmark: allow[...] reason`` act on the line that reports."""
from openai import OpenAI

from cost_lib import tagged

client = OpenAI()
llm = tagged(client)


def silenced(prompt: str) -> None:
    client.responses.create(model="gpt-4o-mini", input=prompt)  # noqa: CMK101  # ok: CMK101, CMK901
    client.responses.create(model="gpt-4o-mini", input=prompt)  # noqa  # ok: CMK101, CMK901
    client.responses.create(model="gpt-4o-mini", input=prompt)  # noqa:CMK101,E501  # ok: CMK101, CMK901
    client.responses.create(model="gpt-4o-mini", input=prompt)  # NoQA: CMK101  # ok: CMK101
    client.responses.create(model="gpt-4o-mini", input=prompt)  # noqa without a colon is bare  # ok: CMK101, CMK901
    client.responses.create(model="gpt-4o-mini", input=prompt)  # type: ignore  # noqa: CMK101  # ok: CMK101
    client.responses.create(model="gpt-4o-mini", input=prompt)  # noqa: CMK1  # ok: CMK101
    client.responses.create(model="gpt-4o-mini", input=prompt)  # costmark: allow[CMK101] migrated in May  # ok: CMK101, CMK901
    llm.responses.create(model="gpt-4o-mini", input=prompt)  # costmark: allow[CMK201] one-off  # ok: CMK201, CMK901
    tagged(client, colour="red").responses.create(input=prompt)  # costmark: allow[CMK201, CMK210] demo  # ok: CMK201, CMK210, CMK901
    tagged(client, feature="").responses.create(input=prompt)  # noqa: CMK203  # ok: CMK203, CMK901


def not_silenced(prompt: str) -> None:
    client.responses.create(model="gpt-4o-mini", input=prompt)  # noqa: E501  # finds: CMK101  # ok: CMK901
    client.responses.create(model="gpt-4o-mini", input=prompt)  # noqa: F401, E501  # finds: CMK101
    client.responses.create(  # finds: CMK101
        model="gpt-4o-mini",
        input=prompt,
    )  # noqa: E501
    (
        client.responses
        .create(  # noqa: CMK101  # ok: CMK101, CMK901
            model="gpt-4o-mini", input=prompt
        )
    )
