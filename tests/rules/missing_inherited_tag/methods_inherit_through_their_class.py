"""``inherited`` in methods: found through ``self``, instances, subclasses and class methods."""
from anthropic import Anthropic

from cost_lib import inherited, tagged, tags


class Base:
    def __init__(self) -> None:
        self.client = Anthropic()

    def ask(self, prompt: str) -> object:
        return tagged(self.client, feature=inherited).messages.create(max_tokens=9, messages=[])  # ok: CMK201

    @classmethod
    @tags(feature=inherited)
    def quick(cls, prompt: str) -> object:
        return tagged(Anthropic()).messages.create(max_tokens=9, messages=[])  # ok: CMK201

    @staticmethod
    def static(prompt: str) -> object:
        return tagged(Anthropic(), feature=inherited).messages.create(max_tokens=9, messages=[])  # ok: CMK201

    @property
    @tags(feature="greeting")
    def greeting(self) -> object:
        return self.ask("hello")  # ok: CMK207


class Bot(Base):
    def run(self) -> None:
        self.ask("x")  # finds: CMK207
        with tags(feature="bot"):
            self.ask("x")  # ok: CMK207

    @tags(feature="bot")
    def run_tagged(self) -> None:
        self.ask("x")  # ok: CMK207
        super().ask("x")  # ok: CMK207
        self.quick("x")  # ok: CMK207

    def run_super(self) -> None:
        super().ask("x")  # finds: CMK207


class Overriding(Base):
    def ask(self, prompt: str) -> object:
        return tagged(self.client, feature="own").messages.create(max_tokens=9, messages=[])  # ok: CMK201

    def run(self) -> None:
        self.ask("x")  # ok: CMK207


def users() -> None:
    Bot().ask("x")  # finds: CMK207
    Bot.quick("x")  # finds: CMK207
    Base.static("x")  # finds: CMK207
    bot = Bot()
    bot.static("x")  # finds: CMK207
    Overriding().ask("x")  # ok: CMK207
    with tags(feature="users"):
        bot.ask("x")  # ok: CMK207
        Bot.quick("x")  # ok: CMK207
        Base.static("x")  # ok: CMK207
