# policy:
# enable = ["CMK302"]
"""Products and quotients are looked at as whole chains, in files that name no provider too."""
RATES = {"input": 0.15}


class Meter:
    price_per_token = 0.00000015

    def add(self, usage: dict, tokens: int, rate: float) -> float:
        spent = usage["prompt_tokens"] * self.price_per_token  # finds: CMK302
        spent += tokens / 1000 * rate  # finds: CMK302
        spent += (tokens * 0.5) / 1_000_000  # finds: CMK302
        spent += sum(count * RATES["input_price"] for count in [tokens])  # ok: CMK302
        return spent + max(0.0, usage.get("x", 0) + tokens * 0.000002)  # finds: CMK302

    def shares(self, tokens: int, max_tokens: int, pages: int) -> float:
        used = tokens / max_tokens * 100  # ok: CMK302
        padded = max_tokens * 0.001  # ok: CMK302
        half = tokens * 0x2  # ok: CMK302
        return used + padded + half + pages * 0.002  # ok: CMK302
