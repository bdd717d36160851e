from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text, *rest, **options):
    return client.invoke(*rest, **options)
# output
from cost_lib import tagged
from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text, *rest, **options):
    return tagged(client, feature="star_arguments").invoke(*rest, **options)
