"""Accounts are exact, whoever draws on them and however he ends."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cost_lib.budgets import store as store_module
from cost_lib.budgets.accounts import Draw
from cost_lib.budgets.cells import PAGE, Busy, Cells
from cost_lib.budgets.store import BOOK, CELLS, Store
from cost_lib.errors import BudgetExceeded

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
MONTH = Draw("faq", "2026-11", 100, is_blocking=True)
DAY = Draw("faq", "2026-11-22", 40, is_blocking=True)
TOTAL = Draw("", "2026-11", 1000, is_blocking=False, alert_at=(Decimal("0.5"),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = Store(tmp_path / "events")
    found.join((MONTH, DAY, TOTAL))
    yield found
    found.close()


def figures(store: Store, draw: Draw) -> tuple[int, int]:
    return store.look(draw)[:2]


def test_a_call_is_counted_while_it_runs_and_after(store: Store) -> None:
    reserved = store.reserve((MONTH,), 60)
    assert figures(store, MONTH) == (0, 60)
    store.settle(reserved, 25)
    assert figures(store, MONTH) == (25, 0)


def test_what_does_not_fit_is_refused_and_changes_nothing(store: Store) -> None:
    store.reserve((MONTH,), 60)
    with pytest.raises(BudgetExceeded) as refusal:
        store.reserve((MONTH,), 41)
    assert (100, 0, 60, 41) == (refusal.value.limit, refusal.value.spent, refusal.value.reserved, refusal.value.needed)
    assert figures(store, MONTH) == (0, 60)


def test_the_last_nano_dollar_can_be_reserved(store: Store) -> None:
    store.reserve((MONTH,), 60)
    store.reserve((MONTH,), 40)
    assert figures(store, MONTH) == (0, 100)


def test_a_call_that_one_account_refuses_is_in_none(store: Store) -> None:
    with pytest.raises(BudgetExceeded) as refusal:
        store.reserve((MONTH, DAY), 50)
    assert (refusal.value.span, figures(store, MONTH), figures(store, DAY)) == ("2026-11-22", (0, 0), (0, 0))


def test_an_account_that_only_alerts_counts_and_never_refuses(store: Store) -> None:
    store.settle(store.reserve((TOTAL,), 5000), 5000)
    assert figures(store, TOTAL) == (5000, 0)
    store.reserve((TOTAL,), 5000)


def test_a_budget_of_nothing_refuses_whatever_costs(store: Store) -> None:
    nothing = Draw("idle", "2026-11", 0, is_blocking=True)
    store.join((nothing,))
    with pytest.raises(BudgetExceeded):
        store.reserve((nothing,), 1)
    with pytest.raises(BudgetExceeded):
        store.reserve((nothing,), None)


def test_what_is_free_passes_a_budget_that_is_spent(store: Store) -> None:
    store.settle(store.reserve((MONTH,), 100), 100)
    store.settle(store.reserve((MONTH,), 0), 0)
    assert figures(store, MONTH) == (100, 0)


def test_a_call_without_a_bound_passes_while_anything_is_left(store: Store) -> None:
    store.settle(store.reserve((MONTH,), None), 100)
    with pytest.raises(BudgetExceeded, match="no upper bound"):
        store.reserve((MONTH,), None)


def test_a_call_without_a_bound_is_refused_where_the_policy_says_so(store: Store) -> None:
    with pytest.raises(BudgetExceeded):
        store.reserve((MONTH,), None, must_bound=True)


def test_a_call_that_cost_more_than_its_bound_is_counted_in_full(store: Store) -> None:
    store.settle(store.reserve((MONTH,), 10), 130)
    assert figures(store, MONTH) == (130, 0)


def test_two_stores_of_a_folder_see_the_same(store: Store) -> None:
    store.settle(store.reserve((MONTH,), 60), 60)
    script = (
        "from pathlib import Path; import sys; from cost_lib.budgets.store import Store; from cost_lib.budgets.accounts import Draw\n"
        "print(Store(Path(sys.argv[1])).look(Draw('faq', '2026-11', 100, True)).settled)"
    )
    assert run(script, store.folder).strip() == "60"


def run(script: str, folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder), *arguments], capture_output=True, text=True, check=True, env=environment, timeout=60
    )
    return done.stdout


RACE = """
import sys
import tempfile
from pathlib import Path
from cost_lib.budgets.accounts import Draw
from cost_lib.budgets.store import Store
from cost_lib.errors import BudgetExceeded
draw = Draw("race", "2026-11", 9_001, True)
store = Store(Path(sys.argv[1]))
store.join((draw,))
admitted = 0
while True:
    try:
        reserved = store.reserve((draw,), 7)
    except BudgetExceeded as refusal:
        assert refusal.spent + refusal.reserved <= refusal.limit
        if refusal.reserved:
            continue
        break
    counts = store.look(draw)
    assert counts.settled + counts.reserved <= draw.limit, counts
    admitted += 1
    store.settle(reserved, 3)
