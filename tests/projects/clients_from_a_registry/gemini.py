"""One provider; its client is made by one method and handed to another."""
from google import genai


class Gemini:
    def __init__(self, config: object) -> None:
        self.config = config

    def create_client(self) -> genai.Client:
        return genai.Client()

    def call(self, client, contents: str) -> object:
        return client.models.generate_content(model="gemini-2.5-flash", contents=contents)  # finds: CMK101


class Canned:
    def __init__(self, config: object) -> None:
        self.config = config

    def create_answers(self) -> list[str]:
        return ["yes"]

    def call(self, answers, contents: str) -> object:
        return answers.models.generate_content(model="none", contents=contents)  # ok: CMK101
