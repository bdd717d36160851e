"""Tags never leak: whatever takes turns with whatever, each sees its own."""

from __future__ import annotations

import asyncio
import contextvars
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cost_lib import tagged, tags, with_current_tags
from cost_lib.scope import CURRENT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

TURNS = st.lists(st.integers(0, 4), max_size=40)
DEPTHS = st.lists(st.integers(0, 3), min_size=5, max_size=5)
MANY = settings(max_examples=150, deadline=None)
FEW = settings(max_examples=30, deadline=None)


def now() -> dict[str, str]:
    return dict(CURRENT.get().tags)


class Client:
    def stream(self) -> Iterator[dict[str, str]]:
        for _ in range(50):
            yield now()

    def ask(self) -> dict[str, str]:
        return now()


@tags(feature="outer")
def nested(name: str, depth: int) -> Iterator[dict[str, str]]:
    """Yield what is in force under scopes that are entered and left between turns."""
    while True:
        yield now()
        with tags(feature=name):  # costmark: allow[CMK208] the leak is what is tested
            for _ in range(depth):
                yield now()
                with tags(team=name):  # costmark: allow[CMK208] the leak is what is tested
                    yield now()


def alone(name: str, depth: int, turns: int) -> list[dict[str, str]]:
    """Say what a generator sees that takes no turns with others."""
    made = nested(name, depth)
    return [next(made) for _ in range(turns)]


@MANY
@given(TURNS, DEPTHS)
def test_generators_that_take_turns_see_what_each_alone_would(turns: list[int], depths: list[int]) -> None:
    made = [nested(str(number), depth) for number, depth in enumerate(depths)]
    seen: list[list[dict[str, str]]] = [[] for _ in made]
    with tags(feature="consumer"):
        for turn in turns:
            seen[turn].append(next(made[turn]))
            assert {"feature": "consumer"} == now()
    assert {} == now()
    assert [alone(str(number), depth, len(seen[number])) for number, depth in enumerate(depths)] == seen


@MANY
@given(TURNS)
def test_streams_that_take_turns_run_each_under_the_tags_of_its_call(turns: list[int]) -> None:
    made = []
    for number in range(5):
        with tags(team=str(number)):
            made.append(tagged(Client(), feature=f"f{number}").stream())
    for turn in turns:
        assert {"team": str(turn), "feature": f"f{turn}"} == next(made[turn])
        assert {} == now()


@MANY
@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=40))
def test_scopes_opened_and_closed_in_any_order_take_only_their_own_away(steps: list[tuple[int, bool]]) -> None:
    scopes = [tags(**{f"key{number}": "x"}) for number in range(5)]
    opened = [0] * 5

    def play() -> None:
        for number, is_open in steps:
            if is_open:
                scopes[number].__enter__()
                opened[number] += 1
            else:
                scopes[number].__exit__()
                opened[number] = max(opened[number] - 1, 0)
            assert {f"key{number}": "x" for number, depth in enumerate(opened) if depth} == now()

    contextvars.Context().run(play)


@MANY
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans()), min_size=1, max_size=8))
def test_tasks_see_their_own_tags_and_what_they_were_born_under(plan: list[tuple[int, int, bool]]) -> None:
    async def work(name: str, pauses: int, inner: int) -> None:
        born = now()
        with tags(feature=name):
            for _ in range(pauses):
                await asyncio.sleep(0)
                assert {**born, "feature": name} == now()
                if inner:
                    await asyncio.create_task(work(f"{name}.{inner}", pauses, inner - 1))
            assert {**born, "feature": name} == await asyncio.to_thread(tagged(Client()).ask)
        assert born == now()

    async def main() -> None:
        jobs = []
        for number, (pauses, inner, is_under) in enumerate(plan):
            with tags(team=str(number) if is_under else None):
                jobs.append(asyncio.create_task(work(str(number), pauses, min(inner, 1))))
        await asyncio.gather(*jobs)
        assert {} == now()

    asyncio.run(main())


@FEW
@given(TURNS, DEPTHS)
def test_asynchronous_generators_that_take_turns_do_not_mix(turns: list[int], depths: list[int]) -> None:
    @tags(feature="outer")
    async def made(name: str, depth: int) -> AsyncIterator[dict[str, str]]:
        while True:
            yield now()
            with tags(feature=name):  # costmark: allow[CMK208] the leak is what is tested
                for _ in range(depth):
                    await asyncio.sleep(0)
                    yield now()

    async def main() -> None:
        streams = [made(str(number), depth) for number, depth in enumerate(depths)]
        for turn in turns:
            assert (await anext(streams[turn]))["feature"] in {"outer", str(turn)}
            assert {} == now()
        for stream in streams:
            await stream.aclose()  # type: ignore[attr-defined]

    asyncio.run(main())


@FEW
@given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_threads_of_a_pool_keep_nothing_from_the_work_before(names: list[int]) -> None:
    jobs: list[tuple[str, Any]] = []
    with ThreadPoolExecutor(3) as pool:
        for name in names:
            with tags(feature=str(name)):
                jobs += [(str(name), pool.submit(with_current_tags(now))), ("", pool.submit(now))]
    assert [{"feature": name} if name else {} for name, _ in jobs] == [job.result() for _, job in jobs]
