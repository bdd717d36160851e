"""``--where`` and ``--by``: what they mean, and that nothing typed into them reaches the engine's SQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cost_lib.ledger.asking.question import read_question
from cost_lib.ledger.asking.tokens import AskedWronglyError
from cost_lib.ledger.asking.where import read_conditions
from cost_lib.ledger.book import Ledger
from cost_lib.policy import Policy, loads
from tests.ledger.made import event, log, picked, records

duckdb = pytest.importorskip("duckdb")
RULES = loads("[tags.plan]\n", Path("costmark.toml"))
HOSTILE = (
    "'",
    "''",
    '"',
    "`",
    "\\",
    "--",
    "/*",
    "*/",
    ";",
    "$since",
    "?",
    "%",
    "{tag}",
    "'; DROP VIEW days; --",
    "' OR 1=1 --",
    "x') UNION SELECT * FROM read_csv('/etc/passwd') --",
    "/*where*/ true /*end*/",
    "\x00",
    "a\nb",
    "\u2028",
    "\u02bc OR 1=1",
    "＇",
    "\u202egnp.exe",
    "\U0001f4b8",
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    lines = [
        event(team="a", model="gpt-4o", latency_ms=50.0, tags={"plan": "x"}),
        event(team="b", model="gpt-4o-mini", cost_nano_usd=2_000_000_000),
        event(team=None, model="claude", tags={"plan": "y", 'odd "name".[0]': "z"}),
        *(event(team=one, tags={one: one}) for one in HOSTILE),
    ]
    made = Ledger([log(tmp_path_factory.mktemp("asking") / "log", *lines)], RULES)
    yield made
    made.close()


def count(opened: Ledger, *where: str) -> int:
    found = opened.report(by="month", where=where).fetchall()
    return int(found[-1][2]) if found else 0


ALL = 3 + len(HOSTILE)


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("team=a", 1),
        ("team = 'a'", 1),
        ("TEAM=a", 1),
        ("team!=a", ALL - 1),
        ("not team=a", ALL - 1),
        ("team is missing", 1),
        ('team=""', 1),
        ("team is not missing", ALL - 1),
        ("team in (a, b)", 2),
        ("team not in (a, b)", ALL - 2),
        ("team=a or team=b", 2),
        ("team=a and model=gpt-4o", 1),
        ("team=a and (model=claude or model=gpt-4o)", 1),
        ("team=a or team=b and model=claude", 1),  # and binds closer
        ("model=gpt-4o*", 2),
        ("model='gpt-4o*'", 0),
        ("model-class is missing", ALL),
        ("cost > 1.5", 1),
        ("cost = $2", 1),
        ("latency_ms >= 50", 1),
        ("not latency_ms >= 50", ALL - 1),
        ("month=2026-11", ALL),
        ("day >= 2026-11-22", 0),
        ("week=2026-11-16", ALL),
        ("plan=x", 1),
        ("tags.plan=y", 1),
        ('tags."odd ""name"".[0]"=z', 1),
        ("stream=false", ALL),
        ("attributed=yes", ALL),
    ],
)
def test_a_condition_means(where: str, found: int, opened: Ledger) -> None:
    assert found == count(opened, where)


def test_several_conditions_must_all_hold(opened: Ledger) -> None:
    assert count(opened, "team=a", "team=b") == 0


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_nothing_but_a_value(value: str, opened: Ledger) -> None:
    quoted = '"' + value.replace('"', '""') + '"'
    assert (1, ALL - 1) == (count(opened, f"team={quoted}"), count(opened, f"team!={quoted}"))


@pytest.mark.parametrize("name", [one for one in HOSTILE if "\x00" not in one])
def test_a_name_of_a_tag_is_nothing_but_a_name(name: str, opened: Ledger) -> None:
    quoted = 'tags."' + name.replace('"', '""') + '"'
    assert [(name, 1), (None, ALL - 1), (None, ALL)] == sorted(
        picked(opened.report(by=quoted), f"tags.{name}", "requests"), key=lambda row: row[1]
    )


@pytest.mark.parametrize(
    "text",
    [
        "team=a; DROP VIEW days",
        "team=a) OR (1=1",
        "1=1",
        "team=read_csv('/etc/passwd')",
        "(SELECT 1)=1",
        "team=a UNION SELECT 1",
        "feature||''=faq",
        "tags->>'x'=1",
        "team='a",
        "=a",
        "team",
        "team=",
        "team=a and",
        "team in ()",
        "team in (a",
        "team > a",
        "cost > a",
        "cost > 1e999",
        "cost > -1e9999999999",
        "cost > NaN",
        "team ! a",
        "(" * 60 + "team=a" + ")" * 60,
        "not " * 60 + "team=a",
        "team=" + "a" * 20_000,
        "ｆｅａｔｕｒｅ=a",
        "team=\udcff",
    ],
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        read_conditions([text], RULES)
    assert "^" in caught.value.pointer[1]


def test_an_error_shows_no_control_characters() -> None:
    with pytest.raises(AskedWronglyError) as caught:
        read_conditions(["\x1b[31mteam\x00 ! a\n"], RULES)
    assert ("  \\x1b[31mteam\\x00 ! a\\x0a", "                   ^") == caught.value.pointer


def test_a_parameter_cannot_be_named(opened: Ledger) -> None:
    assert count(opened, "team=$since") == 1  # the text, which one of the events has


@pytest.mark.parametrize("text", ["feature;", "feature model", "1", "'feature'", "(feature)", "feature,", ",", "tags.", "count(*)", "dt"])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(AskedWronglyError):
        read_question(RULES, by=text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["where", "by"]))
def test_whatever_is_typed_is_read_or_refused_and_never_becomes_sql(text: str, kind: str) -> None:
    try:
        found = read_question(Policy(), where=text) if kind == "where" else read_question(Policy(), by=text)
    except AskedWronglyError:
        return
    sql = found.condition.sql + found.grouping.spliced()
    assert not set(sql) - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ ()'.,=<>$")


@settings(max_examples=8, deadline=None)
@given(value=st.text(max_size=20).filter(lambda one: "\x00" not in one and one.isprintable()))
def test_what_is_and_what_is_not_make_everything(value: str, opened: Ledger) -> None:
    quoted = '"' + value.replace('"', '""') + '"'
    assert count(opened, f"team={quoted}") + count(opened, f"team!={quoted}") == ALL


class TestSandbox:
    @pytest.fixture
    def connection(self, opened: Ledger) -> Any:
        opened.report()
        return opened._session.opened("days").connection

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * FROM read_csv('/etc/passwd')",
            "SELECT * FROM '/etc/passwd'",
            "SELECT * FROM read_text('/etc/passwd')",
            "SELECT * FROM glob('/etc/*')",
            "COPY (SELECT 1) TO '/tmp/costmark-escaped.csv'",
            "ATTACH '/tmp/costmark-escaped.db'",
            "EXPORT DATABASE '/tmp/costmark-escaped'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SELECT * FROM read_csv('https://example.com/x.csv')",
            "SET enable_external_access = true",
            "SET lock_configuration = false",
            "RESET allowed_directories",
            "SET allowed_directories = ['/']",
            "SET temp_directory = '/tmp/costmark-escaped'",
        ],
    )
    def test_sql_of_the_connection_reaches_nothing_else(self, query: str, connection: Any) -> None:
        with pytest.raises(duckdb.Error):
            connection.execute(query).fetchall()

    def test_a_relation_still_answers(self, opened: Ledger) -> None:
        assert records(opened.report().aggregate("count(*) AS lines"))[0]["lines"] > 0
