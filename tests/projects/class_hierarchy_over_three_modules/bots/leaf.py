"""The leaf uses what both bases hold."""
from bots import middle

from cost_lib import tagged, tags


class Mixin:
    def helper(self) -> object:
        return self.unknown.responses.create(input="x")  # ok: CMK101


class Leaf(Mixin, middle.Middle):
    def run(self, prompt: str) -> None:
        self._client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
        self.llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
        self.default.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
        self.claude.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
        self.good.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
        tagged(self.llm, feature="leaf").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
        self.complete(prompt)  # finds: CMK207
        with tags(feature="leaf"):
            self.complete(prompt)  # ok: CMK207


def main() -> None:
    leaf = Leaf()
    leaf.run("x")  # ok: CMK101
    leaf.llm.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
    leaf.complete("x")  # finds: CMK207
    leaf.good.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201
