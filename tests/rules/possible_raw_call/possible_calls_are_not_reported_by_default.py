"""CMK105 is off unless the policy enables it."""


def unresolved(client, prompt: str) -> None:
    client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK105
