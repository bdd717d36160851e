"""Write down once whom calls of a line with certain tags belong to; every later event of theirs takes it as it is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cost_lib.in_force import HELD, InForce, find_missing, rules_in_force, settings_for
from cost_lib.json_text import quoted, written_fields
from cost_lib.policy import BUILTIN_TAGS
from cost_lib.privacy import HASH_KEY, masked, named, personal, storable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cost_lib.operation import CallSite
    from cost_lib.policy import Settings

SERVICE: Final = ("COSTMARK_SERVICE", "OTEL_SERVICE_NAME")
RELEASE: Final = ("COSTMARK_RELEASE",)
# these differ from request to request: with them nothing would be found again
OF_REQUEST: Final = ("user_id", "chain_id", "session_id")
MOST: Final = 4096


class Attribution(NamedTuple):
    """What calls with the same tags from the same line have in common."""

    text: str  # members of the event, each after a comma
    missing: tuple[str, ...]  # required tags that are not there
    settings: Settings
    rules: InForce  # under which it holds
    personal: tuple[tuple[str, str], ...]  # tags that look like personal data and refuse the call, each with its kind


class Told(NamedTuple):
    """What the events of a line have in common while its tags stay the same."""

    tags: Mapping[str, str]
    text: str | None  # members of the event; None where some of the tags differ from request to request
    lasting: str  # those that do not differ
    settings: Settings


_own: Final[dict[tuple[Any, ...], str]] = {}
_known: Final[dict[tuple[Any, ...], Attribution]] = {}
_of_request: Final = frozenset(OF_REQUEST)


def attribute(tags: Mapping[str, str], site: CallSite | None) -> Attribution:
    """Return what the events of these tags and this line have in common."""
    if _of_request.isdisjoint(tags):
        key: tuple[Any, ...] = (site, *tags.items())
    else:
        key = (site, *((name, None if name in _of_request else value) for name, value in tags.items()))
    found = _known.get(key)
    return found if found is not None and found.rules is HELD.in_force else _remember(key, tags, site)


def is_lasting(tags: Mapping[str, str]) -> bool:
    """Say whether tags may come again: some differ from request to request."""
    return _of_request.isdisjoint(tags)


def text_of(tags: Mapping[str, str], site: CallSite | None) -> str:
    """Write whom a call belongs to and where it was made, as members of its event."""
    found = attribute(tags, site)
    return found.text if _of_request.isdisjoint(tags) else f"{own_text(tags, found.settings)}{found.text}"


def own_text(tags: Mapping[str, str], settings: Settings) -> str:
    """Write what differs from request to request; users and sessions come again for a while."""
    values = [tags.get(name) for name in OF_REQUEST]
    # by type too: a name that is hashed already is another one than a user's who is called so
    key = (settings.user_id, settings.personal_data, os.environ.get(HASH_KEY), *map(type, values), *values)
    found = _own.get(key)
    if found is None:
        own = {name: value for name, value in zip(OF_REQUEST, values, strict=True) if value is not None}
        kept = storable(own, user_id=settings.user_id, personal_data=settings.personal_data)
        found = written_fields(kept)
        if len(kept) == len(own):  # what was left out is told of each time
            if len(_own) >= MOST:
                _own.clear()
            _own[key] = found
    return found


def told_of(tags: Mapping[str, str], site: CallSite | None) -> Told:
    """Note what events of these tags and this line have in common."""
    found = attribute(tags, site)
    return Told(tags, found.text if is_lasting(tags) else None, found.text, found.settings)


def is_told(told: Told, tags: Mapping[str, str]) -> bool:
    """Say whether calls with these tags belong to the same, and lack the same."""
    return tags == told.tags if told.text is not None else is_varied(tags, told.tags)


def is_varied(tags: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Say whether tags differ from others at most in what differs from request to request: they belong to the same, and miss the same."""
    if len(tags) != len(other):
        return False
    return all(name in other and (value == other[name] or name in _of_request) for name, value in tags.items())


def _remember(key: tuple[Any, ...], tags: Mapping[str, str], site: CallSite | None) -> Attribution:
    rules = rules_in_force()
    settings = settings_for(site.file if site is not None else "")
    full = {**rules.given, **tags}
    shown = {name: value for name, value in _owned(full, rules).items() if name not in _of_request or name not in tags}
    if "user_id" in shown:
        shown["user_id"] = named(shown["user_id"], settings.user_id)
    refused = personal(shown) if settings.personal_data == "raise" else {}
    text = f"{_who(masked(shown, settings.personal_data))}{_where(site, rules)}{_process()},{_quoted_pair('policy', rules.mark)}"
    if len(_known) >= MOST:
        _known.clear()
    found = _known[key] = Attribution(text, find_missing(full, settings), settings, rules, tuple(refused.items()))
    return found


def _owned(tags: dict[str, str], rules: InForce) -> dict[str, str]:
    """Add the owner of the feature."""
    feature = rules.policy.features.get(tags.get("feature", ""))
    return {"owner": feature.owner, **tags} if feature is not None and feature.owner else tags


def _who(tags: Mapping[str, str]) -> str:
    own = {name: tags[name] for name in BUILTIN_TAGS if name in tags}
    return written_fields({**own, "tags": {name: value for name, value in tags.items() if name not in own}})


def _where(site: CallSite | None, rules: InForce) -> str:
    if site is None:
        return ""
    file = site.file.removeprefix(rules.root)
    return f',"call_site":{{{_quoted_pair("file", file)},{_quoted_pair("name", site.name)},"line":{site.line}}}'


def _process() -> str:
    """Write what is known of the program itself."""
    names = {"service": SERVICE, "release": RELEASE}
    return written_fields({name: next((os.environ[one] for one in of if os.environ.get(one)), "") for name, of in names.items()})


def _quoted_pair(name: str, value: str) -> str:
    return f'"{name}":{quoted(value)}'
