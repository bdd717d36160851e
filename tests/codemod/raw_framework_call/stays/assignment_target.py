from cost_lib import tagged
from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    reply = tagged(client, feature="faq_check").invoke(input=text)
    reply.text, client_of = text, reply
    return client_of
