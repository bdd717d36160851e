"""client.responses.create(model="gpt-4o-mini", input="x")"""
from openai import OpenAI

client = OpenAI()
# client.responses.create(model="gpt-4o-mini", input="x")
TEXT = 'client.responses.create(model="gpt-4o-mini", input="x")'
