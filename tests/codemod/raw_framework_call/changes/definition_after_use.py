from langchain_openai import ChatOpenAI


def ask(text):
    return client.invoke(input=text)


client = ChatOpenAI(model="gpt-4o-mini")
# output
from cost_lib import tagged
from langchain_openai import ChatOpenAI


def ask(text):
    return tagged(client, feature="definition_after_use").invoke(input=text)


client = ChatOpenAI(model="gpt-4o-mini")
