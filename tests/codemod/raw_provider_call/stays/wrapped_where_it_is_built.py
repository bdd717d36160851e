from cost_lib import tagged
from openai import AsyncOpenAI

client = tagged(AsyncOpenAI(), feature="faq_check")


async def ask(text):
    async with client.responses.stream(model="gpt-4o-mini", input=text) as stream:
        return [event async for event in stream]
