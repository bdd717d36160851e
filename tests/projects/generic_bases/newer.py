from openai import OpenAI


class Holder[Kind: (str, int), T]:
    def __init__(self, kind: Kind, inner: T):
        self.kind = kind
        self.inner = inner

    def get(self) -> T:
        return self.inner


class OpenAIHolder(Holder[str, OpenAI]):
    def ask(self, prompt):
        return self.get().responses.create(model="gpt-4o", input=prompt)  # finds: CMK101

    def ask_directly(self, prompt):
        return self.inner.responses.create(model="gpt-4o", input=prompt)  # finds: CMK101

    def ask_the_kind(self, prompt):
        return self.kind.responses.create(model="gpt-4o", input=prompt)  # ok: CMK101
