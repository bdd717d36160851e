from openai import AsyncOpenAI

app: AsyncOpenAI
mailer: str
