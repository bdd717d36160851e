"""Other engines: every report says the same there, to the nano-dollar; nothing is approximate, and nothing can be injected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import resources
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from cost_lib.errors import ReportError
from cost_lib.ledger.asking.question import read_question
from cost_lib.ledger.engines import clickhouse, spark
from cost_lib.ledger.engines.address import engine_at, engine_for
from cost_lib.ledger.engines.clickhouse import Server, Within
from cost_lib.ledger.engines.folder import Folder
from cost_lib.ledger.engines.targets import target_at
from cost_lib.ledger.engines.translating import translated
from cost_lib.ledger.reports import spending
from cost_lib.ledger.session import Session
from lint_plugin.frontends import cli
from tests.ledger.engine_cases import REPORTS, RULES, exported, here, is_same, read, there, write_log

duckdb = pytest.importorskip("duckdb")
pytest.importorskip("sqlglot")
pytest.importorskip("chdb")
QUERIES = sorted(file.name for file in resources.files("cost_lib.ledger").joinpath("sql").iterdir() if file.name.endswith(".sql"))
PERCENTILES = ("per_user_p50_nano_usd", "per_user_p90_nano_usd", "per_user_p95_nano_usd", "per_user_p99_nano_usd")


def asked(sql: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = duckdb.connect().execute(sql).fetchall()
    return found


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_log(tmp_path_factory.mktemp("log"), 400)


@pytest.fixture(scope="module")
def local(log: Path) -> Iterator[Session]:
    with here(log) as session:
        yield session


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with here(write_log(tmp_path_factory.mktemp("small"), 25)) as session:
        yield session


@pytest.fixture(scope="module")
def within(local: Session, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Within]:
    engine = Within(str(tmp_path_factory.mktemp("chdb")))  # a process has one
    engine.send("SET max_threads = 1")  # for so little, starting threads is most of the work
    exported(local, engine)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def remote(within: Within) -> Iterator[Session]:
    with there(within) as session:
        yield session


@pytest.fixture(scope="module")
def address(within: Within) -> Iterator[str]:
    """Serve the engine over HTTP as a server of ClickHouse does."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
            body = self.rfile.read(int(self.headers["Content-Length"]))
            given = {name.removeprefix("param_"): value for name, value in asked.items() if name.startswith("param_")}
            code, answer = 200, b""
            if (self.headers["X-ClickHouse-User"], self.headers["X-ClickHouse-Key"], asked["database"]) != ("ann", "p:w", "costs"):
                code, answer = 403, b"Code: 516. DB::Exception: ann: Authentication failed"
            else:
                try:
                    answer = within.send(asked["query"], given, data=body) if "query" in asked else within.send(body.decode(), given)
                except ReportError as problem:
                    code, answer = 400, str(problem).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class TestAgreement:
    @pytest.mark.parametrize("report", REPORTS)
    def test_a_report_says_the_same(self, report: str, local: Session, remote: Session) -> None:
        one, other = read(report, local), read(report, remote)
        assert is_same(one, other), (one, other)

    def test_percentiles_are_exact(self, local: Session, remote: Session) -> None:
        (columns, rows), (_, others) = read("tiers", local), read("tiers", remote)
        places = [columns.index(column) for column in PERCENTILES]
        found = [(row[place], other[place]) for row, other in zip(rows, others, strict=True) for place in places if row[place] is not None]
        assert len(found) == 4 * (len(rows) - 1)  # of all but the requests without a user
        assert all(one == pytest.approx(other, rel=4e-16, abs=0) for one, other in found)  # the last bit is how engines interpolate

    def test_sums_beyond_64_bits_are_exact(self, local: Session, remote: Session) -> None:
        columns, rows = read("report by meter", local)
        assert rows[-1][columns.index("cost_nano_usd")] > 2**63
        assert rows == read("report by meter", remote)[1]

    def test_a_server_is_spoken_with_over_http(self, address: str, local: Session) -> None:
        with engine_for(f"clickhouse://ann:p%3Aw@{address}/costs", (), "recorded") as engine:
            assert engine is not None
            with there(engine) as session:
                assert read("tiers with prices", local)[0] == read("tiers with prices", session)[0]
                assert is_same(read("report where", local), read("report where", session))

    def test_an_export_over_http_replaces_what_was_there(self, address: str, local: Session, within: Within) -> None:
        engine = engine_at(f"clickhouse://ann:p%3Aw@{address}/costs")
        assert exported(local, engine)["events"] == within.ask("SELECT count(*) AS found FROM events", {}).rows[0][0]

    def test_a_wrong_password_and_a_dead_server_are_sentences(self, address: str) -> None:
        with pytest.raises(ReportError, match="Authentication failed"):
            Server(urlsplit(f"clickhouse://ann:x@{address}/costs")).ask("SELECT 1", {})
        with pytest.raises(ReportError, match=r"127\.0\.0\.1:9 does not answer"):
            Server(urlsplit("clickhouse://127.0.0.1:9")).ask("SELECT 1", {})


