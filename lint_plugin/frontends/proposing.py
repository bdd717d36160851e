"""Show what setting a repository up would change, and say what to do next."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lint_plugin.adopting import ignoring
from lint_plugin.adopting.ci_text import WORKFLOW
from lint_plugin.adopting.documents import content
from lint_plugin.adopting.hook_text import FILE as HOOKS
from lint_plugin.adopting.model import ByHand, Gateway, Kept, Proposal
from lint_plugin.adopting.policy_text import evidence
from lint_plugin.adopting.steps import BASELINE, Setup
from lint_plugin.inventory.model import ALLOWED, Row
from lint_plugin.output.colour import Colour, paint
from lint_plugin.output.escape import visible

NOWHERE: Final = "/dev/null"
NO_END: Final = "\\ No newline at end of file"
COLOURS: Final = {"+++": Colour.PATH, "---": Colour.PATH, "@@": Colour.FRAME, "+": Colour.GOOD, "-": Colour.ERROR}
LAYERS: Final = {"sdk": "", "framework": "frameworks: ", "http": "HTTP by hand: "}


def show(setup: Setup, *, colour: bool) -> Iterator[str]:
    """Write what was seen, then every change as a difference, then what is left alone."""
    yield f"{visible(str(setup.survey.root))}\n"
    yield from (f"  {name:9} {text}\n" for name, text in _seen(setup))
    for step in setup.steps:
        if isinstance(step, Proposal):
            yield f"\n{step.name}: {step.about}\n"
            yield from _difference(step, colour=colour)
    if setup.accepted:
        yield f"\n{BASELINE}: accepts what is there today, {_by_code(setup)}; only new findings fail\n"
    by_hand = [step for step in setup.steps if isinstance(step, ByHand)]
    for hand in by_hand:
        yield f"\nTo add by hand to {hand.where}:\n\n{hand.text}"
    kept = [step.sentence for step in setup.steps if isinstance(step, Kept)]
    if kept or setup.survey.notes:
        yield "\n"
    yield from (f"kept: {visible(sentence)}\n" for sentence in kept)
    yield from (f"note: {visible(note)}\n" for note in setup.survey.notes)


def _seen(setup: Setup) -> Iterator[tuple[str, str]]:
    survey = setup.survey
    yield "code", visible(", ".join(survey.layout))
    yield "calls", _calls(setup.stock.rows)
    yield "linters", visible(", ".join(survey.linters)) or "none that is known"
    yield "CI", ", ".join(survey.ci) or "none that is known"
    for gateway in setup.gateways:
        what = "proposed as a wrapper" if gateway.is_sure else "proposed as a comment: uncomment it if calls shall go through it"
        yield "gateway", visible(f"{_named(gateway)} ({evidence(gateway)}; {what})")
    for problem in setup.stock.problems:
        yield "unread", visible(f"{problem.path}:{problem.line}: {problem.reason}")


def _named(gateway: Gateway) -> str:
    more = len(gateway.names) - 1
    return f"{gateway.names[0]}{f' and {more} more of that name' if more else ''}"


def _calls(rows: Sequence[Row]) -> str:
    """Say which providers are called how often, frameworks and requests by hand apart."""
    if not rows:
        return "none that bills"
    parts = [f"{prefix}{_counted(row.provider for row in rows if row.provider and row.layer == layer)}" for layer, prefix in LAYERS.items()]
    parts.append(f"house wrappers: {_counted(row.method for row in rows if not row.provider)}")
    allowed = sum(row.status == ALLOWED for row in rows)
    beside = f" ({allowed} of them where raw clients are allowed)" if allowed else ""
    return visible(f"{len(rows)} that bill: {'; '.join(part for part in parts if not part.endswith(': ') and part)}{beside}")


def _counted(names: Iterable[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in Counter(names).most_common())


def _by_code(setup: Setup) -> str:
    codes = Counter(finding.code for finding in setup.accepted)
    count = len(setup.accepted)
    return f"{count} {'finding' if count == 1 else 'findings'} ({', '.join(f'{code} {number}' for code, number in sorted(codes.items()))})"


def _difference(proposal: Proposal, *, colour: bool) -> Iterator[str]:
    before, after = proposal.lines
    old = NOWHERE if proposal.before is None else f"a/{proposal.name}"
    for line in difflib.unified_diff(before, after, old, f"b/{proposal.name}"):
        shown = visible(line.rstrip("\r\n").expandtabs(4))
        role = next((role for start, role in COLOURS.items() if line.startswith(start)), None)
        yield f"{paint(shown, role, on=colour) if role else shown}\n"
        if not line.endswith("\n"):
            yield f"{NO_END}\n"


def _names(setup: Setup) -> list[str]:
    return [step.name for step in setup.steps if isinstance(step, Proposal)] + ([BASELINE] if setup.accepted else [])


def question(setup: Setup) -> str:
    """Ask whether to go ahead."""
    return f"\nWrite {_files(setup)} ({', '.join(_names(setup))})?"


def postponed(setup: Setup) -> Iterator[str]:
    """Say that nothing was written, and how it is."""
    yield f"\nNothing is written yet. 'costmark init --yes' writes {_files(setup)}: {', '.join(_names(setup))}.\n"


def nothing(setup: Setup) -> Iterator[str]:
    """Say that all is there."""
    check = f"costmark check --baseline {BASELINE}" if setup.has_baseline else "costmark check"
    yield f"\nNothing to write: all that can be proposed is there. '{check}' looks for new findings.\n"


def advice(setup: Setup, accepted: int, failed: Sequence[str]) -> Iterator[str]:
    """Say what to do next, in a few lines."""
    check = f"costmark check --baseline {BASELINE}" if setup.has_baseline else "costmark check"
    written = [name for name in _names(setup) if name not in failed]
    yield "\nNext:\n"
    if setup.survey.has_git:
        hook = "; pre-commit install; pre-commit run --all-files" if HOOKS in written else ""
        covered = ignoring.ignored(content(setup.survey.root, ignoring.FILE), written)
        force, why = ("--force ", f"{' ' * 4}# {ignoring.FILE} covers {', '.join(covered)}") if covered else ("", "")
        yield f"  git add {force}{' '.join(written)}{hook}{why}\n"
    yield f"  {check}{' ' * 4}# green now; a new raw or untagged call fails{', in CI too' if WORKFLOW in written else ''}\n"
    if accepted:
        yield "  costmark fix --plan plan.csv    # proposes a feature and an owner for each call that is there, for people to edit\n"
    yield "  costmark coverage    # the share of calls that are attributed; 'costmark inventory' lists them\n"


def _files(setup: Setup) -> str:
    count = len(_names(setup))
    return f"{count} {'file' if count == 1 else 'files'}"
