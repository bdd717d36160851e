# policy:
# enable = ["CMK302"]
"""Price arithmetic on token counts belongs into the catalog; counting tokens and pricing goods does not concern it."""
from openai import OpenAI

from cost_lib import tagged

PRICE_PER_TOKEN = 0.00000015
INPUT_PRICE_PER_MILLION = 0.15


def cost(prompt: str) -> float:
    usage = tagged(OpenAI(), feature="a").chat.completions.create(model="gpt-4o-mini", messages=[]).usage
    first = usage.prompt_tokens * 0.15 / 1_000_000  # finds: CMK302
    second = usage.completion_tokens * PRICE_PER_TOKEN  # finds: CMK302
    third = usage.prompt_tokens / 1_000_000 * INPUT_PRICE_PER_MILLION  # finds: CMK302
    return first + second + third


def counts(usage, basket) -> float:
    total = usage.prompt_tokens + usage.completion_tokens  # ok: CMK302
    share = usage.prompt_tokens / total  # ok: CMK302
    goods = basket.quantity * 19.99  # ok: CMK302
    half = usage.completion_tokens // 2  # ok: CMK302
    return share + goods + half
