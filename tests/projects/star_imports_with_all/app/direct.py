"""One star away an underscore listed in ``__all__`` comes along."""
from app.clients import *


def calls(prompt: str) -> None:
    _listed.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    public.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101


def good(prompt: str) -> None:
    print(prompt)


def own_name_hides_the_star(prompt: str) -> None:
    good.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
