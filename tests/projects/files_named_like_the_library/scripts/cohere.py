"""No SDK: what beside it says ``import cohere`` gets this file."""


class Client:
    def embed(self, texts):
        return [len(text) for text in texts]
