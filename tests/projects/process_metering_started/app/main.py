"""Starts the meter."""
from cost_lib import meter

from app import calls


def main() -> None:
    meter()
    calls.ask("x")


main()
