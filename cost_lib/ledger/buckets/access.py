"""Find the keys to a bucket where other tools of AWS find them: the environment, their files, DuckDB's own chain."""

from __future__ import annotations

import configparser
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from cost_lib.errors import ReportError
from cost_lib.ledger.buckets.extensions import is_loaded

if TYPE_CHECKING:
    import duckdb

REGION: Final = "us-east-1"
ENDPOINTS: Final = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
CHAIN: Final = ("httpfs", "aws")  # the second asks whatever AWS offers: roles of machines and containers, single sign-on


class Keys(NamedTuple):
    """What requests are signed with; without an id they are not."""

    key_id: str = ""
    secret: str = ""
    token: str = ""
    region: str = REGION


def endpoint() -> SplitResult | None:
    """Return where buckets are that are not at AWS."""
    named = next((os.environ[name] for name in ENDPOINTS if os.environ.get(name)), None)
    if named is None:
        return None
    found = urlsplit(named)
    if found.scheme not in ("http", "https") or not found.hostname or found.path.strip("/"):
        raise ReportError(f"AWS_ENDPOINT_URL is {named!r}; write http://HOST:PORT or https://HOST")
    return found


def keys() -> Keys:
    """Return the keys that this machine has, the environment's before those of files."""
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or _of_files("region") or REGION
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
    found = [os.environ.get(name, "") for name in names]
    if not (found[0] and found[1]):
        found = [_of_files(name.lower()) for name in names]
    if not (found[0] and found[1]):
        found = _of_chain()
    return Keys(found[0], found[1], found[2], region)


def _of_files(name: str) -> str:
    """Look a setting of the profile up in the files of AWS's tools."""
    profile = os.environ.get("AWS_PROFILE") or "default"
    home = Path.home() / ".aws"
    credentials = os.environ.get("AWS_SHARED_CREDENTIALS_FILE") or home / "credentials"
    config = os.environ.get("AWS_CONFIG_FILE") or home / "config"
    read = configparser.RawConfigParser()
    try:
        read.read([config, credentials], encoding="utf-8")
    except (configparser.Error, OSError, UnicodeError) as problem:
        raise ReportError(f"the keys of the profile {profile} cannot be read: {str(problem).splitlines()[0]}") from None
    sections = (profile, f"profile {profile}")
    if os.environ.get("AWS_PROFILE") and not any(map(read.has_section, sections)):
        raise ReportError(f"AWS_PROFILE is {profile!r}, and neither {credentials} nor {config} has it")
    return next((read[section][name] for section in sections if read.has_option(section, name)), "")


def _of_chain() -> list[str]:
    """Ask DuckDB's extension for AWS, where it is installed."""
    import duckdb

    connection = duckdb.connect(config={"allow_unredacted_secrets": "true", "autoinstall_known_extensions": "false"})
    try:
        if not all(is_loaded(connection, name) for name in CHAIN):
            return ["", "", ""]
        return _chained(connection)
    except duckdb.Error:  # nothing in the chain has any
        return ["", "", ""]
    finally:
        connection.close()


def _chained(connection: duckdb.DuckDBPyConnection) -> list[str]:
    connection.execute("CREATE SECRET chained (TYPE s3, PROVIDER credential_chain)")
    row = connection.execute("SELECT secret_string FROM duckdb_secrets(redact = false) WHERE name = 'chained'").fetchone()
    told = dict(pair.partition("=")[::2] for pair in str(row[0] if row else "").split(";"))
    return [told.get(name, "") for name in ("key_id", "secret", "session_token")]