class TestTranslation:
    @pytest.mark.parametrize("engine", ["spark", "clickhouse"])
    @pytest.mark.parametrize("name", QUERIES)
    def test_nothing_becomes_approximate(self, name: str, engine: str) -> None:
        text = resources.files("cost_lib.ledger").joinpath("sql", name).read_text(encoding="utf-8")
        found = translated(text, engine)
        assert not re.search("approx|quantile(?!ExactInclusive|_cont)|percentile_", found, re.IGNORECASE)
        assert "pctl" not in found

    def test_an_approximation_is_refused(self) -> None:
        with pytest.raises(ReportError, match="would be approximate on spark"):
            translated("SELECT approx_count_distinct(a) FROM t", "spark")

    @pytest.mark.parametrize(
        ("sql", "clickhouse", "spark"),
        [
            ("SELECT pctl(a // 2, 0.5)", "SELECT quantileExactInclusive(0.5)(intDiv(a, 2))", "SELECT PERCENTILE(a DIV 2, 0.5)"),
            ("SELECT json_extract_string(a, '$.b')", "SELECT nullIf(JSON_VALUE(a, '$.b'), '')", "SELECT GET_JSON_OBJECT(a, '$.b')"),
            ("SELECT count(*) FILTER (WHERE a)", "SELECT COUNT(*) FILTER(WHERE a)", "SELECT COUNT(*) FILTER(WHERE a)"),
            ("SELECT $day, $none", "SELECT {day: Date32}, NULL", "SELECT :day, NULL"),
        ],
    )  # fmt: skip
    def test_what_is_written_by_hand(self, sql: str, clickhouse: str, spark: str) -> None:
        values = {"day": date(2026, 1, 1), "none": None}
        assert (clickhouse, spark) == (translated(sql, "clickhouse", values), translated(sql, "spark", values))

    @pytest.mark.parametrize("number", [-8, -7, -1, 0, 1, 7, 2**62 + 1])
    def test_whole_division_is_that_of_duckdb(self, number: int, within: Within) -> None:
        sql = f"SELECT CAST({number} AS BIGINT) // 3 AS found"
        assert asked(sql) == within.ask(translated(sql, "clickhouse"), {}).rows

    @pytest.mark.parametrize("day", ["2025-12-28", "2025-12-29", "2026-01-01", "2026-01-04", "2024-02-29"])
    def test_weeks_and_months_are_those_of_duckdb(self, day: str, within: Within) -> None:
        keys = "CAST(CAST(date_trunc('week', dt) AS DATE) AS VARCHAR) AS week, left(CAST(dt AS VARCHAR), 7) AS month"
        sql = f"SELECT {keys} FROM (SELECT CAST('{day}' AS DATE) AS dt)"  # noqa: S608 - of this test
        assert asked(sql) == within.ask(translated(sql, "clickhouse"), {}).rows

    @pytest.mark.parametrize("value", ["'", "\\", "\\'", "'; DROP TABLE events; --", "a\tb\nc", "{x:String}", "ü\U0001f600", "\\N"])
    def test_values_stay_values(self, value: str, within: Within) -> None:
        assert [(value,)] == within.ask(translated("SELECT $x AS found", "clickhouse", {"x": value}), {"x": value}).rows

    def test_an_unknown_engine_is_said(self) -> None:
        with pytest.raises(ReportError, match="known are duckdb, spark, clickhouse"):
            translated("SELECT 1", "oracle")


