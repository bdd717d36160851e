from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    return client.invoke(input=text)


def other(tagged, with_current_tags):
    return tagged(with_current_tags)
# output
from cost_lib import tagged as costmark_tagged
from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    return costmark_tagged(client, feature="name_shadowed").invoke(input=text)


def other(tagged, with_current_tags):
    return tagged(with_current_tags)
