from cost_lib import tagged
from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    def inner():
        return tagged(client, feature="faq_check").invoke(input=text)

    return inner


class Holder:
    tagged = None

    def ask(self, client):
        return self.tagged, client
