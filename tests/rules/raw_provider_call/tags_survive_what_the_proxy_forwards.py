"""``with_options``, ``copy``, ``__enter__`` and ``__aenter__`` results, copies and merges stay tagged."""
import copy

from anthropic import AsyncAnthropic
from openai import AsyncOpenAI, OpenAI

from cost_lib import tagged

good = tagged(OpenAI(), feature="a")
raw = OpenAI()


def sync() -> None:
    good.with_options(timeout=3).responses.create(input="x")  # ok: CMK101, CMK201
    good.copy(max_retries=1).responses.create(input="x")  # ok: CMK101, CMK201
    copy.copy(good).responses.create(input="x")  # ok: CMK101, CMK201
    copy.deepcopy(good).responses.create(input="x")  # ok: CMK101, CMK201
    tagged(good, team="b").responses.create(input="x")  # ok: CMK101, CMK201
    good.chat.completions.with_raw_response.create(messages=[])  # ok: CMK101, CMK201
    with good as entered:
        entered.responses.create(input="x")  # ok: CMK101, CMK201
    copy.copy(raw).responses.create(input="x")  # finds: CMK101
    raw.with_options(timeout=3).chat.completions.create(messages=[])  # finds: CMK101
    with raw as entered:
        entered.responses.create(input="x")  # finds: CMK101
    tagged(raw.with_options(timeout=3)).responses.create(input="x")  # finds: CMK201  # ok: CMK101


async def asynchronous() -> None:
    async with tagged(AsyncOpenAI(), feature="a") as entered:
        await entered.responses.create(input="x")  # ok: CMK101, CMK201
    async with tagged(AsyncAnthropic()) as entered:
        await entered.messages.create(max_tokens=9, messages=[])  # finds: CMK201  # ok: CMK101
