"""Put a meter around a method of somebody else's class, once, and take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

MARK: Final = "__costmark_original__"
OWNER: Final = "__costmark_owner__"
US: Final = object()  # who was imported anew finds what somebody of the same name has left, and knows nothing of it


def put(cls: type, name: str, make: Callable[[Any], Any]) -> None:
    """Replace a method by what ``make`` puts around it; one that has its meter already is left as it is."""
    present = cls.__dict__[name]
    if hasattr(present, MARK) and getattr(present, OWNER, None) is not US:
        take_back(cls, name)
        present = cls.__dict__[name]
    if not hasattr(present, MARK):
        metered = make(present)
        setattr(metered, MARK, present)
        setattr(metered, OWNER, US)
        setattr(cls, name, metered)


def take_back(cls: type, name: str) -> None:
    """Put the original back unless somebody else has patched over ours."""
    present = cls.__dict__[name]
    # who wraps ours with functools.wraps copies the mark, but what it wraps is ours, not the original
    if getattr(present, MARK, None) is getattr(present, "__wrapped__", MARK):
        setattr(cls, name, present.__wrapped__)
