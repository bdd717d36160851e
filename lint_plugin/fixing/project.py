"""A project that was checked, its sources as they can be edited."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from lint_plugin.fixing.habits import read_habits
from lint_plugin.fixing.model import Options
from lint_plugin.fixing.owners import read
from lint_plugin.fixing.sources import encode, obstacle
from lint_plugin.model import Finding, Request
from lint_plugin.pipeline import Study, study
from lint_plugin.sources import decoded
from lint_plugin.stages.apply import notebooks
from lint_plugin.stages.apply.file import SourceText
from lint_plugin.stages.discover import find
from lint_plugin.tokens import Lines

if TYPE_CHECKING:
    from lint_plugin.facts import Fact
    from lint_plugin.fixing.tasks import Rendered
    from lint_plugin.stages.notebook import Notebook

Progress = Callable[[str], None]


class Site(NamedTuple):
    """A finding, what it is about, and where it stands in the text."""

    finding: Finding
    fact: Fact | None
    pos: int


class Project:
    """A project that was checked, its sources as they can be edited."""

    def __init__(self, request: Request, repository: Path, progress: Progress, known: Study | None = None) -> None:
        """Check the project, unless that was done."""
        if known is None:
            progress("looking for calls")
        self.request: Final = request._replace(paths=())
        self.progress: Final = progress
        self.repository: Final = repository
        self.known: Final[Study] = study(self.request) if known is None else known
        self.owners: Final = read(repository, request.root)
        self._sources: Final[dict[str, SourceText]] = {}
        self._obstacles: Final[dict[str, str]] = {}
        self._habits: Final = read_habits(request.root)

    def source(self, path: str) -> SourceText:
        """Return a source."""
        if path not in self._sources:
            self._sources[path] = SourceText(self.text(path), self._habits)
        return self._sources[path]

    def data(self, path: str) -> bytes:
        """Return the bytes of a source."""
        sources = self.known.notes.sources
        return (self.request.root / path).read_bytes() if sources is None else sources.data(path)

    def text(self, path: str) -> str:
        """Return the decoded source that places refer to."""
        sources = self.known.notes.sources
        return decoded(self.data(path)) if sources is None else sources.text(path)

    def paths(self) -> list[str]:
        """Return all Python files of the project."""
        found = find(self.request.root, (), excludes=self.request.policy.excludes, sources=self.request.sources)
        return [file.path for file in found.files if file.path.endswith(".py")]

    def encoded(self, path: str, rendered: Rendered) -> bytes | None:
        """Return the bytes of an edited source; ``None`` where it cannot be written."""
        notebook = self._notebook(path)
        if notebook is not None:
            return notebooks.edit(self.data(path), notebook, rendered.before, rendered.edits)
        return encode(self.data(path), rendered.before, rendered.text)

    def _notebook(self, path: str) -> Notebook | None:
        sources = self.known.notes.sources
        return None if sources is None else sources.notebook(path)

    def obstacle(self, path: str) -> str:
        """Say why a file cannot be edited."""
        if path not in self._obstacles:
            self._obstacles[path] = obstacle(self.request.root / path, self.request.root)
        return self._obstacles[path]

    def site(self, finding: Finding) -> Site:
        """Return where a finding stands and what it is about."""
        verdict = self.known.notes.verdict(finding)
        if verdict is not None:
            return Site(finding, verdict.fact, verdict.pos)
        notebook = self._notebook(finding.path)
        first = 1 if notebook is None else notebook.starts[notebook.numbers.index(finding.cell)]
        return Site(finding, None, Lines(self.text(finding.path)).start(first + finding.line - 1) + finding.column - 1)


def chooser(asked: tuple[Path, ...], others: tuple[Path, ...], options: Options) -> Choose:
    """Return what picks the findings below ``asked``, those of ``others``, projects inside, apart; warnings are no mistakes to mend."""

    def choose(project: Project) -> list[Finding]:
        found: list[Finding] = []
        for finding in project.known.report.findings:
            file = project.request.root / finding.path
            is_asked = not asked or any(file.is_relative_to(path) for path in asked)
            is_selected = not options.select or finding.code.startswith(options.select)
            if finding.severity == "error" and is_asked and is_selected and not any(file.is_relative_to(other) for other in others):
                found.append(finding)
        return found

    return choose


Choose = Callable[[Project], list[Finding]]
