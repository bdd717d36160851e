from cost_lib import tagged as label
from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    return label(client, feature="faq_check").invoke(input=text)
