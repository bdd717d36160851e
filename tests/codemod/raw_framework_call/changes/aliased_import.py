from langchain_openai import ChatOpenAI as Model

client = Model(model="gpt-4o-mini")


def ask(text):
    return client.invoke(input=text)
# output
from cost_lib import tagged
from langchain_openai import ChatOpenAI as Model

client = Model(model="gpt-4o-mini")


def ask(text):
    return tagged(client, feature="aliased_import").invoke(input=text)
