# policy:
# enable = ["CMK105"]
"""The chain alone makes a file worth a look; what is called must still be unknown."""
import acme


class Service:
    def __init__(self, client, pool: dict) -> None:
        self.client = client
        self.pool = pool

    def run(self, name: str) -> None:
        self.client.chat.completions.create(messages=[])  # finds: CMK105
        self.pool[name].responses.create(input="x")  # finds: CMK105
        acme.gateway.client.embeddings.create(input="x")  # finds: CMK105
        acme.connect(name).models.generate_content(contents="x")  # finds: CMK105


class Completions:
    def create(self, **options: object) -> str:
        return "canned"


class Chat:
    completions = Completions()


class Local:
    chat = Chat()

    def run(self) -> None:
        self.chat.completions.create(messages=[])  # ok: CMK105


def look_alikes(orders, Local=Local) -> None:
    orders.create(1)  # ok: CMK105
    orders.completions.create(1)  # ok: CMK105
    Chat.completions.create()  # ok: CMK105