class TestAddresses:
    @pytest.mark.parametrize("address", ["bla", "http://x", "clickhouse://", "spark://host:7077", "clickhouse://h:x", "spark:"])
    def test_what_is_no_engine_is_said(self, address: str) -> None:
        with pytest.raises(ReportError, match="is no address of an engine"):
            engine_at(address)

    def test_this_process_is_the_default(self) -> None:
        with engine_for(None, (), "recorded") as one, engine_for("duckdb", (Path("x"),), "restated") as other:
            assert one is other is None

    @pytest.mark.parametrize(
        ("paths", "prices", "word"), [((Path("x"),), "recorded", "leave x out"), ((), "restated", "--prices restated")]
    )
    def test_what_another_engine_cannot_know_is_said(self, paths: tuple[Path, ...], prices: str, word: str) -> None:
        with pytest.raises(ReportError, match=word), engine_for("chdb:x", paths, prices):
            pass

    def test_the_types_of_engines_are_known(self) -> None:
        told = ["Nullable(Int64)", "LowCardinality(Nullable(String))", "UInt128", "Float64", "DateTime64(6, 'UTC')", "Date", "Bool"]
        assert ["BIGINT", "VARCHAR", "HUGEINT", "DOUBLE", "TIMESTAMP", "DATE", "BOOLEAN"] == [clickhouse.kind_of(one) for one in told]
        told = ["bigint", "string", "decimal(38,0)", "decimal(9,2)", "timestamp_ntz", "date", "boolean"]
        assert ["BIGINT", "VARCHAR", "HUGEINT", "DOUBLE", "TIMESTAMP", "DATE", "BOOLEAN"] == [spark.kind_of(one) for one in told]
        assert datetime(2026, 1, 2, 3, 4, 5, 6) == clickhouse.read("2026-01-02 03:04:05.000006", "TIMESTAMP")  # noqa: DTZ001


