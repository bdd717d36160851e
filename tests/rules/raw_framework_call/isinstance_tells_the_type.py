"""``isinstance`` tells the type of what nothing else is known of, on the paths on which it holds."""
from langchain_core.language_models import BaseChatModel
from openai import OpenAI

from cost_lib import tagged


class Wrapper:
    def __init__(self, config):
        self.config = config
        if not isinstance(self.config.model, BaseChatModel):
            raise ValueError("model must be a chat model")
        self.model = self.config.model

    def ask(self, prompt: str) -> None:
        self.model.invoke(prompt)  # finds: CMK103


def branches(llm, other, tagged_one) -> None:
    llm.invoke("x")  # ok: CMK103
    if isinstance(llm, (BaseChatModel, OpenAI)) and other:
        llm.invoke("x")  # finds: CMK103
        other.invoke("x")  # ok: CMK103
    else:
        llm.invoke("x")  # ok: CMK103
    llm.invoke("x")  # ok: CMK103
    if not isinstance(other, BaseChatModel) or not llm:
        return
    other.invoke("x")  # finds: CMK103
    other = object()
    other.invoke("x")  # ok: CMK103
    safe = tagged(tagged_one, feature="a")
    assert isinstance(safe, BaseChatModel)
    safe.invoke("x")  # ok: CMK103, CMK201


def conditional(llm) -> object:
    return llm.invoke("x") if isinstance(llm, BaseChatModel) else llm.invoke("y")  # finds: CMK103
