import langchain_openai
from langchain_openai import ChatOpenAI

client = ChatOpenAI(model=str(langchain_openai))


def ask(text):
    return client.invoke(input=text)
# output
import langchain_openai
from cost_lib import tagged
from langchain_openai import ChatOpenAI

client = ChatOpenAI(model=str(langchain_openai))


def ask(text):
    return tagged(client, feature="mixed_imports").invoke(input=text)
