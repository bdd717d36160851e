from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    if text: return client.invoke(input=text)
# output
from cost_lib import tagged
from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    if text: return tagged(client, feature="single_line_if").invoke(input=text)
