from cost_lib import tagged
from langchain_openai import ChatOpenAI


def ask(text):
    return tagged(client, feature="faq_check").invoke(input=text)


client = ChatOpenAI(model="gpt-4o-mini")
