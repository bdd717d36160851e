"""Start the command: answer at once where nothing can be found, else hand over to the full program."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run ``costmark`` with the arguments of the process and give its exit code."""
    try:
        from lint_plugin import fastpath

        if fastpath.nothing_to_find(sys.argv[1:]):
            return 0
        if any(word.startswith("--since") for word in sys.argv):
            from lint_plugin import since

            if since.nothing_new(sys.argv[1:]):
                return 0
        if sys.argv[1:2] in (["check"], ["fix"]):
            # What they make is kept until they end and holds hardly a cycle: the collector only searches, an eighth of the time.
            gc.disable()
        from lint_plugin.frontends import cli

        return cli.main(sys.argv[1:])
    except KeyboardInterrupt:  # also while the program is being imported
        return 130


if __name__ == "__main__":
    sys.exit(main())
