from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    def inner():
        return client.invoke(input=text)

    return inner


class Holder:
    tagged = None

    def ask(self, client):
        return self.tagged, client
# output
from cost_lib import tagged as costmark_tagged
from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    def inner():
        return costmark_tagged(client, feature="name_in_another_scope").invoke(input=text)

    return inner


class Holder:
    tagged = None

    def ask(self, client):
        return self.tagged, client
