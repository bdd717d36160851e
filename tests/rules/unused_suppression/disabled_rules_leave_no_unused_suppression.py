# policy:
# disable = ["CMK201"]
# no-inline = ["CMK101"]
"""No CMK901 where policy disabled the rule or ``no-inline`` overrules; a ``no-inline`` finding cannot be silenced."""
from openai import OpenAI

from cost_lib import tagged

client = OpenAI()
llm = tagged(client)


def calls(prompt: str) -> None:
    llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    llm.responses.create(model="gpt-4o-mini", input=prompt)  # noqa: CMK201  # ok: CMK201, CMK901
    llm.responses.create(model="gpt-4o-mini", input=prompt)  # costmark: allow[CMK201] off  # ok: CMK201, CMK901
    client.responses.create(model="gpt-4o-mini", input=prompt)  # noqa: CMK101  # finds: CMK101  # ok: CMK901
    client.responses.create(model="gpt-4o-mini", input=prompt)  # noqa  # finds: CMK101  # ok: CMK901
    client.responses.create(model="gpt-4o-mini", input=prompt)  # costmark: allow[CMK101] no  # finds: CMK101  # ok: CMK901
    tagged(client, feature="").responses.create(input=prompt)  # noqa: CMK203  # ok: CMK203, CMK901
    tagged(client, feature="a").responses.create(input=prompt)  # noqa: CMK203  # finds: CMK901
