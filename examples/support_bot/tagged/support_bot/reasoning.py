"""Questions that need thought: a plan first, then the answer."""

from cost_lib import inherited, tagged, tags
from support_bot.clients import anthropic

MODEL = "claude-sonnet-4-5"


def ask(prompt: str, max_tokens: int) -> str:
    message = tagged(anthropic(), feature=inherited).messages.create(
        model=MODEL,
        max_tokens=max_tokens,
        messages=[{"role": "user", "content": prompt}],
    )
    return "".join(block.text for block in message.content if block.type == "text")


@tags(feature="complex_reasoning")
def solve(question: str) -> str:
    plan = ask(f"List the steps to solve this support case:\n{question}", 400)
    return ask(f"Follow the steps and answer the customer.\n\n{plan}\n\n{question}", 1500)
