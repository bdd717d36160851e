"""What several rules ask of a call site: can it be metered, on what is it called, what would make it right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from lint_plugin.facts import METERED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cost_lib.policy import Policy
    from lint_plugin.facts import CallSite

MOST_NAMED: Final = 2  # house wrappers in one message
LONGEST: Final = 40  # a receiver longer than this makes a message hard to read

_DOTTED: Final = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


class _Callee(NamedTuple):
    """What to wrap: a receiver whose method is called, or the callable itself."""

    receiver: str
    is_callable: bool


def is_metered(site: CallSite) -> bool:
    """Say whether the call can be seen at the HTTP boundary, so that ``tagged`` or ``meter`` is enough."""
    return site.transport in METERED


def spelled(site: CallSite) -> str:
    """Return the callee as messages name it."""
    return f"{site.method or site.text}()"


def keywords(names: Iterable[str]) -> str:
    """Return ``feature=..., team=...``."""
    return ", ".join(f"{name}=..." for name in names)


def remedy(site: CallSite, policy: Policy) -> str:
    """Return what makes a raw call right, as half a sentence."""
    callee = _callee(site)
    tagged = f"tagged({', '.join(filter(None, (callee.receiver, keywords(site.missing))))})"
    if site.kind == "reference":
        advice = f"take it from {tagged}"
    else:
        advice = f"write {tagged}(...)" if callee.is_callable else f"call it on {tagged}"
    own = [wrapper.name for wrapper in policy.wrappers if wrapper.kind != "scope"][:MOST_NAMED]
    return f"{advice} or use {' or '.join(own)}" if own else advice


def record(site: CallSite, policy: Policy) -> str:
    """Return the block that records what cannot be metered."""
    # tags of a wrapped receiver say nothing to the block around the call
    tags = site.missing if site.raw else policy.demanded(site.path)
    given = f'provider="{site.provider}", ' if site.provider else "provider=..., "
    return f"record_call({given}{keywords(('model', *tags))})"


def _callee(site: CallSite) -> _Callee:
    """Split the callee as written into what is tagged and what is called on it."""
    if len(site.text) > LONGEST or not _DOTTED.fullmatch(site.text):
        return _Callee("client", is_callable=False)
    parts, method = site.text.split("."), site.method.split(".")
    shared = 0
    for written, known in zip(reversed(parts), reversed(method), strict=False):
        if written != known:
            break
        shared += 1
    receiver = parts[: len(parts) - shared]
    if shared and receiver:
        return _Callee("client" if _is_made_here(site, receiver[-1]) else ".".join(receiver), is_callable=False)
    # a function of a module is tagged itself: a module types as Any once it is wrapped
    if len(parts) == 1 or not shared or (len(parts) == 2 and parts == method):
        return _Callee(site.text, is_callable=True)
    return _Callee(".".join(parts[:-1]), is_callable=False)


def _is_made_here(site: CallSite, name: str) -> bool:
    """Say whether the text names what is called to get the receiver, a factory or a class, and not the receiver."""
    return site.resolution == "factory" or (name[:1].isupper() and not name.isupper())
