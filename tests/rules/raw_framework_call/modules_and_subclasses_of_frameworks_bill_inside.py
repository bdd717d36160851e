"""The project's own module on top of a framework: what bills is the framework's call inside it."""
import dspy
from langchain_core.runnables import Runnable
from langchain_openai import ChatOpenAI

from cost_lib import tagged


class Answer(dspy.Module):
    def __init__(self) -> None:
        super().__init__()
        self.generate = dspy.ChainOfThought("context, question -> answer")
        self.rank = tagged(dspy.Predict("passages -> best"), feature="rank")

    def forward(self, question: str) -> object:
        best = self.rank(passages=[question])  # ok: CMK103, CMK201
        return self.generate(context=best, question=question)  # finds: CMK103


class Pipeline:
    def __init__(self, llm: ChatOpenAI | None = None) -> None:
        self.llm = llm or ChatOpenAI()
        self.chain: Runnable = self._build()

    def _build(self) -> Runnable:
        return self.llm | str.strip

    def run(self, text: str) -> object:
        return self.chain.invoke(text)  # finds: CMK103

    def invoke(self, text: str) -> object:
        return tagged(self.chain, feature="pipeline").invoke(text)  # ok: CMK103, CMK201


def main(question: str) -> None:
    Answer().forward(question)  # ok: CMK103
    Pipeline().run(question)  # ok: CMK103
    Pipeline().invoke(question)  # ok: CMK103
