"""Accepted findings: what stays accepted, what is new, what leaves, and the file that holds them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lint_plugin import baseline
from lint_plugin.baseline import Applied, BaselineError
from lint_plugin.model import Problem, Report
from tests.fakes.checkout import Repository
from tests.fakes.project import Function, Project, report

CREATE = 'client.create("a")'
PARSE = 'client.parse("b")'
SHOP: Project = {"shop/a.py": (Function("ask", (CREATE, PARSE)), Function("sum", (CREATE,))), "shop/b.py": (Function("ask", (CREATE,)),)}
AGAIN = "'costmark check --baseline base.json --write-baseline' writes it anew"
ONE = Function("one", (CREATE,))

calls = st.tuples(st.sampled_from(["client.create", "client.parse", "self.llm.invoke"]), st.integers(0, 2)).map(
    lambda call: f"{call[0]}({call[1]})"
)
functions = st.builds(
    Function, st.sampled_from(["", "ask", "sum", "C.ask"]), st.lists(calls, min_size=1, max_size=3).map(tuple), st.integers(0, 9)
)
projects = st.dictionaries(st.sampled_from(["a.py", "b.py", "x/c.py"]), st.lists(functions, min_size=1, max_size=3).map(tuple), min_size=1)


def accepted(project: Project, root: Path) -> baseline.Baseline:
    baseline.write(report(project), root / "base.json", root=root)
    return baseline.read(root / "base.json")


def applied(before: Project, after: Project, root: Path, *looked_at: str) -> Applied:
    for path in after:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    seen = report({path: functions for path, functions in after.items() if not looked_at or path in looked_at})
    return baseline.apply(seen, accepted(before, root), root=root, looked_at=[root / path for path in looked_at])


def counts(result: Applied) -> tuple[int, int, int]:
    return len(result.report.findings), len(result.known), len(result.stale)


def places(result: Applied) -> list[tuple[str, int]]:
    return [(finding.path, finding.line) for finding in result.report.findings]


def sentence(path: Path) -> str:
    with pytest.raises(BaselineError) as caught:
        baseline.read(path)
    assert caught.value.exit_code == 2
    return str(caught.value).removeprefix(str(path))


def test_what_was_accepted_is_known(tmp_path: Path) -> None:
    assert (0, 4, 0) == counts(applied(SHOP, SHOP, tmp_path))


def test_a_new_call_is_new_where_it_stands(tmp_path: Path) -> None:
    after = SHOP | {"shop/b.py": (Function("ask", ('client.create("new")', CREATE)),)}
    assert [("shop/b.py", 3)] == places(applied(SHOP, after, tmp_path))


def test_an_equal_call_in_another_file_is_new_there(tmp_path: Path) -> None:
    assert [("shop/0.py", 3)] == places(applied(SHOP, SHOP | {"shop/0.py": (Function("ask", (CREATE,)),)}, tmp_path))


def test_a_call_whose_arguments_change_stays_the_same_call(tmp_path: Path) -> None:
    assert (0, 4, 0) == counts(applied(SHOP, SHOP | {"shop/b.py": (Function("ask", ("client.create(2)",)),)}, tmp_path))


def test_a_fixed_finding_is_stale(tmp_path: Path) -> None:
    result = applied(SHOP, SHOP | {"shop/b.py": ()}, tmp_path)
    assert [("shop/b.py", "ask", "client.create()")] == [(entry.path, entry.scope, entry.call) for entry in result.stale]


def test_a_fixed_finding_that_comes_back_is_new(tmp_path: Path) -> None:
    before = accepted(SHOP, tmp_path)
    fixed = baseline.apply(report(SHOP | {"shop/b.py": ()}), before, root=tmp_path)
    assert baseline.shrink(before, fixed, env={})
    back = baseline.apply(report(SHOP), baseline.read(before.path), root=tmp_path)
    assert [("shop/b.py", 3)] == places(back)


@pytest.mark.parametrize("value", ["true", "1"])
def test_the_file_is_left_alone_in_ci(tmp_path: Path, value: str) -> None:
    before = accepted(SHOP, tmp_path)
    assert not baseline.shrink(before, baseline.apply(Report(()), before, root=tmp_path), env={"CI": value})
    assert before == baseline.read(before.path)


def test_the_file_is_left_alone_when_nothing_is_stale(tmp_path: Path) -> None:
    before = accepted(SHOP, tmp_path)
    moved = {path.replace("shop", "store"): functions for path, functions in SHOP.items()}
    assert not baseline.shrink(before, baseline.apply(report(moved), before, root=tmp_path), env={})


def test_shrinking_notes_where_the_others_have_moved(tmp_path: Path) -> None:
    before = accepted(SHOP, tmp_path)
    result = baseline.apply(report({"c.py": SHOP["shop/a.py"]}), before, root=tmp_path)
    assert baseline.shrink(before, result, env={"CI": "false"})
    assert {"c.py"} == {entry.path for entry in baseline.read(before.path).entries}


def test_a_partial_run_leaves_the_rest_alone(tmp_path: Path) -> None:
    assert (0, 1, 0) == counts(applied(SHOP, SHOP, tmp_path, "shop/b.py"))


def test_a_partial_run_takes_nothing_from_files_that_it_did_not_look_at(tmp_path: Path) -> None:
    assert (1, 0, 0) == counts(applied(SHOP, SHOP | {"shop/c.py": (Function("ask", (CREATE,)),)}, tmp_path, "shop/c.py"))


def test_a_partial_run_recognises_a_renamed_file(tmp_path: Path) -> None:
    assert (0, 3, 0) == counts(applied({"a.py": SHOP["shop/a.py"]}, {"b.py": SHOP["shop/a.py"]}, tmp_path, "b.py"))


def test_a_partial_run_keeps_entries_that_may_have_moved_elsewhere(tmp_path: Path) -> None:
    assert (0, 0, 0) == counts(applied({"a.py": (ONE,)}, {"b.py": (ONE,), "c.py": ()}, tmp_path, "c.py"))


def test_a_finding_in_a_file_that_was_not_named_is_known_by_its_own_entry(tmp_path: Path) -> None:
    before = accepted(SHOP, tmp_path)
    assert (0, 4, 0) == counts(baseline.apply(report(SHOP), before, root=tmp_path, looked_at=[tmp_path / "shop/b.py"]))


def test_a_file_that_could_not_be_analyzed_keeps_its_entries(tmp_path: Path) -> None:
    before = accepted(SHOP, tmp_path)
    broken = Report((), (Problem("shop/a.py", 1, "syntax error"),))
    assert ["shop/b.py"] == [entry.path for entry in baseline.apply(broken, before, root=tmp_path).stale]


def test_writing_a_part_keeps_the_other_entries(tmp_path: Path) -> None:
    before = accepted(SHOP, tmp_path)
    assert 3 == baseline.write(Report(()), before.path, root=tmp_path, looked_at=[tmp_path / "shop/b.py"])


def test_writing_the_whole_replaces_every_entry(tmp_path: Path) -> None:
    assert 0 == baseline.write(Report(()), accepted(SHOP, tmp_path).path, root=tmp_path)


def test_writing_replaces_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "base.json").write_text("<<<<<<< HEAD\n")
    assert 4 == len(accepted(SHOP, tmp_path).entries)


def test_writing_a_part_does_not_lose_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "base.json").write_text("<<<<<<< HEAD\n")
    with pytest.raises(BaselineError):
        baseline.write(report(SHOP), tmp_path / "base.json", root=tmp_path, looked_at=[tmp_path / "shop"])


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "ci").mkdir()
    baseline.write(report(SHOP), tmp_path / "ci/base.json", root=tmp_path)
    before = baseline.read(tmp_path / "ci/base.json")
    assert "../shop/a.py" == before.entries[0].path
    assert (0, 4, 0) == counts(baseline.apply(report(SHOP), before, root=tmp_path))


def test_a_run_in_one_project_leaves_the_entries_of_another_alone(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    for name in ("a.py", "b.py"):
        (tmp_path / "shop" / name).touch()
    before = accepted(SHOP, tmp_path)
    assert (0, 0, 0) == counts(baseline.apply(Report(()), before, root=tmp_path / "bank"))


def test_the_file_holds_one_finding_a_line_and_is_json(tmp_path: Path) -> None:
    path = accepted(SHOP, tmp_path).path
    text = path.read_text()
    assert 4 == text.count('\n{"path": ')
    assert {"costmark-baseline": 1} == {key: value for key, value in json.loads(text)[0].items() if key != "about"}


def test_the_file_has_neither_lines_nor_arguments_in_it(tmp_path: Path) -> None:
    entry = json.loads(accepted({"a.py": (Function("f", ('client.create("secret")',)),)}, tmp_path).path.read_text())[1]
    assert ["path", "code", "scope", "call", "arguments", "fingerprint"] == list(entry)
    assert "client.create()" == entry["call"]


def test_the_file_does_not_depend_on_the_order_of_findings(tmp_path: Path) -> None:
    first = accepted(SHOP, tmp_path).path.read_bytes()
    found = report(SHOP)
    baseline.write(found._replace(findings=found.findings[::-1]), tmp_path / "base.json", root=tmp_path)
    assert first == (tmp_path / "base.json").read_bytes()


def test_a_reformatted_file_is_still_read(tmp_path: Path) -> None:
    before = accepted(SHOP, tmp_path)
    before.path.write_text(json.dumps(json.loads(before.path.read_text()), indent=4, sort_keys=True))
    assert before == baseline.read(before.path)


def test_a_line_that_a_merge_doubled_counts_once(tmp_path: Path) -> None:
    before = accepted({"a.py": (ONE,)}, tmp_path)
    lines = before.path.read_text().splitlines()
    before.path.write_text("\n".join([*lines[:3], *lines[2:]]))
    assert before == baseline.read(before.path)


def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("")
    (tmp_path / "base.json").symlink_to("real.json")
    accepted(SHOP, tmp_path)
    assert (True, 4) == ((tmp_path / "base.json").is_symlink(), len(baseline.read(tmp_path / "real.json").entries))


def test_the_mode_of_the_file_stays(tmp_path: Path) -> None:
    path = accepted(SHOP, tmp_path).path
    path.chmod(0o640)
    accepted(SHOP, tmp_path)
    assert 0o640 == path.stat().st_mode & 0o777


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[\n<<<<<<< HEAD\n", ":2: the baseline holds a merge conflict; keep the lines of both sides and remove the markers"),
        ("[\n}\n", f":2: the baseline is not JSON; {AGAIN}"),
        ("{}", f": this is no costmark baseline: its first record names no 'costmark-baseline' version; name another file, or {AGAIN}"),
        ("[]", f": this is no costmark baseline: its first record names no 'costmark-baseline' version; name another file, or {AGAIN}"),
        ('[{"costmark-baseline": 9}]', f": the baseline has version 9, this costmark reads 1; upgrade it, or {AGAIN}"),
        ('[{"costmark-baseline": 1}, {"path": "a.py"}]', f": record 2 of the baseline is no accepted finding; {AGAIN}"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, expected: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("base.json").write_text(text)
    assert expected == sentence(Path("base.json"))


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    assert ": there is no such baseline; " in sentence(tmp_path / "base.json")


def test_a_folder_and_bytes_are_one_sentence_each(tmp_path: Path) -> None:
    (tmp_path / "bytes.json").write_bytes(b"\xff")
    assert ": the baseline cannot be read: Is a directory; name another file, or " in sentence(tmp_path)
    assert ": the baseline cannot be read: it is not UTF-8 text; name another file, or " in sentence(tmp_path / "bytes.json")


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="the baseline cannot be written: No such file or directory"):
        baseline.write(Report(()), tmp_path / "no/base.json", root=tmp_path)


def test_two_branches_that_change_the_file_merge(tmp_path: Path) -> None:
    start: Project = {f"{name}.py": (ONE,) for name in "bdfhk"}
    repository = Repository(tmp_path)
    for branch, project in (("main", start), ("left", start | {"a.py": (ONE,), "d.py": ()}), ("right", start | {"z.py": (ONE,)})):
        repository.branch(branch, "main")
        accepted(project, tmp_path)
        repository.commit()
    repository.run("merge", "-q", "--no-edit", "left")
    assert ["a.py", "b.py", "f.py", "h.py", "k.py", "z.py"] == [entry.path for entry in baseline.read(tmp_path / "base.json").entries]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), projects)
def test_nothing_that_keeps_the_calls_makes_one_new_or_loses_one(tmp_path: Path, data: st.DataObject, before: Project) -> None:
    bodies = data.draw(st.permutations([function for functions in before.values() for function in functions]))
    names = data.draw(st.lists(st.sampled_from(["a.py", "b.py", "n.py", "x/c.py"]), min_size=len(bodies), max_size=len(bodies)))
    lines = data.draw(st.lists(st.integers(0, 30), min_size=len(bodies), max_size=len(bodies)))
    after: Project = {}
    for name, function, above in zip(names, bodies, lines, strict=True):
        after[name] = (*after.get(name, ()), function._replace(above=above, calls=tuple(data.draw(st.permutations(function.calls)))))
    result = baseline.apply(report(after), accepted(before, tmp_path), root=tmp_path)
    assert (0, len(report(before).findings), 0) == counts(result)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(projects, functions, st.sampled_from(["a.py", "n.py"]))
def test_as_many_are_new_as_were_added_and_as_many_stale_as_were_removed(tmp_path: Path, base: Project, extra: Function, path: str) -> None:
    more = base | {path: (extra, *base.get(path, ()))}
    assert len(extra.calls) == counts(baseline.apply(report(more), accepted(base, tmp_path), root=tmp_path))[0]
    assert len(extra.calls) == counts(baseline.apply(report(base), accepted(more, tmp_path), root=tmp_path))[2]


def test_four_thousand_equal_calls_are_paired_at_once(tmp_path: Path) -> None:
    project: Project = {f"{number}.py": (Function("", (CREATE,) * 40),) for number in range(100)}
    assert (0, 4000, 0) == counts(baseline.apply(report(project), accepted(project, tmp_path), root=tmp_path))


def test_the_file_cannot_be_written_where_it_is_read_only(tmp_path: Path) -> None:
    before = accepted(SHOP, tmp_path)
    before.path.chmod(0o444)
    if os.access(before.path, os.W_OK):
        pytest.skip("this user may write everything")
    assert not baseline.shrink(before, baseline.apply(Report(()), before, root=tmp_path), env={})
