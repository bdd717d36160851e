from __future__ import annotations

import asyncio
import inspect
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from enum import Enum
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import inherited, tags, with_current_tags
from cost_lib.scope import CURRENT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


def now() -> dict[str, str]:
    return dict(CURRENT.get().tags)


def test_a_block_sets_and_takes_back() -> None:
    with tags(feature="a"):
        assert {"feature": "a"} == now()
    assert {} == now()


def test_the_innermost_block_wins_key_by_key() -> None:
    with tags(feature="a", team="t"), tags(feature="b"):
        assert {"feature": "b", "team": "t"} == now()


@pytest.mark.parametrize("nothing", [None, "", "  ", inherited])
def test_what_says_nothing_overrides_nothing(nothing: Any) -> None:
    with tags(feature="a"), tags(feature=nothing):
        assert {"feature": "a"} == now()


def test_an_enum_is_its_value() -> None:
    class Tier(Enum):
        FREE = "free"

    with tags(user_segment=Tier.FREE):
        assert {"user_segment": "free"} == now()


def test_scopes_left_out_of_order_take_only_their_own_away() -> None:
    first, second = tags(feature="a"), tags(team="t")
    first.__enter__()
    second.__enter__()
    first.__exit__()
    assert {"team": "t"} == now()
    second.__exit__()
    assert {} == now()


def test_leaving_in_another_context_raises_nothing_and_takes_nothing() -> None:
    scope = tags(feature="a")
    scope.__enter__()
    asyncio.run(in_new_context(scope))
    assert {"feature": "a"} == now()
    scope.__exit__()


async def in_new_context(scope: Any) -> None:
    scope.__exit__()


def test_one_scope_may_be_entered_in_itself() -> None:
    scope = tags(feature="a")
    with scope, scope:
        pass
    assert {} == now()


def test_a_function_a_coroutine_and_an_asynchronous_block_carry_tags() -> None:
    @tags(feature="a")
    def plain() -> dict[str, str]:
        return now()

    @tags(feature="b")
    async def coroutine() -> dict[str, str]:
        async with tags(team="t"):
            await asyncio.sleep(0)
            return now()

    assert {"feature": "a"} == plain()
    assert inspect.iscoroutinefunction(coroutine)
    assert {"feature": "b", "team": "t"} == asyncio.run(coroutine())


def test_a_generator_has_tags_at_each_resume_and_its_consumer_none() -> None:
    @tags(feature="a")
    def made() -> Iterator[dict[str, str]]:
        with tags(team="t"):  # costmark: allow[CMK208] the leak is what is tested
            yield now()
            yield now()
        yield now()

    found = made()
    assert inspect.isgeneratorfunction(made)
    assert {"feature": "a", "team": "t"} == next(found)
    assert {} == now()
    assert [{"feature": "a", "team": "t"}, {"feature": "a"}] == list(found)
    assert {} == now()


def test_a_generator_is_sent_to_thrown_into_and_closed() -> None:
    log: list[object] = []

    @tags(feature="a")
    def made() -> Any:
        try:
            log.append((yield 1))
            yield 2
        except KeyError:
            log.append(now())
            yield 3
        finally:
            log.append("closed")

    found = made()
    assert 1 == next(found)
    assert 2 == found.send("sent")
    assert 3 == found.throw(KeyError())
    found.close()
    assert ["sent", {"feature": "a"}, "closed"] == log


def test_a_context_manager_begins_and_ends_under_its_tags_and_its_block_does_not() -> None:
    log = []

    @tags(feature="a")
    @contextmanager
    def around() -> Iterator[None]:
        log.append(now())
        yield
        log.append(now())

    with around():
        assert {} == now()
    assert [{"feature": "a"}, {"feature": "a"}] == log


def test_an_asynchronous_context_manager_begins_under_its_tags() -> None:
    @tags(feature="a")
    @asynccontextmanager
    async def around() -> AsyncIterator[dict[str, str]]:
        yield now()

    async def run() -> dict[str, str]:
        async with around() as seen:
            assert {} == now()
            return seen

    assert {"feature": "a"} == asyncio.run(run())


def test_an_asynchronous_generator_has_tags_at_each_resume() -> None:
    @tags(feature="a")
    async def made() -> AsyncIterator[dict[str, str]]:
        yield now()
        yield now()

    async def consume() -> list[dict[str, str]]:
        found = []
        async for item in made():
            found += [item, now()]
        return found

    assert inspect.isasyncgenfunction(made)
    assert [{"feature": "a"}, {}, {"feature": "a"}, {}] == asyncio.run(consume())


def test_a_class_is_refused() -> None:
    with pytest.raises(TypeError, match="not above a class"):
        tags(feature="a")(type("Job", (), {}))


def test_static_and_class_methods_are_tagged_from_above() -> None:
    class Job:
        @tags(feature="a")
        @staticmethod
        def still() -> dict[str, str]:
            return now()

        @tags(feature="b")
        @classmethod
        def of_class(cls) -> dict[str, str]:
            return now()

    assert ({"feature": "a"}, {"feature": "b"}) == (Job.still(), Job.of_class())


def test_tasks_do_not_share_tags() -> None:
    async def one(name: str) -> str:
        with tags(feature=name):
            await asyncio.sleep(0)
            return now()["feature"]

    async def many() -> list[str]:
        return await asyncio.gather(*(one(str(number)) for number in range(20)))

    assert [str(number) for number in range(20)] == asyncio.run(many())


def test_a_thread_has_tags_when_they_are_handed_to_it() -> None:
    with ThreadPoolExecutor(1) as pool, tags(feature="a"):
        assert {} == pool.submit(now).result()
        assert {"feature": "a"} == pool.submit(with_current_tags(now)).result()
