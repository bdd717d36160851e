"""CMK204 is off by default: computed values prove the tag and nothing is said."""
from openai import OpenAI

from cost_lib import tagged, tags

client = OpenAI()


def calls(request) -> None:
    tagged(client, feature=request.path).responses.create(input="x")  # ok: CMK201, CMK204
    tagged(client, feature=f"chat_{request.kind}").responses.create(input="x")  # ok: CMK201, CMK204
    with tags(feature=str(request.kind)):
        tagged(client).responses.create(input="x")  # ok: CMK201, CMK204
    tagged(client, team=request.team).responses.create(input="x")  # finds: CMK201  # ok: CMK204
