from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    first = client.invoke(input=text,)
    return first, client.invoke(input=text)
# output
from cost_lib import tagged
from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    first = tagged(client, feature="trailing_comma").invoke(input=text,)
    return first, tagged(client, feature="trailing_comma").invoke(input=text)
