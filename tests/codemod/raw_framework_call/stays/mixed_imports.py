import cost_lib
import langchain_openai
from cost_lib import tagged

client = langchain_openai.ChatOpenAI(model="gpt-4o-mini")


def ask(text):
    return tagged(client, feature="faq_check").invoke(input=text)
