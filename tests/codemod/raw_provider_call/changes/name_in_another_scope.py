from openai import OpenAI

client = OpenAI()


def ask(text):
    def inner():
        return client.responses.create(model="gpt-4o-mini", input=text)

    return inner


class Holder:
    tagged = None

    def ask(self, client):
        return self.tagged, client
# output
from cost_lib import tagged as costmark_tagged
from openai import OpenAI

client = OpenAI()


def ask(text):
    def inner():
        return costmark_tagged(client, feature="name_in_another_scope").responses.create(model="gpt-4o-mini", input=text)

    return inner


class Holder:
    tagged = None

    def ask(self, client):
        return self.tagged, client
