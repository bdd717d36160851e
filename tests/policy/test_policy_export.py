"""What ``costmark config`` shows, and the file that it writes for production."""

from __future__ import annotations

from pathlib import Path

from cost_lib.policy import Policy, load, loads

ROOT = Path("costmark.toml")

POLICY = """\
required-tags = ["feature", "team"]
on-untagged = "raise"
allow-raw = ["src/gateway/**"]
enable = ["CMK104"]
bills = ["job", "tokens"]
catalog = "2026.11"

[paths."services/**"]
metering = "process"
disable = ["CMK301"]

[paths."scripts/**"]
disable = ["CMK101"]

[tags."größe"]
values = ["a \\"b\\"", "tab\\t", "del\\u007f"]
literal = true

[features.faq_check]
owner = "support"
monthly-budget = 99.50
alert-at = [0.8, 1.0]

[features."free text, dots. and quotes"]

[owners.support]
notify-env = "SUPPORT_ALERT_URL"

[hosts."llm.acme.internal"]
provider = "openai"

[prices."acme/acme-1"]
input = 2.5

[[wrappers]]
name = "acme_llm.complete"
kind = "call"
tags = ["keywords", {argument = "tags"}]

[[exceptions]]
rule = "CMK101"
path = "scripts/migrate.py"
owner = "data"
reason = "one-off"
expires = 2027-01-31
"""

PRODUCTION = """\
required-tags = ["feature", "team"]
on-untagged = "raise"

[paths."services/**"]
metering = "process"

[tags."größe"]
values = ["a \\"b\\"", "tab\\t", "del\\u007f"]

[features.faq_check]
owner = "support"
monthly-budget = 99.50
alert-at = [0.8, 1.0]

[features."free text, dots. and quotes"]

[owners.support]
notify-env = "SUPPORT_ALERT_URL"

[hosts."llm.acme.internal"]
provider = "openai"

[prices."acme/acme-1"]
input = 2.5
"""

EXPLAINED = """\
required-tags = ["feature", "team"]  # 1
metering = "process"  # 9
on-untagged = "raise"  # 2
allow-raw = ["src/gateway/**"]  # 3
exclude = []  # default
enable = ["CMK104"]  # 4
disable = ["CMK301"]  # 10
no-inline = []  # default
catalog = "2026.11"  # 6
user-id = "hash"  # default
personal-data = "hash"  # default
on-budget-error = "allow"  # default
budget-zone = "UTC"  # default
bills = ["tokens", "job"]  # 5
fix-with = ""  # default
tags."größe".values = ["a \\"b\\"", "tab\\t", "del\\u007f"]  # 16
tags."größe".literal = true  # 17
features.faq_check.owner = "support"  # 20
features.faq_check.monthly-budget = 99.50  # 21
features.faq_check.alert-at = [0.8, 1.0]  # 22
features."free text, dots. and quotes" = {}  # 24
owners.support.notify-env = "SUPPORT_ALERT_URL"  # 27
hosts."llm.acme.internal".provider = "openai"  # 30
prices."acme/acme-1".input = 2.5  # 33
wrappers[1].name = "acme_llm.complete"  # 36
wrappers[1].kind = "call"  # 37
wrappers[1].tags = ["keywords", {argument = "tags"}]  # 38
exceptions[1].rule = "CMK101"  # 41
exceptions[1].path = "scripts/migrate.py"  # 42
exceptions[1].owner = "data"  # 43
exceptions[1].reason = "one-off"  # 44
exceptions[1].expires = 2027-01-31  # 45
"""


def read(text: str) -> Policy:
    return loads(text, ROOT)


def test_the_production_file_holds_what_the_run_time_reads() -> None:
    assert PRODUCTION == read(POLICY).export()


def test_the_production_file_exports_to_itself() -> None:
    assert PRODUCTION == read(PRODUCTION).export()


def test_the_budget_of_everything_is_a_table_of_its_own() -> None:
    assert read("[total]\ndaily-budget = 1\n").export() == "[total]\ndaily-budget = 1\n"
    assert "total.daily-budget" in [row.key for row in read("[total]\ndaily-budget = 1\n").explain()]


def test_the_defaults_export_to_nothing() -> None:
    assert load(None).export() == ""


def test_every_value_in_force_is_explained_with_its_line() -> None:
    rows = read(POLICY).explain("services/a.py")
    assert EXPLAINED == "".join(f"{row.key} = {row.value}  # {row.line if row.file else 'default'}\n" for row in rows)


def test_the_defaults_are_explained_as_defaults() -> None:
    assert {(None, 0)} == {(row.file, row.line) for row in load(None).explain("a.py")}


FILES = {
    "costmark.toml": """\
required-tags = ["feature"]
user-id = "plain"
[paths."services/**"]
required-tags = ["feature", "team"]
user-id = "drop"
[paths."web/**"]
metering = "process"
[paths."**/jobs/*.py"]
on-untagged = "raise"
""",
    "services/a/costmark.toml": """\
extend = "../../costmark.toml"
user-id = "hash"
[paths."jobs/*.py"]
on-untagged = "record"
""",
}
FLATTENED = """\
required-tags = ["feature"]
user-id = "hash"

[paths."**"]
required-tags = ["feature", "team"]

[paths."**/jobs/*.py"]
on-untagged = "raise"

[paths."jobs/*.py"]
on-untagged = "record"
"""


def flattened() -> Policy:
    return loads(FILES["services/a/costmark.toml"], Path("services/a/costmark.toml"), read=lambda path: FILES[path.as_posix()].encode())


def test_extended_files_are_flattened_with_their_globs() -> None:
    assert FLATTENED == flattened().export()


def test_the_flattened_file_means_the_same() -> None:
    paths = ("a.py", "jobs/a.py", "x/jobs/a.py", "jobs/x/a.py", "web/a.py")
    again = loads(flattened().export(), Path("services/a/costmark.toml"))
    assert [flattened().for_path(path) for path in paths] == [again.for_path(path) for path in paths]