print(admitted)
"""


def test_racing_processes_spend_exactly_what_there_is(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    racers = [
        subprocess.Popen([sys.executable, "-c", RACE, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=environment) for _ in range(4)
    ]
    admitted = sum(int(racer.communicate(timeout=60)[0]) for racer in racers)
    # a call is admitted while 7 are left and costs 3
    assert admitted == (9_001 - 7) // 3 + 1


def test_racing_threads_spend_exactly_what_there_is(store: Store) -> None:
    draw = Draw("threads", "2026-11", 1_000, is_blocking=True)
    store.join((draw,))
    admitted = []

    def race() -> None:
        try:
            while True:
                store.settle(store.reserve((draw,), 1), 1)
                admitted.append(1)
        except BudgetExceeded:
            return

    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (1_000, (1_000, 0)) == (len(admitted), figures(store, draw))


KILLED = """
import os, signal, sys
from pathlib import Path
from cost_lib.budgets.accounts import Draw
from cost_lib.budgets.store import Store
draw = Draw("faq", "2026-11", 100, True)
store = Store(Path(sys.argv[1]))
store.join((draw,))
store.settle(store.reserve((draw,), 30), 20)
store.reserve((draw,), 50)
os.kill(os.getpid(), signal.SIGKILL)
"""


def kill_one(folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False, env=environment, timeout=60)
    assert done.returncode == -signal.SIGKILL


def test_what_a_killed_process_spent_stays_and_what_it_had_reserved_stands_for_a_while(store: Store) -> None:
    kill_one(store.folder)
    assert figures(store, MONTH) == (20, 50)
    with pytest.raises(BudgetExceeded):
        store.reserve((MONTH,), 31)


def test_what_a_killed_process_had_reserved_expires(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kill_one(store.folder)
    monkeypatch.setattr(store_module, "HOLD", 0)
    store.reserve((MONTH,), 80)
    assert figures(store, MONTH) == (20, 80)


def test_what_a_living_process_has_reserved_never_expires(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "HOLD", 0)
    other = subprocess.Popen(
        [
            sys.executable,
            "-c",
            KILLED.replace("os.kill(os.getpid(), signal.SIGKILL)", "print('ready', flush=True); input()"),
            str(store.folder),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "ready\n"
    with pytest.raises(BudgetExceeded):
        store.reserve((MONTH,), 31)
    other.communicate("\n", timeout=60)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_child_counts_for_itself(tmp_path: Path) -> None:
    store_module.use_folder(tmp_path)
    parent = store_module.store_in_use()
    assert parent is not None
    parent.join((MONTH,))
    parent.reserve((MONTH,), 10)
    child = os.fork()
    if child == 0:
        own = store_module.store_in_use()
        assert own is not None
        own.join((MONTH,))
        own.settle(own.reserve((MONTH,), 20), 5)
        os._exit(0 if own is not parent and own.look(MONTH)[:2] == (5, 10) else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert figures(parent, MONTH) == (5, 10)
    store_module.use_folder(None)


def test_the_lock_of_another_process_is_not_waited_for_where_nobody_can_wait(store: Store) -> None:
    script = (
        "import sys; from pathlib import Path; from cost_lib.budgets.cells import Cells\n"
        "Cells(Path(sys.argv[1]) / 'budgets.cells').lock(wait=True); print('locked', flush=True); input()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(store.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "locked\n"
    with pytest.raises(Busy):
        store.reserve((MONTH,), 1, wait=False)
    other.communicate("\n", timeout=60)
    store.reserve((MONTH,), 1, wait=False)


def test_counters_that_were_removed_begin_anew(tmp_path: Path) -> None:
    first = Store(tmp_path)
    first.join((MONTH,))
    first.settle(first.reserve((MONTH,), 5), 5)
    first.close()
    (tmp_path / CELLS).unlink()
    assert Store(tmp_path).look(MONTH)[:2] == (0, 0)


def test_a_reservation_that_fails_half_way_leaves_nothing_behind(store: Store) -> None:
    store.reserve((MONTH, DAY), 1)

    class Failing(Cells):
        writes = 0

        def reserve(self, page: int, cell: int, own: int, now: int) -> None:
            self.writes += 1
            if self.writes == 2:
                raise OSError("no room")
            super().reserve(page, cell, own, now)

    assert store._files is not None
    store._files[1].__class__ = Failing
    with pytest.raises(OSError, match="no room"):
        store.reserve((MONTH, DAY), 5)
    assert ((0, 1), (0, 1)) == (figures(store, MONTH), figures(store, DAY))


def test_damaged_counters_are_an_error_and_no_number(store: Store) -> None:
    os.truncate(store.folder / CELLS, PAGE)
    with pytest.raises(OSError, match="damaged"):
        store.look(MONTH)


def test_a_damaged_book_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / BOOK).write_bytes(b"this is no database at all" * 50)
    with pytest.raises(OSError, match=BOOK):
        Store(tmp_path).join((MONTH,))


def test_accounts_of_long_ago_are_closed_and_their_pages_used_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.settle(store.reserve((DAY,), 7), 7)
    later = time.time() + 90 * 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    store.join((Draw("faq", "2099-02", 100, is_blocking=True),))
    with sqlite3.connect(store.folder / BOOK) as book:
        rows = dict(book.execute("SELECT span, settled FROM account WHERE page IS NULL AND budget = 'faq'").fetchall())
        taken = [page for (page,) in book.execute("SELECT page FROM account WHERE page IS NOT NULL")]
    book.close()
    assert ({"2026-11": 0, "2026-11-22": 7}, [1]) == (rows, taken)


def test_files_are_for_their_owner_alone(store: Store) -> None:
    assert [0o600, 0o600] == [(store.folder / name).stat().st_mode & 0o777 for name in (BOOK, CELLS)]


def test_an_alert_is_entered_once(store: Store) -> None:
    at = "2026-11-22T00:00:00+00:00"
    assert [True, False] == [store.enter(MONTH, "0.8", 80, at) for _ in range(2)]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("shared"))


@settings(max_examples=40, deadline=None)
@given(
    calls=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=12),
    dice=st.randoms(use_true_random=False),
)
def test_no_order_of_calls_admits_more_than_there_is(shared: Store, calls: list[tuple[int, int]], dice: object) -> None:
    draw = Draw("any", f"run-{next(_numbers)}", 60, is_blocking=True)
    shared.join((draw,))
    running = []
    for amount, cost in calls:
        before = shared.look(draw)
        try:
            running.append((shared.reserve((draw,), amount), min(cost, amount)))
            assert amount == 0 or before.settled + before.reserved + amount <= draw.limit
        except BudgetExceeded:
            assert before.settled + before.reserved + amount > draw.limit
        if running and dice.random() < 0.5:  # type: ignore[attr-defined]
            shared.settle(*running.pop(dice.randrange(len(running))))  # type: ignore[attr-defined]
    for reservation, cost in running:
        shared.settle(reservation, cost)
    assert shared.look(draw).reserved == 0
    assert shared.look(draw).settled <= draw.limit


_numbers = iter(range(10_000))
