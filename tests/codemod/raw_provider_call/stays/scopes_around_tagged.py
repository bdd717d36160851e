from cost_lib import tagged, tags
from openai import OpenAI

client = OpenAI()


@tags(feature="faq_check")
def ask(text):
    return tagged(client).responses.create(model="gpt-4o-mini", input=text)


with tags(feature="faq_check"):
    tagged(client).responses.create(model="gpt-4o-mini", input="x")
