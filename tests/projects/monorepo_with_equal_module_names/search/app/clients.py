"""Search does not."""
from openai import OpenAI

client = OpenAI()
