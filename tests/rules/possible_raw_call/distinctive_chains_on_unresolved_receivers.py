# policy:
# enable = ["CMK105"]
"""A distinctive chain on a receiver that cannot be resolved; resolved receivers are judged by what they are."""
from acme_sdk import make_llm
from twilio.rest import Client

from cost_lib import tagged

llm = make_llm()
twilio = Client("sid", "token")


class Fake:
    def __init__(self) -> None:
        self.chat = self
        self.completions = self

    def create(self, **kwargs: object) -> str:
        return "canned"


def unresolved(client, prompt: str) -> None:
    llm.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK105
    client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK105
    make_llm().models.generate_content(model="gemini-2.5-flash", contents=prompt)  # finds: CMK105


def resolved_or_common(client, prompt: str) -> None:
    twilio.messages.create(to="+1555", body=prompt)  # ok: CMK101, CMK105
    Fake().chat.completions.create(messages=[])  # ok: CMK101, CMK105
    client.create(prompt)  # ok: CMK105
    client.run(prompt)  # ok: CMK105
    tagged(client, feature="x").chat.completions.create(messages=[])  # ok: CMK105, CMK201
