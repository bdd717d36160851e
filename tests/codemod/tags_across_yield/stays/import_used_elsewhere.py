from cost_lib import tagged, tags
from openai import OpenAI

client = tagged(OpenAI())


@tags(feature="faq_check")
def stream(texts):
    for text in texts:
        yield client.responses.create(model="gpt-4o-mini", input=text)


def other(text):
    with tags(feature="other"):
        return client.responses.create(model="gpt-4o-mini", input=text)
