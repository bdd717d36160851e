from openai import OpenAI

client = OpenAI()
client.models.list()
client.files.list()
client.moderations.create(input="x")
