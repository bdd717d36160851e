from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    return client.invoke(input=f"{text!r}, (")
# output
from cost_lib import tagged
from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    return tagged(client, feature="f_string").invoke(input=f"{text!r}, (")
