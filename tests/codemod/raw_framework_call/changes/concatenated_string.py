from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    return client.invoke(input="one, (" "two)")
# output
from cost_lib import tagged
from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    return tagged(client, feature="concatenated_string").invoke(input="one, (" "two)")
