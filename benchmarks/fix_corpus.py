"""Fix the applications of the development corpus, in memory, and hold the result to what issue 4 asks of it.

usage: python benchmarks/fix_corpus.py CHECKOUTS [--corpus ../shared/corpus]

CHECKOUTS holds one folder for each key of the corpus's ``scope.json``, at the commit named there. Nothing is fetched, nothing is
written. Exit code 1 below the floor, or where anything else does not hold. The last result is in ``fix_corpus.md`` beside this file.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections import Counter
from pathlib import Path

from cost_lib.policy import load
from lint_plugin.fixing.mending import mend
from lint_plugin.fixing.model import Options, Result
from lint_plugin.fixing.project import Project, chooser
from lint_plugin.model import Request

FLOOR = 0.9
CHOOSE = chooser((), (), Options())


def main() -> int:
    """Fix every checkout, print one row each, compare with what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    given = parser.parse_args()
    names = json.loads((given.corpus / "scope.json").read_text(encoding="utf-8"))
    missing = [name for name in names if not (given.checkouts / name).is_dir()]
    if missing:
        sys.exit(f"no checkout of {', '.join(missing)} in {given.checkouts}")
    print("| application | findings | fixed | left | files changed | of them without a finding | broken | standing | second run changes |")
    print("|---|---|---|---|---|---|---|---|---|")
    rows = [_row(given.checkouts / name) for name in names]
    found, fixed = sum(row[0] for row in rows), sum(row[1] for row in rows)
    worst = min((row[1] / row[0] for row in rows if row[0]), default=1.0)
    print(
        f"\nfixed {fixed} of {found} findings: {fixed / found:.1%} (floor {FLOOR:.0%}); the lowest share of one application is {worst:.1%}"
    )
    return int(fixed / found < FLOOR or any(sum(row[2:]) for row in rows))


def _row(checkout: Path) -> tuple[int, ...]:
    """Fix one application; return findings, fixed ones, and the counts that have to be 0."""
    root = checkout.resolve()
    project = _project(root, {})
    before = CHOOSE(project)
    result = mend(project, CHOOSE, Options())
    after = {change.path: change.after for change in result.changes}
    fixed = _project(root, after)
    standing = len(CHOOSE(fixed)) - len(result.left)
    strangers = len(after.keys() - {finding.path for finding in before})
    again = len(mend(fixed, CHOOSE, Options()).changes)
    broken = sum(_is_broken(path, data) for path, data in after.items())
    counts = (strangers, broken, standing, again)
    print(
        f"| {root.name} | {len(before)} | {len(result.fixed)} | {_reasons(result)} | {len(after)} | {' | '.join(map(str, counts))} |",
        flush=True,
    )
    return len(before), len(result.fixed), *counts


def _project(root: Path, sources: dict[str, bytes]) -> Project:
    return Project(Request(root, load(None), sources=sources), root, lambda _: None)


def _reasons(result: Result) -> str:
    reasons = Counter(item.why.partition(":")[0] for item in result.left)
    return "; ".join(f"{count} {why}" for why, count in reasons.most_common()) or "0"


def _is_broken(path: str, data: bytes) -> bool:
    """Tell whether a changed file does not compile; a notebook has to be one still."""
    try:
        if path.endswith(".ipynb"):
            json.loads(data)
        else:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compile(data, path, "exec")
    except (SyntaxError, ValueError):
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
