"""A pipeline bills once a component that bills has been added; raw as soon as one of them is raw."""

from haystack import Pipeline
from haystack.components.builders import PromptBuilder
from haystack.components.generators.chat import OpenAIChatGenerator

from cost_lib import tagged


def build() -> Pipeline:
    made = Pipeline()
    made.add_component("prompt", PromptBuilder("{{q}}"))
    made.add_component(name="llm", instance=OpenAIChatGenerator(model="gpt-4o-mini"))
    made.connect("prompt", "llm")
    return made


def build_without_model() -> Pipeline:
    made = Pipeline()
    made.add_component("prompt", PromptBuilder("{{q}}"))
    return made


def build_tagged() -> Pipeline:
    made = Pipeline()
    made.add_component("llm", tagged(OpenAIChatGenerator(), feature="faq"))
    return made


class Service:
    def __init__(self) -> None:
        self.pipeline = Pipeline()
        self.pipeline.add_component("llm", OpenAIChatGenerator())
        self.plain = Pipeline()
        self.plain.add_component("prompt", PromptBuilder("{{q}}"))

    def run(self, question: str) -> object:
        self.plain.run({"prompt": {"q": question}})  # ok: CMK103
        tagged(self.pipeline, feature="faq").run({"prompt": {"q": question}})  # ok: CMK103, CMK201
        return self.pipeline.run({"prompt": {"q": question}})  # finds: CMK103


def run(question: str) -> None:
    build().run({"prompt": {"q": question}})  # finds: CMK103
    tagged(build(), feature="faq").run({"prompt": {"q": question}})  # ok: CMK103, CMK201
    build_without_model().run({"prompt": {"q": question}})  # ok: CMK103
    build_tagged().run({"prompt": {"q": question}})  # ok: CMK103, CMK201
    mixed = build_tagged()
    mixed.add_component("second", OpenAIChatGenerator())
    mixed.run({"prompt": {"q": question}})  # finds: CMK103
    before = Pipeline()
    before.run({})  # ok: CMK103
    before.add_component("llm", OpenAIChatGenerator())
    before.run({})  # finds: CMK103
    wrapped = tagged(Pipeline(), feature="faq")
    wrapped.add_component("llm", OpenAIChatGenerator())
    wrapped.run({})  # ok: CMK103, CMK201
