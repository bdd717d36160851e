"""``inherited`` hands the duty on: a caller that proves the tag is silent, one that does not is reported at its call."""
from anthropic import Anthropic, AsyncAnthropic

from cost_lib import inherited, tagged, tags

client = Anthropic()
aclient = AsyncAnthropic()


def ask(prompt: str) -> object:
    return tagged(client, feature=inherited).messages.create(max_tokens=9, messages=[])  # ok: CMK101, CMK201


@tags(feature=inherited)
def ask_decorated(prompt: str) -> object:
    return tagged(client).messages.create(max_tokens=9, messages=[])  # ok: CMK201


async def ask_in_scope(prompt: str) -> object:
    with tags(feature=inherited):
        return await tagged(aclient).messages.create(max_tokens=9, messages=[])  # ok: CMK201


def with_client(llm, prompt: str) -> object:
    return tagged(llm, feature=inherited).messages.create(max_tokens=9, messages=[])  # ok: CMK101, CMK201


def proves_by_with() -> None:
    with tags(feature="faq"):
        ask("a")  # ok: CMK207
        ask_decorated("b")  # ok: CMK207
        with_client(client, "c")  # ok: CMK207
        [ask(word) for word in "abc"]  # ok: CMK207


@tags(feature="faq")
def proves_by_decorator() -> None:
    ask("a")  # ok: CMK207
    ask_decorated("b")  # ok: CMK207


async def proves_async() -> None:
    async with tags(feature="faq"):
        await ask_in_scope("a")  # ok: CMK207


def does_not_prove() -> None:
    ask("a")  # finds: CMK207
    ask_decorated("b")  # finds: CMK207
    with_client(Anthropic(), "c")  # finds: CMK207
    with_client(tagged(Anthropic(), team="a"), "c")  # finds: CMK207
    with tags(team="support"):
        ask("d")  # finds: CMK207
        list(ask(word) for word in "abc")  # finds: CMK207
    reply = (
        ask(  # finds: CMK207
            "long question",
        )
    )
    print(reply)


async def does_not_prove_async() -> None:
    await ask_in_scope("a")  # finds: CMK207


ask("import time")  # finds: CMK207
with tags(feature="import_time"):
    ask("import time")  # ok: CMK207
