from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from state import State


class Holder:
    def __init__(self) -> None:
        object.__setattr__(self, "_held", None)

    def hold(self, state: "State") -> None:
        object.__setattr__(self, "_held", state)

    def __getattr__(self, name: str) -> Any:
        return getattr(object.__getattribute__(self, "_held"), name)


class Box:
    def __init__(self) -> None:
        self.client = None


if TYPE_CHECKING:
    current: "State"
else:
    current = Holder()

boxed: "State" = Box()  # no stand-in: what it is counts, not what it is said to be
