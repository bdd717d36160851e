"""``httpx_sse`` sends by the client that it is given: the request is raw where that client is."""
import httpx
from httpx_sse import aconnect_sse, connect_sse
from cost_lib import tagged

URL = "https://api.openai.com/v1/chat/completions"
client = httpx.Client(base_url="https://api.openai.com/v1")


def stream(body):
    with connect_sse(client, "POST", URL, json=body) as source:  # finds: CMK102
        yield from source.iter_sse()
    with connect_sse(client, "POST", "/chat/completions", json=body) as source:  # finds: CMK102
        yield from source.iter_sse()
    with connect_sse(tagged(client, feature="x"), "POST", URL, json=body) as source:  # ok: CMK102
        yield from source.iter_sse()
    with connect_sse(client, "GET", "https://api.openai.com/v1/models") as source:  # ok: CMK102
        yield from source.iter_sse()
    with connect_sse(httpx.Client(), "POST", "https://example.com/events") as source:  # ok: CMK102
        yield from source.iter_sse()


async def astream(body):
    async with httpx.AsyncClient() as http:
        async with aconnect_sse(client=http, method="POST", url=URL, json=body) as source:  # finds: CMK102
            async for event in source.aiter_sse():
                yield event
