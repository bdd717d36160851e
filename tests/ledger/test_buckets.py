"""A ledger in a bucket: what is promised of one in a folder, where nothing can be locked or renamed."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cost_lib.errors import ReportError
from cost_lib.ledger import compaction, durable, manifest, sweeping, workplace
from cost_lib.ledger.buckets import access, reaching
from cost_lib.ledger.buckets.address import Bucket, place_of
from cost_lib.ledger.buckets.objects import Found
from cost_lib.ledger.buckets.signing import signed
from lint_plugin.frontends import cli
from tests.ledger.stored import ask, event, ids, log

pytest.importorskip("duckdb")
NOW = time.time()
LATER = 2 * 86_400.0


class InFolder:
    """Objects that are files: what a store has to offer and no more, over the place that ``file://localhost`` names."""

    keeps_conditions = True

    def __init__(self, ledger: Bucket) -> None:
        self.root = Path("/", *ledger.parts[2:])

    def get(self, name: str) -> Found | None:
        file = self.root / name
        return Found(file.read_bytes(), hashlib.sha256(file.read_bytes()).hexdigest()) if file.exists() else None

    def put(self, name: str, body: bytes | Path, *, over: str = "") -> bool:
        found = self.get(name)
        if self.keeps_conditions and (found.tag if found is not None else "") != over:
            return False
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_bytes(body if isinstance(body, bytes) else body.read_bytes())
        return True

    def remove(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """Return a place that DuckDB reads without an extension."""
    monkeypatch.setattr(reaching, "is_loaded", lambda *_: True)
    for module in (manifest, sweeping, workplace):
        monkeypatch.setattr(module, "objects_of", InFolder)
    return Bucket(f"file://localhost{tmp_path}/bucket")


def objects(bucket: Bucket, tree: str = "events") -> list[Path]:
    return sorted((InFolder(bucket).root / tree).rglob("*.parquet"))


def compact(bucket: Bucket, folder: Path, now: float = NOW) -> compaction.Summary:
    return compaction.compact((folder,), bucket, now=now)


def test_what_is_compacted_is_reported_once_with_what_is_live(bucket: Bucket, tmp_path: Path) -> None:
    log(tmp_path / "log", event(1), event(2))
    compact(bucket, tmp_path / "log")
    log(tmp_path / "log", event(2), event(3))
    assert ["e1", "e2", "e3"] == ids((bucket, tmp_path / "log"))


def test_a_second_run_tells_what_is_there_and_merges_small_parts(bucket: Bucket, tmp_path: Path) -> None:
    for number in range(3):
        log(tmp_path / "log", event(number), event(number + 1))
        compact(bucket, tmp_path / "log", now=NOW + LATER)
    assert [(4,)] == ask((bucket,), "SELECT sum(attempts)::INT FROM days", need="days")
    assert 1 == len(manifest.read(bucket).parts)


def test_who_is_first_with_the_next_manifest_has_won(bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log(tmp_path / "log", event(1))
    compact(bucket, tmp_path / "log")
    log(tmp_path / "other", event(2))
    log(tmp_path / "third", event(3))

    def other(step: str) -> None:
        if step == "commit":
            monkeypatch.setattr(durable.Steps, "before", staticmethod(lambda _: None))
            compact(bucket, tmp_path / "third")

    monkeypatch.setattr(durable.Steps, "before", staticmethod(other))
    with pytest.raises(ReportError, match="another compaction has written to it meanwhile; run again, nothing is lost"):
        compact(bucket, tmp_path / "other")
    compact(bucket, tmp_path / "other")
    assert ["e1", "e2", "e3"] == ids((bucket,))


def test_a_store_without_conditions_is_refused(bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(InFolder, "keeps_conditions", False)
    log(tmp_path / "log", event(1))
    with pytest.raises(ReportError, match="this store does not keep If-None-Match"):
        compact(bucket, tmp_path / "log")


class _StopError(Exception):
    pass


def _stopping(at: int) -> Callable[[str], None]:
    left = iter(range(at))

    def before(_: str) -> None:
        if next(left, None) is None:
            raise _StopError

    return before


@pytest.mark.parametrize("at", range(0, 36, 4))
def test_nothing_is_lost_or_doubled_wherever_a_run_ends(bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    log(tmp_path / "log", event(1), event(2, ts="2026-11-20T08:00:00.000000Z"))
    compact(bucket, tmp_path / "log")
    log(tmp_path / "log", event(3), event(1))
    with monkeypatch.context() as failing:
        failing.setattr(durable.Steps, "before", staticmethod(_stopping(at)))
        try:
            compact(bucket, tmp_path / "log")
        except _StopError:
            assert ["e1", "e2", "e3"] == ids((bucket, tmp_path / "log"))
    compact(bucket, tmp_path / "log", now=NOW + LATER)
    assert ["e1", "e2", "e3"] == ids((bucket,))


def test_what_a_dead_run_has_left_goes_when_nobody_can_be_about_to_name_it(bucket: Bucket, tmp_path: Path) -> None:
    log(tmp_path / "log", event(1))
    compact(bucket, tmp_path / "log")
    left = InFolder(bucket).root / "events" / "dt=2026-11-21" / f"00000002-0000-{int(NOW * 1000):011x}01234567.parquet"
    left.write_bytes(b"left")
    compact(bucket, tmp_path / "log", now=NOW + 3600)
    assert left in objects(bucket)
    compact(bucket, tmp_path / "log", now=NOW + LATER)
    assert [part.name for part in manifest.read(bucket).parts] == [file.stem for file in objects(bucket)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ftp://host/ledger", "ftp:// leads to no ledger"),
        ("s3://bucket/*", "this is no plain address"),
        ("s3://bucket/../other", "this is no plain address"),
        ("s3://", "this is no plain address"),
        ("s3://bucket/a?versionId=1", "this is no plain address"),
        ("s3://bucket/it's", "this is no plain address"),
    ],
)
def test_what_is_no_address_of_a_folder_is_said(text: str, said: str) -> None:
    with pytest.raises(ReportError, match=said):
        place_of(text)


@pytest.mark.parametrize("text", ["s3://bucket", "s3://bucket/a/b", "https://host:8080/a", "gs://b/c"])
def test_an_address_is_written_as_it_was_read(text: str) -> None:
    assert text == str(place_of(f"{text}/")) == str(place_of(text) / "x").removesuffix("/x")


def test_without_the_extension_a_sentence_says_what_fetches_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(reaching, "is_loaded", lambda *_: False)
    assert 2 == cli.main(["report", "s3://bucket/ledger"])
    assert (
        "needs its extension httpfs to read this; python -c \"import duckdb; duckdb.execute('INSTALL httpfs')\"" in capsys.readouterr().err
    )


class TestKeys:
    """Whose keys requests are signed with."""

    @pytest.fixture(autouse=True)
    def _files(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(access, "_of_chain", lambda: ["", "", ""])
        prod = "[prod]\naws_access_key_id = p\naws_secret_access_key = s/+=\naws_session_token = t\n"
        own = "[default]\naws_access_key_id = own\naws_secret_access_key = a%b\n"
        for name, text in (("credentials", own + prod), ("config", "[profile prod]\nregion = eu-central-1\n")):
            (tmp_path / name).write_text(text)
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
        monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))

    def test_they_are_those_of_the_default_profile(self) -> None:
        assert access.Keys("own", "a%b", "", "us-east-1") == access.keys()

    def test_a_profile_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_PROFILE", "prod")
        assert access.Keys("p", "s/+=", "t", "eu-central-1") == access.keys()

    def test_a_profile_that_is_nowhere_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_PROFILE", "prodd")
        with pytest.raises(ReportError, match="AWS_PROFILE is 'prodd', and neither"):
            access.keys()

    def test_the_environment_comes_first(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in (("AWS_ACCESS_KEY_ID", "e"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_REGION", "r")):
            monkeypatch.setenv(name, value)
        assert access.Keys("e", "s", "", "r") == access.keys()

    @pytest.mark.parametrize("url", ["127.0.0.1:9000", "ftp://host", "http://host/path"])
    def test_an_endpoint_that_is_none_is_said(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        with pytest.raises(ReportError, match="write http://HOST:PORT or https://HOST"):
            access.endpoint()


def test_a_request_is_signed_as_the_documented_example() -> None:
    keys = access.Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    nothing = hashlib.sha256(b"").hexdigest()
    heads = {"host": "examplebucket.s3.amazonaws.com", "range": "bytes=0-9"}
    found = signed("GET", "/test.txt", heads, nothing, keys=keys, at=datetime(2013, 5, 24, tzinfo=UTC))
    assert found["authorization"].endswith("Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run a server of S3 on the loopback, and point the environment to it."""
    import duckdb

    from cost_lib.ledger.buckets.extensions import is_loaded

    moto = pytest.importorskip("moto.server", reason="needs moto[server]: make s3")
    with duckdb.connect() as connection:
        if not is_loaded(connection, "httpfs"):
            pytest.skip("DuckDB's extension httpfs is not installed: make s3")
    running = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    for name, value in {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "secret/+key",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    boto3 = pytest.importorskip("boto3")
    boto3.client("s3", endpoint_url=f"http://{host}:{port}").create_bucket(Bucket="books")
    yield "books"
    running.stop()


class TestServer:
    """A real server, and DuckDB's own extension."""

    def test_a_ledger_there_answers_as_one_in_a_folder(self, server: str, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1), event(2, ts="2026-11-20T08:00:00.000000Z"))
        there = place_of(f"s3://{server}/a b/ledger=1")
        compaction.compact((tmp_path / "log",), there, now=NOW)
        log(tmp_path / "log", event(3), event(1))
        compaction.compact((tmp_path / "log",), there, now=NOW)
        compaction.compact((tmp_path / "log",), tmp_path / "ledger", now=NOW)
        query = "SELECT dt, feature, sum(attempts)::INT, sum(cost_nano_usd)::BIGINT FROM days GROUP BY ALL ORDER BY ALL"
        assert ask((tmp_path / "ledger",), query) == ask((there,), query)
        assert ["e1", "e2", "e3"] == ids((there,))

    def test_a_report_can_open_nothing_beside_it(self, server: str, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1))
        compaction.compact((tmp_path / "log",), place_of(f"s3://{server}/led"), now=NOW)
        compaction.compact((tmp_path / "log",), place_of(f"s3://{server}/ledger"), now=NOW)
        for place in (
            f"s3://{server}/ledger/manifest.json",
            f"s3://{server}/led/../ledger/manifest.json",
            "/etc/hostname",
            "http://127.0.0.1/",
        ):
            with pytest.raises(Exception, match=r"disabled by configuration|404"):
                ask((place_of(f"s3://{server}/led"),), f"SELECT content FROM read_text('{place}')")  # noqa: S608

    def test_two_writers_of_one_generation_cannot_both_win(self, server: str) -> None:
        there = place_of(f"s3://{server}/race")
        first = manifest.commit(there, manifest.Manifest())
        manifest.commit(there, first)
        with pytest.raises(ReportError, match="another compaction has written to it meanwhile"):
            manifest.commit(there, first)

    @pytest.mark.usefixtures("server")
    @pytest.mark.parametrize("place", ["s3://books/nothing", "s3://nobucket/nothing"])
    def test_where_nothing_is_it_is_said(self, place: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert 2 == cli.main(["report", place])
        assert f"{place}: there is no ledger; costmark compact --ledger {place} makes it" in capsys.readouterr().err
