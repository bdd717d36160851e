from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    try:
        client.invoke(input=text)
    except ValueError:
        pass
# output
from cost_lib import tagged
from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    try:
        tagged(client, feature="block_left_empty").invoke(input=text)
    except ValueError:
        pass
