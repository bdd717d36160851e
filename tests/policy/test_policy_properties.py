"""Any text is a policy or a PolicyError; what is exported reads back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cost_lib.policy import Policy, PolicyError, loads
from cost_lib.policy_document import LISTED, NAMED, NEEDED, SETTINGS
from cost_lib.toml_text import write_key, write_value

ROOT = Path("costmark.toml")
# mostly good values, so that a good part of the documents are policies
GOOD = {
    "required-tags": ['["feature"]', '["feature", "team"]', "[]"],
    "metering": ['"call"', '"process"'],
    "on-untagged": ['"record"', '"warn"', '"raise"'],
    "user-id": ['"hash"', '"plain"', '"drop"'],
    "personal-data": ['"hash"', '"raise"'],
    "on-budget-error": ['"allow"', '"block"'],
    "budget-zone": ['"UTC"'],
    "allow-raw": ['["src/**"]', "[]"],
    "exclude": ['["vendor/**", "*.py"]', "[]"],
    "enable": ['["CMK104"]', "[]"],
    "disable": ['["CMK301", "CMK101"]', "[]"],
    "no-inline": ['["CMK101"]'],
    "bills": ['["tokens"]', '["storage", "job"]'],
    "catalog": ['"2026.11"'],
    "values": ['["a", "b"]', "[]"],
    "from-env": ['"APP_ENV"'],
    "default": ['"a"'],
    "ambient": ["true", "false"],
    "literal": ["true", "false"],
    "owner": ['"support"', '"day\\tnight"'],
    "monthly-budget": ["0", "100", "99.5", "1e3"],
    "daily-budget": ["0.000000001"],
    "alert-at": ["[0.5, 1]", "[]"],
    "on-exceeded": ['"alert"', '"block"'],
    "notify-env": ['"URL"'],
    "provider": ['"openai"'],
    "name": ['"acme.complete"', '"acme.wrap"'],
    "kind": ['"call"', '"client"', '"scope"'],
    "tags": ['"keywords"', '[{argument = "tags"}, {feature = "name"}]'],
    "client": ['"openai.OpenAI"'],
    "rule": ['"CMK101"'],
    "path": ['"src/**"'],
    "reason": ['"one-off"'],
    "expires": ["2027-01-31"],
}
NAMES = {
    "paths": ["src/**", "**/a.py", "src/[a-b]/*"],
    "tags": ["team", "squad"],
    "features": ["faq", "free text"],
    "owners": ["support"],
    "hosts": ["llm.acme.internal", "*.acme.internal:8080"],
    "prices": ["acme/acme-1"],
}
PATHS = st.sampled_from(["a.py", "src/a.py", "src/a/a.py", "vendor/b.py", "../a.py", ""]) | st.text(max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
SCALARS = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
    st.just(date(2027, 1, 31)),
    st.just(datetime(2027, 1, 31, 7, 32)),  # noqa: DTZ001 TOML has local times
    st.just(time(7, 32)),
)
KEYS = TEXTS | st.sampled_from([*GOOD, *NAMES, *LISTED, "argument"])
JUNK = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=5)
SELDOM = st.integers(0, 19).map(lambda number: number == 0)


@st.composite
def pairs(draw: st.DrawFn, keys: Iterable[str], needed: Iterable[str] = ()) -> str:
    chosen = draw(st.sets(st.sampled_from(sorted(keys)))) | set(needed)
    return "".join(
        f"{key} = {write_value(draw(JUNK)) if draw(SELDOM) else draw(st.sampled_from(GOOD.get(key, ['1'])))}\n" for key in chosen
    )


@st.composite
def documents(draw: st.DrawFn) -> str:
    text = draw(pairs(set(SETTINGS) - {"extend"}))
    for section in draw(st.sets(st.sampled_from(sorted(NAMED)))):
        for name in draw(st.sets(st.sampled_from(NAMES[section]))):
            label = write_key(section, draw(TEXTS) if draw(SELDOM) else name)
            text += f"[{label}]\n{draw(pairs(NAMED[section], NEEDED.get(section, ())))}"
    for section in draw(st.sets(st.sampled_from(sorted(LISTED)))):
        keys = set(LISTED[section]) - {"client"}
        text += f"[[{section}]]\n{draw(pairs(keys, NEEDED[section]))}"
    return text


DOCUMENTS = documents()


def read(text: str | bytes, name: str = "costmark.toml") -> Policy | str:
    try:
        return loads(text, Path(name), read=lambda _: b"")
    except PolicyError as problem:
        return str(problem)


@given(DOCUMENTS)
def test_a_document_of_known_keys_loads_or_is_refused_in_one_line(text: str) -> None:
    found = read(text)
    assert isinstance(found, Policy) or found == "".join(found.splitlines())


@given(st.text(max_size=60))
def test_any_text_loads_or_is_refused(text: str) -> None:
    found = read(text)
    assert isinstance(found, Policy) or found.startswith("costmark.toml:")


@given(st.binary(max_size=60))
def test_any_bytes_load_or_are_refused(data: bytes) -> None:
    found = read(b"[tool.costmark]\n" + data, "pyproject.toml")
    assert isinstance(found, Policy) or found.startswith("pyproject.toml:")


@given(JUNK)
def test_any_costmark_table_loads_or_is_refused(value: object) -> None:
    found = read(f"[tool]\ncostmark = {write_value(value)}", "pyproject.toml")
    assert isinstance(found, Policy) or found.startswith("pyproject.toml")


@given(DOCUMENTS, PATHS)
def test_a_policy_answers_for_any_path(text: str, path: str) -> None:
    policy = read(text)
    if isinstance(policy, Policy):
        assert set(policy.demanded(path)) <= set(policy.for_path(path).required_tags) <= set(policy.tags)


@given(DOCUMENTS, PATHS)
def test_the_production_file_means_the_same_at_run_time(text: str, path: str) -> None:
    policy = read(text)
    if isinstance(policy, Policy):
        again, before = loads(policy.export(), ROOT).for_path(path), policy.for_path(path)
        assert before[:3] == again[:3]
        assert before.user_id == again.user_id


def modules_after(code: str) -> set[str]:
    command = [sys.executable, "-c", f"import sys; {code}; print(*sys.modules)"]
    found = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    return set(found.stdout.split())


def test_importing_the_reader_loads_nothing_that_only_a_file_needs() -> None:
    unwanted = {"tomllib", "decimal", "datetime", "difflib", "hashlib", "dataclasses"}
    assert unwanted & modules_after("import cost_lib.policy") == set()


def test_reading_a_good_file_loads_nothing_that_only_errors_need() -> None:
    unwanted = {"difflib", "hashlib", "cost_lib.toml_lines", "cost_lib.policy_export"}
    code = "from pathlib import Path; from cost_lib import policy; policy.loads('metering = \"call\"', Path('costmark.toml'))"
    assert unwanted & modules_after(code) == set()
