from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    return client.invoke(
        input=text,  # (the first one
    )
# output
from cost_lib import tagged
from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    return tagged(client, feature="comment_inside_the_call").invoke(
        input=text,  # (the first one
    )
