from mylib import OpenAI


class Responses:
    def create(self, **options):
        return options


client = OpenAI()
client.responses.create(model="gpt-4o-mini", input="x")
Responses().create(model="gpt-4o-mini")
