"""Score the analyzer on the labelled corpus: precision and recall on real applications, with the default settings.

usage: python benchmarks/corpus.py CHECKOUTS [--corpus ../shared/corpus]

CHECKOUTS holds one folder for each key of the corpus's ``scope.json``, at the commit named there. Nothing is fetched.
Exit code 1 below the floors of issue 2. The last result is in ``corpus.md`` beside this file.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from cost_lib.policy import load
from lint_plugin.model import Request
from lint_plugin.pipeline import check

RAW = ("CMK101", "CMK102", "CMK103")
FLOORS = {"precision": 0.98, "recall": 0.95, "macro recall": 0.93, "recall, all providers and likely": 0.90}


def main() -> int:
    """Analyze every checkout, score what was found, compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    given = parser.parse_args()
    scope: dict[str, Any] = json.loads((given.corpus / "scope.json").read_text(encoding="utf-8"))
    missing = [name for name in scope if not (given.checkouts / name).is_dir()]
    if missing:
        sys.exit(f"no checkout of {', '.join(missing)} in {given.checkouts}")
    with tempfile.TemporaryDirectory() as folder:
        findings = Path(folder) / "findings.jsonl"
        findings.write_text("".join(_analyzed(given.checkouts, name) for name in scope), encoding="utf-8")
        results = _scored(given.corpus, findings)
    for name, floor in FLOORS.items():
        print(f"{name}: {results[name]:.3f} (floor {floor})")
    traps = sum(results["traps"].values())
    print(f"findings in the traps: {traps}")
    return int(traps > 0 or any(results[name] < floor for name, floor in FLOORS.items()))


def _analyzed(checkouts: Path, name: str) -> str:
    start = time.process_time()
    report = check(Request((checkouts / name).resolve(), load(None)))
    print(f"{name}: {report.files} files, {time.process_time() - start:.1f} s CPU", file=sys.stderr)
    rows = ({"repo": name, "path": f.path, "line": f.line} for f in report.findings if f.code in RAW)
    return "".join(json.dumps(row) + "\n" for row in rows)


def _scored(corpus: Path, findings: Path) -> dict[str, Any]:
    plain = _score(corpus, findings)
    repos = plain["repos"]
    labelled = [counts for counts in repos.values() if counts["labels"]]
    overall = plain["overall"]
    everything = _score(corpus, findings, "--all-providers", "--with-likely")["overall"]
    scope = json.loads((corpus / "scope.json").read_text(encoding="utf-8"))
    return {
        "precision": overall["tp"] / (overall["tp"] + overall.get("fp", 0)),
        "recall": overall["tp"] / overall["n"],
        "macro recall": sum(counts.get("tp", 0) / counts["labels"] for counts in labelled) / len(labelled),
        "recall, all providers and likely": everything["tp"] / everything["n"],
        "traps": {name: repos[name].get("fp", 0) for name in repos if scope[name]["trap"]},
    }


def _score(corpus: Path, findings: Path, *options: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "score.json"
        command = [sys.executable, str(corpus / "score.py"), str(findings), "-v", "--json", str(out), *options]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        if not options:
            print(printed)
        result: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return result


if __name__ == "__main__":
    sys.exit(main())
