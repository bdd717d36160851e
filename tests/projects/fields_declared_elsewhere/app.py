from openai import AsyncOpenAI


class App:
    llm: AsyncOpenAI
    name: str


class Plain:
    name: str