class TestExport:
    def test_a_folder_holds_what_the_views_hold(self, small: Session, tmp_path: Path) -> None:
        with target_at(str(tmp_path / "house"), "duckdb") as target:
            rows = exported(small, target)
        assert rows == {view: asked(f"SELECT count(*) FROM '{tmp_path}/house/{view}/*.parquet'")[0][0] for view in rows}  # noqa: S608

    def test_parquet_has_no_uuids_and_exact_money(self, small: Session, tmp_path: Path) -> None:
        exported(small, Folder(tmp_path))
        kinds = {row[0]: row[1] for row in asked(f"DESCRIBE FROM '{tmp_path}/events/*.parquet'")}
        assert ("DECIMAL(38,0)", "VARCHAR") == (kinds["cost_nano_usd"], kinds["event_id"])
        assert not {"UUID", "HUGEINT"} & set(kinds.values())

    def test_a_second_export_replaces_the_first(self, small: Session, tmp_path: Path) -> None:
        folder = Folder(tmp_path)
        assert exported(small, folder) == exported(small, folder)
        assert ["days", "events", "outcomes", "user_days"] == sorted(one.name for one in tmp_path.iterdir())

    def test_what_no_export_wrote_is_never_replaced(self, small: Session, tmp_path: Path) -> None:
        (tmp_path / "outcomes").mkdir()
        (tmp_path / "outcomes" / "mine.py").write_text("")
        with pytest.raises(ReportError, match=r"mine\.py: no export wrote this"):
            exported(small, Folder(tmp_path))
        assert ["mine.py"] == [one.name for one in (tmp_path / "outcomes").iterdir()]

    def test_a_ledger_is_never_replaced(self, small: Session, tmp_path: Path) -> None:
        (tmp_path / "manifest.json").write_text("{}")
        with pytest.raises(ReportError, match="this is a ledger"):
            exported(small, Folder(tmp_path))
        assert ["manifest.json"] == [one.name for one in tmp_path.iterdir()]

    def test_sql_makes_the_same_tables(self, small: Session, tmp_path: Path) -> None:
        with target_at(str(tmp_path / "all.sql"), "duckdb") as target:
            rows = exported(small, target)
        connection = duckdb.connect()
        connection.execute((tmp_path / "all.sql").read_text(encoding="utf-8"))
        query = "SELECT sum(cost_nano_usd)::HUGEINT, max(ts), count(*) FROM events"
        assert connection.execute(query).fetchall() == small.opened("events").connection.execute(query).fetchall()
        assert rows["days"] == connection.table("days").aggregate("count(*)").fetchall()[0][0]

    def test_sql_for_clickhouse_loads_there(self, small: Session, within: Within, tmp_path: Path) -> None:
        with target_at(str(tmp_path / "all.sql"), "clickhouse") as target:
            exported(small, target)
        statements = (tmp_path / "all.sql").read_text(encoding="utf-8").split(";\n")
        within.send("CREATE DATABASE elsewhere")
        for statement in filter(None, statements):
            within.send(re.sub(r"^(CREATE TABLE|INSERT INTO) ", r"\1 elsewhere.", statement))
        counted = "SELECT count(*) AS n, sum(cost_nano_usd) AS sum, max(ts) AS last FROM"
        wanted = small.opened("events").connection.execute(f"{counted} events").fetchall()
        assert wanted == within.ask(f"{counted} elsewhere.events", {}).rows

    def test_a_failed_export_leaves_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(ReportError, match="Unknown dialect"), target_at(str(tmp_path / "x.sql"), "klingon"):
            pass
        with target_at(str(tmp_path / "x.sql"), "duckdb") as target:
            target.prepare("events", {"dt": "DATE"})
        assert [] == list(tmp_path.iterdir())

    def test_a_place_that_cannot_be_written_is_a_sentence(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(ReportError, match="file"):
            Folder(tmp_path / "file").prepare("events", {})

    def test_a_cluster_gets_the_folder_that_it_reads(self, tmp_path: Path) -> None:
        with target_at(f"spark://master:7077{tmp_path}/shared", "duckdb") as target:
            assert isinstance(target, Folder)
            assert tmp_path / "shared" == target.root
        with pytest.raises(ReportError, match="names no folder"), target_at("spark://master:7077", "duckdb"):
            pass


def test_the_commands_run(log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert 0 == cli.main(["export", str(log), "--to", "house", "--month", "2026-10"])
    assert "events: " in capsys.readouterr().out
    with here(log) as session:
        wanted = spending.report(session, read_question(RULES, by="feature", month="2026-10")).read()[1][-1][2]
    counted = "is_counted AND status <> 'refused'"
    found = asked(f"SELECT sum(requests)::BIGINT FROM '{tmp_path}/house/days/*.parquet' WHERE {counted}")[0][0]  # noqa: S608
    assert (wanted, 2) == (found, cli.main(["report", "--engine", "nowhere"]))


def test_a_version_that_is_not_there_is_not_exported(log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert 2 == cli.main(["export", str(log), "--to", "house", "--prices", "restated:1"])
    assert not (tmp_path / "house").exists()


def test_a_process_asks_one_folder_at_a_time(within: Within, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"^chdb: .*already initialized with path"):
        engine_at(f"chdb:{tmp_path / 'another'}")
    assert b"1\n" == within.send("SELECT 1")
