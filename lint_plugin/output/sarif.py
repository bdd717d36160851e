"""SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from lint_plugin.model import Finding, Problem
from lint_plugin.output.view import RuleEntry, View, repository_path

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE: Final = "SRCROOT"
FINGERPRINT: Final = "costmark/v1"

Json = dict[str, object]


def render(view: View) -> Iterator[str]:
    """Write one log with one run."""
    yield json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(view)]}, indent=2)
    yield "\n"


def _run(view: View) -> Json:
    places = {rule.code: place for place, rule in enumerate(view.rules)}
    driver = {"name": "costmark", "semanticVersion": view.version, "rules": [_rule(rule) for rule in view.rules]}
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE: {"description": {"text": "The top of the repository."}}},
        "invocations": [_invocation(view)],
        "results": [_result(view, finding, places) for finding in view.report.findings],
    }


def _rule(rule: RuleEntry) -> Json:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": rule.level},
    }


def _result(view: View, finding: Finding, places: dict[str, int]) -> Json:
    facts = {"provider": finding.provider, "method": finding.method, "model": finding.model, "resolution": finding.resolution}
    result: Json = {
        "ruleId": finding.code,
        "level": finding.severity,
        "message": {"text": finding.message},
        "locations": [_location(view, finding)],
        "properties": {name: fact for name, fact in facts.items() if fact},
    }
    if finding.code in places:
        result["ruleIndex"] = places[finding.code]
    if finding.fingerprint:
        result["partialFingerprints"] = {FINGERPRINT: finding.fingerprint}
    return result


def _location(view: View, finding: Finding) -> Json:
    physical: Json = {"artifactLocation": _artifact(view, finding.path)}
    scope = finding.scope
    if finding.cell:  # a line inside a cell is no line of the file
        scope = f"cell {finding.cell}, line {finding.line}" + (f", {scope}" if scope else "")
    else:
        physical["region"] = {"startLine": finding.line, "startColumn": finding.column, "endLine": finding.end_line}
    location: Json = {"physicalLocation": physical}
    if scope:
        location["logicalLocations"] = [{"fullyQualifiedName": scope}]
    return location


def _invocation(view: View) -> Json:
    notices = [_notice(view, problem) for problem in view.report.problems]
    return {"executionSuccessful": not notices, "toolExecutionNotifications": notices}


def _notice(view: View, problem: Problem) -> Json:
    region = {"startLine": max(1, problem.line)}
    return {
        "level": "error",
        "message": {"text": problem.reason},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(view, problem.path), "region": region}}],
    }


def _artifact(view: View, path: str) -> Json:
    return {"uri": quote(repository_path(view, path), errors="surrogatepass"), "uriBaseId": BASE}
