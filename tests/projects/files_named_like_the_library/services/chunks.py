import openai
from services.openai import ask


def embed(texts):
    ask(texts)
    return openai.embeddings.create(model="text-embedding-3-small", input=texts)  # finds: CMK101
