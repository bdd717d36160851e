"""CMK302 is off unless the policy enables it."""


def cost(usage) -> float:
    return usage.prompt_tokens * 0.15 / 1_000_000  # ok: CMK302
