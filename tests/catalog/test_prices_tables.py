"""The committed price tables: readable, complete in their sources, unambiguous, and what the generator gives."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from importlib import util
from pathlib import Path
from typing import Any

import pytest

from cost_lib.catalog.rate_tables import matches, read_table
from cost_lib.pricing import DURATIONS, FALLBACK

ROOT = Path(__file__).resolve().parents[2]
TABLES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "cost_lib/catalog/rates").glob("*.json"))}
ROWS = [(name, entry, row) for name, table in TABLES.items() for entry in table["models"] for row in entry["prices"]]
METERS = {*FALLBACK, *DURATIONS, "input", "output", "citation", "output_if_reasoning", "characters", "pages", "annotated_pages"} | {
    *("messages", "images", "video_seconds", "web_searches", "storage_searches", "rerank_searches", "requests", "grounded_prompts"),
    *("pixels", "live_searches", "cache_write_12h", "maps_prompts", "maps_queries", "code_executions"),
}


def rates_of(row: dict[str, Any]) -> list[dict[str, int]]:
    return [row["rates"], *(tier["rates"] for tier in row.get("above", ()))]


def test_every_provider_of_the_source_has_a_table() -> None:
    assert 47 <= len(TABLES)
    assert 2_330 <= sum(len(table["models"]) for table in TABLES.values())


def test_a_rate_is_a_whole_number_of_a_known_meter() -> None:
    wrong = [
        (name, entry["id"], meter)
        for name, entry, row in ROWS
        for rates in rates_of(row)
        for meter, rate in rates.items()
        if type(rate) is not int or rate < 0 or meter not in METERS
    ]
    assert [] == wrong


def test_a_rate_has_a_source_with_the_day_it_was_checked() -> None:
    cited = {(name, row.get("source", "genai")) for name, _, row in ROWS}
    cited |= {(name, row[2]) for name, table in TABLES.items() for row in table["retired"]}
    cited |= {(name, row["source"]) for name, table in TABLES.items() for row in table["uplifts"]}
    assert all(
        TABLES[name]["sources"][source]["from"] and date.fromisoformat(TABLES[name]["sources"][source]["checked"]) for name, source in cited
    )


def test_a_source_that_nothing_cites_is_not_listed() -> None:
    used = {name: {row.get("source", "genai") for other, _, row in ROWS if other == name} for name in TABLES}
    for name, table in TABLES.items():
        used[name] |= {row[2] for row in table["retired"]} | {row["source"] for row in table["uplifts"]}
    assert [] == [(name, source) for name, table in TABLES.items() for source in table["sources"].keys() - used[name]]


def test_periods_of_one_context_do_not_overlap() -> None:
    clashes = []
    for name, table in TABLES.items():
        for entry in table["models"]:
            rows = [row for row in entry["prices"] if "hours" not in row]
            for place, row in enumerate(rows):
                for other in rows[place + 1 :]:
                    same = row.get("for") == other.get("for")
                    if same and row.get("from", "") < other.get("to", "9") and other.get("from", "") < row.get("to", "9"):
                        clashes.append((name, entry["id"], row.get("for", "")))
    assert [] == clashes


def test_a_model_is_listed_once() -> None:
    assert [] == [
        (name, entry["id"])
        for name, table in TABLES.items()
        for place, entry in enumerate(table["models"])
        if entry["id"] in {other["id"] for other in table["models"][:place]}
    ]


def test_every_pattern_compiles() -> None:
    clauses = [clause for table in TABLES.values() for entry in table["models"] for clause in entry["match"]]
    clauses += [row[0] for table in TABLES.values() for row in table["retired"]]
    clauses += [clause for table in TABLES.values() for row in table["uplifts"] for clause in row["match"]]
    assert [] == [clause for clause in clauses if clause[0] not in "=^$*~" or len(clause) < 2]
    assert all(re.compile(clause[1:]) for clause in clauses if clause[0] == "~")


@pytest.mark.parametrize("name", sorted(TABLES))
def test_reading_one_model_gives_what_the_file_says(name: str) -> None:
    table = read_table(name)
    assert table is not None
    exact = {clause[1:]: entry for entry in reversed(TABLES[name]["models"]) for clause in entry["match"] if clause[0] == "="}
    assert exact == {spelled: table.find_entry((spelled,)) for spelled in exact}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_knows_all_its_names(name: str) -> None:
    table = read_table(name)
    assert table is not None
    assert [clause for entry in TABLES[name]["models"] for clause in entry["match"]] == [clause for clause, _ in table.clauses]


def test_the_source_decides_between_an_exact_name_and_an_earlier_pattern_as_we_do() -> None:
    shadowed = []
    for name, table in TABLES.items():
        earlier: list[str] = []
        for entry in (entry for entry in table["models"] if all("source" not in row for row in entry["prices"])):
            exact = [clause for clause in entry["match"] if clause[0] == "="]
            shadowed += [(name, clause) for clause in exact if any(matches(other, clause[1:]) for other in earlier)]
            earlier += entry["match"]
    assert [] == shadowed


def test_the_tables_hold_no_path_and_no_registry() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "cost_lib/catalog/rates").glob("*.json"))
    assert [] == re.findall(r"file://|/home/|/root/|/tmp/|/work/|pypi\.org|simple/|localhost|127\.0\.0", text)


def test_the_tables_are_what_the_generator_gives() -> None:
    if util.find_spec("genai_prices") is None:
        pytest.skip("genai-prices is not installed")
    done = subprocess.run([sys.executable, "scripts/generate_rates.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stdout + done.stderr)
