"""Uses what compat chose."""
from app.compat import Client, claude, client, groq, tagged


def calls(prompt: str) -> None:
    client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    Client().responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    if claude is not None:
        claude.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
    groq().chat.completions.create(model="llama-3.3-70b-versatile", messages=[])  # finds: CMK101
    tagged(client, feature="chat").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    tagged(claude, feature="chat").messages.create(max_tokens=9, messages=[])  # ok: CMK101, CMK201
    tagged(groq()).chat.completions.create(model="llama-3.3-70b-versatile", messages=[])  # finds: CMK201
