"""Blank IPython's own syntax in a cell, so that what is left is Python with its lines and columns in place.

``%time client.ask()`` keeps its code behind an empty statement of the same width, ``!ls`` becomes a harmless literal, a cell in
another language becomes blank lines.
"""

from __future__ import annotations

import re
from typing import Final

from lint_plugin.lexemes import lex

# cell magics that run Python
PYTHON_CELLS: Final = frozenset(
    """
    capture debug heat ipytest lprun memit mprun mypy prun pypy python python2 python3 pyinstrument scalene snakeviz time timeit
    wandb
    """.split()
)
# magics that run the statement behind them, with those of their options that take a value
PYTHON_LINES: Final = {
    "time": "",
    "timeit": "nrp",
    "prun": "lsTD",
    "memit": "rti",
    "lprun": "fmDTsu",
    "mprun": "fT",
    "pyinstrument": "",
    "snakeviz": "f",
}
# commands that IPython runs without a sign before them, where what follows is no Python
COMMANDS: Final = "pip|pip3|conda|mamba|uv|cd|ls|cat|cp|mv|rm|mkdir|rmdir|man|more|less|git|apt|wget|curl"

_EOL: Final = re.compile(r"\r\n|\n|\r")
_CELL_MAGIC: Final = re.compile(r"\s*%%(?P<name>[\w.!]*)(?P<line>[^\n\r]*)")
_ESCAPED: Final = re.compile(r"[ \t]*[%!?/,;]")
_LINE_MAGIC: Final = re.compile(r"[ \t]*%[ \t]*(?P<name>[\w.]+)[ \t]*")
_ASSIGNED: Final = re.compile(r"""[ \t]*[^\W\d](?:[\w., \t*]|\[(?:'[^'\n]*'|"[^"\n]*"|[\w.]*)\])*=[ \t]*(?=[%!][^=])""")
_COMMAND: Final = re.compile(rf"[ \t]*(?:{COMMANDS})[ \t]+(?!(?:in|is|and|or|if|not|for)\b)[\w\-./~$\"'][^\n\r]*")
_HELP_END: Final = re.compile(r"[ \t]*(?:[^\W\d][\w.]*[ \t]*=[ \t]*)?%{0,2}[\w.*\[\]'\"-]+[ \t]*\?{1,2}[ \t]*;?[ \t]*")
_SUSPECT: Final = re.compile(rf"[%!?]|^[ \t]*(?:[/,;]|(?:{COMMANDS})[ \t])", re.MULTILINE)


def to_python(cell: str) -> str:
    """Return the text of a code cell as Python of the same shape."""
    if not _SUSPECT.search(cell):
        return cell
    magic = _CELL_MAGIC.match(cell)
    if magic is None:
        return _lines(cell)
    if magic["name"] not in PYTHON_CELLS:
        return blank(cell)
    head = cell[: magic.start("name") - 2]
    set_up = _behind(magic["name"], magic["line"]) if magic["name"] == "timeit" else ""
    line = f"0;{set_up.rjust(magic.end() - len(head) - 2)}" if set_up else ""
    rest = cell[magic.end() :]
    return f"{head}{line}{to_python(rest) if _CELL_MAGIC.match(rest) else _lines(rest)}"


def blank(text: str) -> str:
    """Return the line ends alone."""
    return "".join(_EOL.findall(text))


def _lines(cell: str) -> str:
    """Replace what is not Python at the beginnings of statements."""
    at = 0
    out = []
    while at < len(cell):
        end = _magic_end(cell, at)
        if end:
            out.append(_replaced(cell[at:end]))
        else:
            end = _statement_end(cell, at)
            out.append(cell[at:end])
        at = end
    return "".join(out)


def _magic_end(cell: str, at: int) -> int:
    """Return the end of the magic or shell line at ``at``, without its line end; 0 where there is none."""
    eol = _line_end(cell, at)
    if _HELP_END.fullmatch(cell, at, eol):
        return eol
    if not (_ESCAPED.match(cell, at) or _ASSIGNED.match(cell, at) or _COMMAND.fullmatch(cell, at, eol)):
        return 0
    while cell[eol - 1] == "\\" and eol < len(cell):  # the shell's continuation
        eol = _line_end(cell, _next_line(cell, eol))
    return eol


def _line_end(cell: str, at: int) -> int:
    found = _EOL.search(cell, at)
    return found.start() if found else len(cell)


def _next_line(cell: str, eol: int) -> int:
    found = _EOL.match(cell, eol)
    return found.end() if found else eol


def _statement_end(cell: str, at: int) -> int:
    """Return the offset behind the logical line that begins at ``at``."""
    depth = 0
    for lexeme in lex(cell, at):
        if lexeme.kind == "open":
            depth += 1
        elif lexeme.kind == "close":
            depth = max(depth - 1, 0)
        elif lexeme.kind == "newline" and not depth:
            return lexeme.end
    return len(cell)


def _replaced(text: str) -> str:
    """Return a harmless statement of the same shape as a magic or shell line."""
    assigned = _ASSIGNED.match(text)
    head = assigned.group() if assigned else text[: len(text) - len(text.lstrip(" \t"))]
    rest = text[len(head) :]
    code = _code(rest)
    if not code:
        return f"{head}0{blank(rest)}"
    if assigned:
        return f"{head}{code.rjust(len(rest))}"
    return f"{head}0;{code.rjust(len(rest) - 2)}"


def _code(magic: str) -> str:
    """Return the statement that a line magic runs; empty where it is none, or not one that can stand behind a semicolon."""
    found = _LINE_MAGIC.match(magic)
    if found is None or found["name"] not in PYTHON_LINES or _EOL.search(magic) or magic.endswith("?"):
        return ""
    code = _behind(found["name"], magic[found.end() :])
    return "" if re.match(r"(?:for|while|if|with|try|def|class|async|match)\b", code) else code


def _behind(name: str, line: str) -> str:
    """Drop the options of a magic from its line."""
    valued = PYTHON_LINES.get(name, "")
    option = rf"\s*(?:-[{valued}](?:\s*[\w.]+)|--?\w[\w=-]*)(?=\s|$)" if valued else r"\s*--?[a-zA-Z][\w=-]*(?=\s|$)"
    while found := re.match(option, line):
        line = line[found.end() :]
    return line.strip()
