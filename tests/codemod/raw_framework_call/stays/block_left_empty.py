from cost_lib import tagged
from langchain_openai import ChatOpenAI

client = ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    try:
        tagged(client, feature="faq_check").invoke(input=text)
    except ValueError:
        pass
