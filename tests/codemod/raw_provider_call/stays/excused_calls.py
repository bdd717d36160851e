from openai import OpenAI

client = OpenAI()
client.responses.create(model="gpt-4o-mini", input="x")  # noqa: CMK101
client.responses.create(model="gpt-4o-mini", input="x")  # costmark: allow[CMK101] the key is the customer's
