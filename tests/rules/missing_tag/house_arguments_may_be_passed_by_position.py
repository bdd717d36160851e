# policy:
# [[wrappers]]
# name = "house_arguments_may_be_passed_by_position.Bot.reply"
# kind = "call"
# tags = ["keywords", {argument = "context"}]
# [[wrappers]]
# name = "house_arguments_may_be_passed_by_position.complete"
# kind = "call"
# tags = {feature = "name"}
# [[wrappers]]
# name = "elsewhere.complete"
# kind = "call"
# tags = {feature = "name"}
"""Where the project shows a wrapper's parameters, its tags count by position too."""

import elsewhere

FAQ = {"feature": "faq"}


class Bot:
    def reply(self, text: str, context: dict | None = None, **options: object) -> str:
        return text


def complete(prompt: str, name: str = "", /, *rest: str) -> str:
    return prompt


def run(prompt: str, bot: Bot, parts: list[str]) -> None:
    Bot().reply(prompt, {"feature": "faq"})  # ok: CMK201
    bot.reply(prompt, FAQ)  # ok: CMK201
    bot.reply(prompt, {"team": "core"})  # finds: CMK201
    bot.reply(prompt)  # finds: CMK201
    complete(prompt, "faq")  # ok: CMK201
    complete(prompt, "")  # finds: CMK203
    complete(prompt)  # finds: CMK201
    elsewhere.complete(prompt, "faq")  # finds: CMK201
    elsewhere.complete(prompt, name="faq")  # ok: CMK201
