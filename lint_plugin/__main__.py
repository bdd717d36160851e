"""Start the command: answer at once where nothing can be found, else hand over to the full program."""

from __future__ import annotations

import atexit
import gc
import os
import sys

LARGE = ("check", "fix")  # what these read is kept until they end


def main() -> int:
    """Run ``costmark`` with the arguments of the process and give its exit code."""
    is_large = sys.argv[1:2] in ([name] for name in LARGE)
    try:
        from lint_plugin import fastpath

        if fastpath.nothing_to_find(sys.argv[1:]):
            return 0
        if any(word.startswith("--since") for word in sys.argv):
            from lint_plugin import since

            if since.nothing_new(sys.argv[1:]):
                return 0
        if is_large:
            gc.disable()  # hardly anything holds a cycle: the collector would only search, an eighth of the time
        from lint_plugin.frontends import cli

        code = cli.main(sys.argv[1:])
    except KeyboardInterrupt:  # also while the program is being imported
        return 130
    if is_large:
        _leave(code)
    return code


def _leave(code: int) -> None:
    """End the process without taking apart what the system takes back as a whole, a tenth of the time."""
    atexit._run_exitfuncs()  # noqa: SLF001  (there is no other way to ask for it)
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):  # nobody reads on, or the stream is closed: the interpreter knows what to say
        return
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
