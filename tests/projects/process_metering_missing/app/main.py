"""Does not start the meter."""
from app import calls


def main() -> None:
    calls.ask("x")


main()
