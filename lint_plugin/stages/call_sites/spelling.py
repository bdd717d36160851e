"""Tell a misspelt tag from one that was never meant."""

from __future__ import annotations


def is_one_edit(written: str, meant: str) -> bool:
    """Tell whether one letter more, less, different or swapped with its neighbour makes one word of the other."""
    if written == meant or abs(len(written) - len(meant)) > 1:
        return False
    at = next(
        (number for number, (one, other) in enumerate(zip(written, meant, strict=False)) if one != other), min(len(written), len(meant))
    )
    rest, wanted = written[at:], meant[at:]
    if len(rest) != len(wanted):
        return rest[1:] == wanted or rest == wanted[1:]
    return rest[1:] == wanted[1:] or (rest[2:] == wanted[2:] and rest[1::-1] == wanted[:2])
