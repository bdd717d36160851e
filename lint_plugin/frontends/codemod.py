"""A libcst command over the same fixes: ``python -m libcst.tool codemod -x lint_plugin.frontends.codemod.TagCalls FILES``.

libcst hands over one file at a time; what holds for it is decided by the project around it, as ``costmark check`` sees it, so the
first file of a project pays for all. Nothing is registered in the policy: a codemod writes the files that it was given.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Final

import libcst as cst
from libcst.codemod import CodemodCommand, CodemodContext, SkipFile

from lint_plugin.fixing.mending import mend
from lint_plugin.fixing.model import Options
from lint_plugin.fixing.project import Project, chooser
from lint_plugin.frontends.workspace import Workspace, locate, repository
from lint_plugin.model import Request

UNNAMED: Final = "the file has no name: what it imports and who calls it decide how it is fixed"


class TagCalls(CodemodCommand):
    """Tag raw and untagged LLM calls."""

    DESCRIPTION: str = "Tag raw and untagged LLM calls with the feature that they are spent on."

    def __init__(self, context: CodemodContext) -> None:
        """Work on the file that the context names."""
        super().__init__(context)

    def transform_module_impl(self, tree: cst.Module) -> cst.Module:
        """Return the module with its calls tagged."""
        if self.context.filename is None:
            raise SkipFile(UNNAMED)
        file = Path(os.path.abspath(self.context.filename))  # noqa: PTH100  (resolve() would follow links out of the project)
        after = _fixed(locate(file, env=os.environ)).get(file)
        return tree if after is None else cst.parse_module(after)


@cache
def _fixed(workspace: Workspace) -> dict[Path, bytes]:
    """Return the files of a project that a fix would change, as they would be."""
    request = Request(workspace.root, workspace.policy, cache=workspace.cache)
    project = Project(request, repository(workspace.root), lambda _: None)
    result = mend(project, chooser((), (), Options()), Options())
    return {workspace.root / change.path: change.after for change in result.changes}
