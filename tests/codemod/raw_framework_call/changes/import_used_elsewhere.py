from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    return client.invoke(input=text)


def free(text):
    return client.get_num_tokens(text)
# output
from cost_lib import tagged
from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    return tagged(client, feature="import_used_elsewhere").invoke(input=text)


def free(text):
    return client.get_num_tokens(text)
