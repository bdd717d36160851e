"""One source while it is edited: its outline and what it calls the names that edits bring in."""

from __future__ import annotations

from typing import Final

from lint_plugin.edits import Edit
from lint_plugin.stages.apply.imports import Habits, Names, Scene
from lint_plugin.stages.apply.outline import Outline


class SourceText:
    """A source as it was found; every attempt to edit it starts from here."""

    def __init__(self, text: str, habits: Habits) -> None:
        """Keep the text and how its project sorts imports."""
        self.outline: Final = Outline(text)
        self._scene: Final = Scene(self.outline, habits)

    def start(self) -> Draft:
        """Begin a new set of edits."""
        return Draft(self.outline, Names(self._scene))


class Draft:
    """One set of edits of a source."""

    def __init__(self, outline: Outline, names: Names) -> None:
        """Start with none."""
        self.outline: Final = outline
        self.names: Final = names
        self.edits: Final[list[Edit]] = []

    def all_edits(self) -> list[Edit]:
        """Return the edits with the imports that they need."""
        return [*self.names.edits(), *self.edits]
