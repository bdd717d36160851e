"""Puts nodes around the models that it holds."""
from app.nodes import bound, listed, researcher, run


class Setup:
    def __init__(self, quick, answers) -> None:
        self.quick = quick
        self.answers = answers

    def build(self, prompt, tools) -> dict:
        made = {"research": lambda: researcher(self.quick, prompt, tools), "listed": lambda: listed(self.answers)}
        structured = bound(self.quick, dict)
        made["manager"] = lambda: run(structured, self.quick, {})
        return made
