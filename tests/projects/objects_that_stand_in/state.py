from holder import current
from openai import OpenAI


class State:
    client: OpenAI


def start() -> None:
    state = State()
    state.client = OpenAI()
    current.hold(state)
