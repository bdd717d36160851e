"""What the README and the examples claim is what happens."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.frontends.command import costmark, run

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "examples" / "support_bot"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_shows_a_real_finding() -> None:
    shown = re.search(r"<!-- example:.*?-->\n```\n(.*?)```\n", README, re.DOTALL)
    assert shown
    assert shown.group(1).strip()
    assert shown.group(1) in costmark("check", "--no-cache", cwd=SAMPLES / "raw").out


def test_every_kind_of_raw_call_of_the_sample_is_found() -> None:
    done = costmark("check", "--no-cache", "--format", "concise", cwd=SAMPLES / "raw")
    found = re.findall(r"^(\S+?):\d+:\d+: (CMK\d+)", done.out, re.MULTILINE)
    expected = [
        ("support_bot/faq.py", "CMK101"),
        ("support_bot/faq.py", "CMK101"),
        ("support_bot/reasoning.py", "CMK101"),
        ("support_bot/tickets.py", "CMK103"),
        ("support_bot/translation.py", "CMK102"),
    ]
    assert expected == found


def test_tagged_sample_passes() -> None:
    assert (0, "No findings.\n") == costmark("check", "--no-cache", cwd=SAMPLES / "tagged")[:2]


def test_both_samples_do_the_same() -> None:
    names = sorted(path.name for path in (SAMPLES / "raw" / "support_bot").glob("*.py"))
    assert names == sorted(path.name for path in (SAMPLES / "tagged" / "support_bot").glob("*.py"))


def test_generated_pages_are_up_to_date() -> None:
    assert (0, "", "") == run(sys.executable, "scripts/pages.py", "--check", cwd=ROOT)
