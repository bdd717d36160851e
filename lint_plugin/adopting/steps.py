"""Propose what a repository needs, step by step, and leave alone what it has."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib import policy as policies
from lint_plugin import baseline
from lint_plugin.adopting import ci_text, hook_text, ignoring, policy_text
from lint_plugin.adopting.documents import content
from lint_plugin.adopting.gateways import find_gateways
from lint_plugin.adopting.layout import EXAMPLES, has, is_usable, literal
from lint_plugin.adopting.model import Gateway, Kept, Origin, Proposal, Step, Survey
from lint_plugin.errors import WrongUseError
from lint_plugin.inventory.model import Inventory
from lint_plugin.inventory.taking import take
from lint_plugin.model import Finding, Request
from lint_plugin.pipeline import Study, study
from lint_plugin.rules.registry import RULES
from lint_plugin.stages.discover import find

if TYPE_CHECKING:
    from cost_lib.policy import Policy

BASELINE: Final = "costmark-baseline.json"
CACHE: Final = ".costmark_cache"
PARTS: Final = ("hook", "ci", "baseline", "gitignore")


class Wish(NamedTuple):
    """What a person asked for."""

    policy_file: str = ""
    without: tuple[str, ...] = ()
    origin: Origin = Origin("costmark[lint]")


class Setup(NamedTuple):
    """All that is proposed, and what it rests on."""

    survey: Survey
    stock: Inventory
    gateways: tuple[Gateway, ...]
    steps: tuple[Step, ...]
    accepted: tuple[Finding, ...]  # what the baseline will hold; () = none is proposed
    has_baseline: bool  # proposed or there already


class _Known(NamedTuple):
    """The analysis under the policy that is in force or proposed."""

    policy: Policy
    step: Step
    study: Study
    gateways: tuple[Gateway, ...]


class Inside(NamedTuple):
    """Folders with a policy of their own, with a slash behind each, and what is found in them."""

    folders: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def propose(survey: Survey, wish: Wish, cache: Path | None, env: Mapping[str, str], inside: Inside) -> Setup:
    """Return what a repository needs."""
    root = survey.root
    known = _policy(survey, wish, cache, env)
    stock = take(Request(root, known.policy, cache=cache), root, known.study)
    is_new = isinstance(known.step, Proposal)
    findings = (*(f for f in known.study.report.findings if not f.path.startswith(inside.folders)), *inside.findings)
    accepted, said = _accepted(survey, wish, findings, is_new=is_new)
    used = BASELINE if accepted or (root / BASELINE).exists() else ""
    own = [Kept(f"{folder} has a policy of its own, which holds there") for folder in inside.folders]
    steps = (known.step, *_rest(survey, wish, used, is_new=is_new), *said, *own)
    return Setup(survey, stock, known.gateways, steps, accepted, has_baseline=bool(used))


def _accepted(survey: Survey, wish: Wish, findings: tuple[Finding, ...], *, is_new: bool) -> tuple[tuple[Finding, ...], list[Kept]]:
    """Return what the baseline shall accept, and what is to be said of it.

    Where the repository was set up already, findings are no longer those of the day on which it began.
    """
    file = survey.root / BASELINE
    if file.exists():
        baseline.read(file)  # one that cannot be read is named now, not by the first run of the hook
        return (), [Kept(f"{BASELINE} is there: it is kept as it is")]
    if not findings or "baseline" in wish.without:
        return (), []
    is_set_up = not is_new and (
        not survey.has_git or isinstance(hook_text.propose(content(survey.root, hook_text.FILE), wish.origin, ""), Kept)
    )
    if not is_set_up:
        return findings, []
    how = f"costmark check --baseline {BASELINE} --write-baseline"
    return (), [Kept(f"no baseline: this is set up already, so what is found now is new; '{how}' would accept it")]


def _policy(survey: Survey, wish: Wish, cache: Path | None, env: Mapping[str, str]) -> _Known:
    existing = _existing(survey.root, env)
    if existing is not None:
        policy = policies.load(existing, known_codes=_codes(), root=survey.root)
        known = study(Request(survey.root, policy, cache=cache))
        why = f"{policies.VARIABLE} names it" if env.get(policies.VARIABLE) else "it is kept as it is"
        return _Known(policy, Kept(f"{_seen(existing, survey.root)} holds a policy: {why}"), known, tuple(_gateways(survey, policy, known)))
    name = _policy_name(survey.root, wish)
    before = content(survey.root, name)
    return _new_policy(survey, name, before, cache)


def _new_policy(survey: Survey, name: str, before: bytes | None, cache: Path | None) -> _Known:
    """Look at the calls under a first proposal, and say in the second what was learned."""
    wanted = policy_text.Wanted(survey.tests)
    first = policy_text.propose(name, before, wanted)
    policy = _loaded(survey, first)
    known = study(Request(survey.root, policy, cache=cache))
    found = tuple(_gateways(survey, policy, known))
    unreadable = tuple(filter(is_usable, dict.fromkeys(literal(problem.path) for problem in known.report.problems)))
    if not found and not unreadable:
        return _Known(policy, first, known, found)
    second = policy_text.propose(name, before, wanted._replace(gateways=found, unreadable=unreadable))
    policy = _loaded(survey, second)
    if unreadable or any(gateway.is_sure for gateway in found):
        known = study(Request(survey.root, policy, cache=cache))
    return _Known(policy, second, known, found)


def _loaded(survey: Survey, proposal: Proposal) -> Policy:
    return policies.loads(proposal.after, survey.root / proposal.name, known_codes=_codes(), root=survey.root)


def _gateways(survey: Survey, policy: Policy, known: Study) -> list[Gateway]:
    paths = [file.path for file in find(survey.root, (), excludes=policy.excludes).files]
    named = {wrapper.name for wrapper in policy.wrappers}

    def is_left_out(path: str) -> bool:
        return policy.allows_raw(path) or has(path, EXAMPLES)

    return [one for one in find_gateways(known, paths, survey.root.name, is_left_out) if named.isdisjoint(one.names)]


def _existing(root: Path, env: Mapping[str, str]) -> Path | None:
    """Return the policy of the repository itself; one further up is on this machine alone."""
    found = policies.find(root, env=env)
    return found if found is not None and (env.get(policies.VARIABLE) or found.parent == root) else None


def _policy_name(root: Path, wish: Wish) -> str:
    if not wish.policy_file:
        return policies.PYPROJECT if (root / policies.PYPROJECT).is_file() else policies.OWN
    if wish.policy_file not in (policies.OWN, policies.PYPROJECT):
        raise WrongUseError(
            f"--policy-file {wish.policy_file}: a policy is looked for as {policies.OWN} or {policies.PYPROJECT} at the top: name one"
        )
    return wish.policy_file


def _rest(survey: Survey, wish: Wish, used: str, *, is_new: bool) -> Iterator[Step]:
    """Propose what depends on git; without it none of that can work."""
    root = survey.root
    if not survey.has_git:
        yield Kept("this is no git repository: hook, CI job and .gitignore are left out; 'git init' and 'costmark init' again add them")
        return
    if "gitignore" not in wish.without:
        yield ignoring.propose(content(root, ignoring.FILE), CACHE)
    if "hook" not in wish.without:
        yield hook_text.propose(content(root, hook_text.FILE), wish.origin, used)
    if "ci" not in wish.without:
        system = next(iter(survey.ci), "") or ci_text.host(root)
        if not system and not is_new:  # said when the policy was written
            return
        yield ci_text.propose(root, system, wish.origin, used, survey.branch)


def _seen(file: Path, root: Path) -> str:
    return Path(os.path.relpath(file, root)).as_posix()


def _codes() -> list[str]:
    return [rule.code for rule in RULES]
