"""Comments that silence, and those that silence nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lint_plugin.model import Finding
from lint_plugin.stages.fingerprint import outline, stamp
from lint_plugin.stages.suppress import Rules, Silenced, is_needed, silence

ON = ("CMK101", "CMK102", "CMK201", "CMK901")
RULES = Rules(known=(*ON, "CMK104", "CMK902"), enabled=ON)
LOUD = RULES._replace(no_inline=("CMK101",))
REASONS = RULES._replace(enabled=(*ON, "CMK902"))
UNDEFINED = '''\
one  # noqa
two  # noqa: F821
three  # noqa:F821
four  # NOQA : F821
five  # noqa: E501
six  # noqa: E501,F821
seven  # noqa: E501 F821
eight  # noqa: F8
nine  # noqa: f821
ten  #noqa
eleven  # noqa because
twelve  # noqa: because
thirteen  # noqa:  F821
fourteen  # type: ignore # noqa: F821
fifteen("""
""")  # noqa: F821
sixteen("""
# noqa: F821
""", seventeen)
eighteen("# noqa")
nineteen + \\
    twenty  # noqa
twenty_one(  # noqa
    twenty_two,
)
twenty_three(
    twenty_four,
)  # noqa
twenty_five  # noqa: E501  # noqa: F821
twenty_six  # noqa: F821E501
twenty_seven  # noqa:\tF821
twenty_eight  # noqa: F821, because
"""
"""; thirty_one  # noqa
'''


def at(line: int, code: str = "CMK101") -> Finding:
    return Finding("a.py", line, 5, line, code, "rule", "message")


def run(source: str, *findings: Finding, rules: Rules = RULES, noqa: bool = True) -> Silenced:
    return silence("a.py", source.encode(), findings, rules, noqa=noqa)


def lines(findings: tuple[Finding, ...]) -> list[int]:
    return [finding.line for finding in findings]


def said(source: str, *findings: Finding, rules: Rules = RULES) -> list[str]:
    return [finding.message for finding in run(source, *findings, rules=rules).added]


def flake8(path: Path, *options: str) -> list[int]:
    command = [sys.executable, "-m", "flake8", "--isolated", "--select=F821", "--format=%(row)d", *options, path.name]
    done = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=False)
    assert not done.stderr
    return [int(line) for line in done.stdout.split()]


@pytest.mark.parametrize("head", ["", "# flake8: noqa\n", "x = 1  # flake8: noqa\n", "\t # FLAKE8=noqa: E501\n"])
def test_noqa_silences_what_flake8_silences(tmp_path: Path, head: str) -> None:
    (tmp_path / "a.py").write_text(head + UNDEFINED)
    every = [at(line, "F821") for line in flake8(tmp_path / "a.py", "--disable-noqa")]
    assert flake8(tmp_path / "a.py") == lines(run(head + UNDEFINED, *every).kept)


def test_windows_line_ends_change_nothing() -> None:
    every = [at(line, "F821") for line in range(1, UNDEFINED.count("\n"))]
    assert run(UNDEFINED, *every).kept == run(UNDEFINED.replace("\n", "\r\n"), *every).kept


def test_a_file_without_comments_of_ours_keeps_its_findings() -> None:
    assert Silenced((at(1),), (), 0) == run("x.create()\n", at(1))


def test_silenced_findings_are_counted() -> None:
    assert Silenced((), (), 2) == run("x.create()  # noqa\nx.create()  # costmark: allow[CMK101] old\n", at(1), at(2))


@pytest.mark.parametrize(
    "comment",
    [
        "# costmark: allow[CMK101] legacy",
        "# costmark:allow[ CMK101 , CMK201 ] legacy",
        "#costmark: allow [CMK201 CMK101]",
        "# type: ignore  # costmark: allow[CMK101] legacy",
    ],
)
def test_allow_silences_the_codes_that_it_names(comment: str) -> None:
    assert () == run(f"x.create()  {comment}\n", at(1)).kept


@pytest.mark.parametrize(
    "comment", ["# costmark: allow[CMK201]", "# costmark: allow[CMK1]", "# costmark: allowed[CMK101]", "# allow[CMK101]"]
)
def test_allow_silences_nothing_else(comment: str) -> None:
    assert (at(1),) == run(f"x.create()  {comment}\n", at(1)).kept


def test_allow_acts_on_its_own_line_alone() -> None:
    assert [1, 3] == lines(run('x.create("""\n""")  # costmark: allow[CMK101]\nx.create()\n', at(1), at(3)).kept)


def test_allow_in_a_string_is_text() -> None:
    assert Silenced((at(1),), (), 0) == run('x.create("# costmark: allow[CMK101]")\n', at(1))


def test_allow_behind_an_f_string_with_nested_quotes_is_found() -> None:
    assert () == run('x.create(f"{a["#"]}")  # costmark: allow[CMK101] why\n', at(1)).kept


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("# noqa: CMK101", "# noqa: CMK101 silences nothing here: remove it"),
        ("# noqa: CMK101,CMK201", "# noqa: CMK101,CMK201 silences nothing here: remove it"),
        ("# noqa: CMK20", "# noqa: CMK20 silences nothing here: remove it"),
        ("# noqa: CMK999", "# noqa: CMK999 silences nothing here: remove it (CMK999: no such rule)"),
        ("# costmark: allow[CMK101] why", "# costmark: allow[CMK101] silences nothing here: remove it"),
        ("# costmark: allow[CMK777] why", "# costmark: allow[CMK777] silences nothing here: remove it (CMK777: no such rule)"),
        ("# costmark: allow", "this comment names no code and silences nothing; write # costmark: allow[CMK101] reason"),
        ("# costmark: allow[] why", "this comment names no code and silences nothing; write # costmark: allow[CMK101] reason"),
    ],
)
def test_a_comment_that_silences_nothing_is_reported(comment: str, message: str) -> None:
    assert [message] == said(f"x = 1  {comment}\n")


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa",
        "# noqa: E501",
        "# noqa: CMK101,E501",
        "# noqa: CMK104",
        "# noqa: CMK10",
        "# noqa: CMK101,CMK104",
        "# noqa: CMK901",
        "# costmark: allow[CMK104] off by policy",
        "# costmark: allow[CMK901] self",
        "# costmark: something else",
    ],
)
def test_a_comment_that_may_be_of_use_is_not_reported(comment: str) -> None:
    assert [] == said(f"x = 1  {comment}\n")


def test_a_half_used_allow_names_the_unused_code() -> None:
    message = "CMK201 in # costmark: allow[CMK101, CMK201] silences nothing here: take CMK201 out"
    assert [message] == said("x.create()  # costmark: allow[CMK101, CMK201] why\n", at(1))


def test_a_half_used_noqa_is_used() -> None:
    assert [] == said("x.create()  # noqa: CMK101,CMK201\n", at(1))


def test_an_unused_comment_is_reported_where_it_stands() -> None:
    (found,) = run("x = 1  # é  # costmark: allow[CMK101] why\n").added
    assert ("a.py", 1, 13, "CMK901", "unused-suppression") == (*found[:3], found.code, found.rule)


def test_an_unused_comment_behind_a_long_string_is_reported_on_its_own_line() -> None:
    assert [3] == lines(run('x = """\n\n"""  # noqa: CMK101\n').added)


def test_noqa_in_a_string_is_never_unused() -> None:
    assert [] == said('x = "# noqa: CMK101"\n')


def test_a_second_noqa_on_a_line_does_not_act() -> None:
    result = run("x.create()  # noqa: E501  # noqa: CMK101\n", at(1))
    assert ([1], ["# noqa: CMK101 silences nothing here: remove it"]) == (lines(result.kept), [f.message for f in result.added])


def test_unused_comments_are_not_reported_where_the_rule_is_off() -> None:
    assert [] == said("x = 1  # noqa: CMK101\n", rules=RULES._replace(enabled=("CMK101",)))


def test_reports_about_comments_can_be_silenced_like_others() -> None:
    assert Silenced((), (), 1) == run("x = 1  # costmark: allow[CMK101] why  # noqa\n")


def test_what_no_comment_may_silence_stays_and_says_so() -> None:
    message = "message (no-inline in the policy: no comment silences CMK101)"
    result = run("x.create()  # noqa: CMK101\nx.create()  # costmark: allow[CMK101] a\n", at(1), at(2), rules=LOUD)
    assert ([message, message], (), 0) == ([finding.message for finding in result.kept], result.added, result.suppressed)


def test_what_no_comment_may_silence_stays_in_a_file_that_is_silenced_whole() -> None:
    result = run("# flake8: noqa\n", at(2), at(2, "CMK201"), rules=LOUD)
    assert (["CMK101"], 1) == ([finding.code for finding in result.kept], result.suppressed)


def test_a_finding_that_nothing_silences_says_nothing_of_the_policy() -> None:
    assert (at(1),) == run("x.create()\n# noqa: CMK101\n", at(1), rules=LOUD).kept


def test_under_flake8_noqa_is_left_to_flake8_and_still_counts_as_used() -> None:
    source = "x.create()  # noqa: CMK101\ny = 1  # noqa: CMK101\nx.create()  # costmark: allow[CMK101] a\n"
    result = run(source, at(1), at(3), noqa=False)
    assert ([1], [2], 1) == (lines(result.kept), lines(result.added), result.suppressed)


@pytest.mark.parametrize("reason", ["", " ", " -", "  # noqa: E501"])
def test_an_allow_without_a_reason_is_reported_where_that_rule_is_on(reason: str) -> None:
    assert ["CMK902"] == [found.code for found in run(f"x.create()  # costmark: allow[CMK101]{reason}\n", at(1), rules=REASONS).added]


@pytest.mark.parametrize("comment", ["# costmark: allow[CMK101] - migrating", "# noqa: CMK101"])
def test_a_reason_or_a_noqa_is_enough(comment: str) -> None:
    assert () == run(f"x.create()  {comment}\n", at(1), rules=REASONS).added


def test_other_encodings_are_read() -> None:
    source = "# coding: latin-1\nx.create('é')  # costmark: allow[CMK101] déjà vu\n".encode("latin-1")
    assert () == silence("a.py", source, [at(2)], RULES).kept


def test_bytes_that_are_no_text_do_no_harm() -> None:
    assert () == silence("a.py", b"x.create('\xff')  # noqa: CMK101\n", [at(1)], RULES).kept


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        (b"x = 1", False),
        (b"# noqa", False),
        (b"CMK", False),
        (b"# noqa: CMK101", True),
        (b"# NOQA:E1,CMK101", True),
        (b"# costmark: allow", True),
    ],
)
def test_a_file_without_findings_needs_a_look_only_if_it_names_a_code(source: bytes, needed: bool) -> None:  # noqa: FBT001
    assert needed is is_needed(source)


def test_reports_about_different_comments_have_different_fingerprints() -> None:
    first, second = stamp(run("x = 1  # noqa: CMK101\nx = 1  # noqa: CMK201\n").added)
    assert first.fingerprint != second.fingerprint
    assert "noqa:CMK101" == outline(first.call)
