"""Which changes of a policy are called looser."""

from __future__ import annotations

from pathlib import Path

import pytest

from cost_lib.policy import Policy, loads
from lint_plugin.changes.model import SettingChange
from lint_plugin.changes.settings import compare

FILE = Path("/project/costmark.toml")
EXCEPTION = '[[exceptions]]\nrule = "CMK101"\npath = "a.py"\nowner = "x"\nreason = "y"\nexpires = {}\n'
WRAPPER = '[[wrappers]]\nname = "acme.call"\nkind = "call"\n'
TEAM = 'required-tags = ["feature", "team"]\n'

LOOSER = [
    (TEAM, ""),
    ("", "required-tags = []\n"),
    ("", 'allow-raw = ["src/**"]\n'),
    ('allow-raw = ["a"]\n', 'allow-raw = ["a", "b"]\n'),
    ("", 'exclude = ["src/**"]\n'),
    ("", 'disable = ["CMK101"]\n'),
    ('enable = ["CMK104"]\n', ""),
    ('no-inline = ["CMK101"]\n', ""),
    ("", 'metering = "process"\n'),
    ('on-untagged = "raise"\n', 'on-untagged = "warn"\n'),
    ("", 'on-untagged = "record"\n'),
    ("", 'user-id = "plain"\n'),
    ("", 'bills = ["tokens"]\n'),
    ("", 'catalog = "2026.11"\n'),
    ('catalog = "2026.11"\n', 'catalog = "2026.10"\n'),
    ("", EXCEPTION.format("2027-01-31")),
    (EXCEPTION.format("2027-01-31"), EXCEPTION.format("2027-02-28")),
    ("", WRAPPER),
    (WRAPPER, WRAPPER + 'tags = [{argument = "tags"}]\n'),
    ('[hosts."llm.acme.internal"]\nprovider = "openai"\n', ""),
    ("[features.faq]\nmonthly-budget = 10\n", "[features.faq]\nmonthly-budget = 100\n"),
    ("[features.faq]\nmonthly-budget = 1_000\n", "[features.faq]\n"),
    ('[features.faq]\non-exceeded = "block"\n', "[features.faq]\n"),
    ("[features.faq]\nowner = 'a'\n", ""),
    ("[tags.team]\n" + "values = ['a']\n", "[tags.team]\nvalues = ['a', 'b']\n"),
    ("[tags.team]\n" + "values = ['a']\n", ""),
    ("", "[tags.user_segment]\nambient = true\n"),
    ("", "[tags.team]\ndefault = 'a'\n"),
    ("", "[tags.feature]\nliteral = false\n"),
    (f'{TEAM}[paths."services/**"]\n', f'{TEAM}[paths."services/**"]\nrequired-tags = ["feature"]\n'),
    (f'[paths."services/**"]\n{TEAM}', ""),
    ("", '[paths."services/**"]\ndisable = ["CMK101"]\n'),
]
OTHER = [
    ("", 'fix-with = "acme.wrap"\n'),
    ("[features.faq]\nowner = 'a'\n", "[features.faq]\nowner = 'b'\n"),
    ("", "[features.faq]\nowner = 'a'\n"),
    ('[features.faq]\n[owners.a]\nnotify-env = "A"\n', '[features.faq]\n[owners.a]\nnotify-env = "B"\n'),
    ("", '[prices."acme/m"]\ninput = 1\n'),
]


def policy(text: str) -> Policy:
    return loads(text, FILE)


def changes(before: str, now: str) -> list[SettingChange]:
    return compare(policy(before), policy(now), FILE.parent)


@pytest.mark.parametrize(("before", "now"), LOOSER)
def test_what_becomes_looser_is_called_out(before: str, now: str) -> None:
    assert any(change.is_looser for change in changes(before, now))


# an exception, a budget, a host or a catalog more is stricter only the other way round
@pytest.mark.parametrize(("now", "before"), [pair for pair in LOOSER if "tags = [{argument" not in pair[1]])
def test_what_becomes_stricter_is_told_and_not_called_out(before: str, now: str) -> None:
    found = changes(before, now)
    assert (True, []) == (bool(found), [change for change in found if change.is_looser])


@pytest.mark.parametrize(("before", "now"), OTHER)
def test_what_is_neither_is_told(before: str, now: str) -> None:
    assert [False] == [change.is_looser for change in changes(before, now)]


def test_equal_policies_differ_in_nothing() -> None:
    assert [] == changes(TEAM, f"# a comment\n\n{TEAM}")


def test_a_change_names_file_line_and_both_values() -> None:
    expected = SettingChange("costmark.toml", 2, "", "required-tags", '["feature", "team"]', '["feature"]', is_looser=True)
    assert [expected] == changes(TEAM, '# less\nrequired-tags = ["feature"]\n')


def test_what_is_gone_has_no_line() -> None:
    assert [("no-inline", 0)] == [(change.key, change.line) for change in changes('no-inline = ["CMK101"]\n', "")]


def test_an_inherited_setting_that_a_member_overrules_counts(tmp_path: Path) -> None:
    def member(text: str) -> Policy:
        return loads(text, tmp_path / "a/costmark.toml", read=lambda _: TEAM.encode())

    found = compare(member('extend = "../costmark.toml"\n'), member('extend = "../costmark.toml"\nrequired-tags = []\n'), tmp_path)
    assert [("a/costmark.toml", '["feature", "team"]', "[]", True)] == [(one.file, one.before, one.now, one.is_looser) for one in found]
