"""Read the examples of rule pages."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^## (.+)\n", re.MULTILINE)
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def sections(page: str) -> dict[str, str]:
    """Return what stands under each heading, in the order of the page."""
    _, *found = _HEADING.split(page)
    return dict(zip(found[::2], found[1::2], strict=True))


def blocks(page: str, heading: str) -> list[str]:
    """Return the Python examples under a heading."""
    return _BLOCK.findall(sections(page)[heading])
