"""Follow what a function leaves to its callers: scopes that it inherits, arguments that it passes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lint_plugin.events import Block, Edge, Place
from lint_plugin.facts import Caller
from lint_plugin.stages.call_sites.crossings import lost_by_function, lost_by_lambda
from lint_plugin.stages.call_sites.ledger import SPECIAL, Duty, Ledger, ParameterDuty
from lint_plugin.stages.call_sites.proofs import parameters_in, prove, sources_of
from lint_plugin.stages.call_sites.tag_values import judge_value, written_parameters
from lint_plugin.values import EXTRA, INHERITED, NOTHING, Tag, Tags


class _Handed(NamedTuple):
    """A call of a helper as its edge says, with the place and blocks that hold where it runs."""

    edge: Edge
    place: Place
    blocks: tuple[Block, ...]


class _Lacking(NamedTuple):
    """A call that lacks tags."""

    edge: Edge
    keys: set[str]
    passed: set[str]  # those that are asked for as arguments


def follow(ledger: Ledger) -> None:
    """Ask callers until nobody is left to ask, and report those that bring nothing."""
    lacking: dict[tuple[str, int], _Lacking] = {}
    done: set[Duty | ParameterDuty] = set()
    while True:
        scopes = [duty for duty in ledger.duties if duty not in done]
        arguments = [duty for duty in ledger.parameters if duty not in done]
        if not scopes and not arguments:
            break
        done.update(scopes, arguments)
        for function, key in scopes:
            for handed in _handed(ledger, function, key):
                _ask(ledger, handed, key, lacking)
        for function, parameter, key in arguments:
            for edge in ledger.edges.get(function, ()):
                _ask_argument(ledger, edge, parameter, key, lacking)
    for (path, pos), found in lacking.items():
        missing = tuple(key for key in ledger.policy.demanded(path) if key in found.keys)
        name = ledger.resolution.names.get(found.edge.callee, "")
        passed = found.keys == found.passed
        ledger.add(Caller(path, pos, found.edge.place.qualname, found.edge.text, name, missing, passed))


def _handed(ledger: Ledger, function: str, key: str) -> Iterator[_Handed]:
    """Yield the calls of a function with the scopes that hold where it runs."""
    for edge in ledger.edges.get(function, ()):
        yield from _runs(ledger, edge)
        if _is_lost(ledger, edge, key):
            yield _Handed(edge, edge.place, ())


def _is_lost(ledger: Ledger, edge: Edge, key: str) -> bool:
    """Tell whether a coroutine or generator is returned out of the scope that has the tag, to callers that cannot be seen."""
    if not edge.deferred or edge.boundary or edge.id in ledger.consumed or edge.id not in ledger.returned:
        return False
    return prove(key, sources_of(None, None, edge.blocks), edge.place.function).proven


def _runs(ledger: Ledger, edge: Edge) -> Iterator[_Handed]:
    """Yield where the function runs that one call means."""
    if edge.boundary.startswith(SPECIAL):
        return
    if edge.deferred and not edge.boundary:
        for consumption in ledger.consumed.get(edge.id, ()):
            yield _Handed(edge, consumption.place, consumption.blocks)
    else:
        yield _Handed(edge, edge.place, edge.blocks)


def _ask(ledger: Ledger, handed: _Handed, key: str, lacking: dict[tuple[str, int], _Lacking], *, declared: Tags | None = None) -> None:
    """Ask one caller for a tag that the callee inherits; ``declared`` is what the call itself hands on."""
    edge = handed.edge
    if edge.boundary:
        lost_by_function(ledger, edge, key)
        return
    if key not in ledger.policy.demanded(edge.place.path):
        return
    if edge.place.function == edge.callee:
        return  # it calls itself: whoever called it first is asked
    sources = sources_of(edge.tags, declared, handed.blocks)
    proof = ledger.settle(key, sources, handed.place)
    if proof.fails and not lost_by_lambda(ledger, handed.place.function, key) and not ledger.is_misspelt(key, sources):
        _note(lacking, edge).keys.add(key)


def _ask_argument(ledger: Ledger, edge: Edge, parameter: str, key: str, lacking: dict[tuple[str, int], _Lacking]) -> None:
    """Judge what one caller passes for a parameter that carries a tag."""
    values = edge.arguments.get(parameter)
    place = edge.place
    if values is None:
        if parameter.startswith(EXTRA):
            return  # may come by other ways
        if (edge.callee, parameter, key) not in ledger.needed:
            return
        default = ledger.resolution.defaults.get((edge.callee, parameter), frozenset({NOTHING}))
        if INHERITED in default:
            for handed in _runs(ledger, edge):
                _ask(ledger, handed, key, lacking)
        # what is handed to a thread or wrapped may get its other arguments elsewhere
        if not edge.boundary and default & {NOTHING, ""} and key in ledger.policy.demanded(place.path):
            lack = _note(lacking, edge)
            lack.keys.add(key)
            lack.passed.add(key)
        return
    for function, name in parameters_in(values):
        ledger.parameters[function, name, key] = None
        if (edge.callee, parameter, key) in ledger.needed:
            ledger.needed.add((function, name, key))
    if INHERITED in values and (edge.callee, parameter, key) in ledger.needed:
        declared = Tags((Tag(key, frozenset({INHERITED}), place.function, place.pos),), function=place.function)
        for handed in _runs(ledger, edge):
            _ask(ledger, handed, key, lacking, declared=declared)
    judge_value(ledger, place, key, values, edge.keywords.get(parameter, place.pos), written=edge.written.get(parameter, ""))


def _note(lacking: dict[tuple[str, int], _Lacking], edge: Edge) -> _Lacking:
    return lacking.setdefault((edge.place.path, edge.place.pos), _Lacking(edge, set(), set()))


def follow_written(ledger: Ledger) -> None:
    """Judge the values that callers pass for parameters which carry tags that nobody requires."""
    done: set[ParameterDuty] = set(ledger.parameters)
    todo = [duty for duty in written_parameters(ledger) if duty not in done]
    while todo:
        function, parameter, key = todo.pop()
        if (function, parameter, key) in done:
            continue
        done.add((function, parameter, key))
        for edge in ledger.edges.get(function, ()):
            values = edge.arguments.get(parameter, frozenset())
            todo += [(*passed, key) for passed in parameters_in(values)]
            if values:
                judge_value(
                    ledger, edge.place, key, values, edge.keywords.get(parameter, edge.place.pos), written=edge.written.get(parameter, "")
                )
