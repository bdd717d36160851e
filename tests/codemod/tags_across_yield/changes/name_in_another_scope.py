from cost_lib import tagged, tags
from openai import OpenAI

client = tagged(OpenAI())


def stream(texts):
    with tags(feature="faq_check"):
        for text in texts:
            yield client.responses.create(model="gpt-4o-mini", input=text)


def other():
    tags = []
    return tags
# output
from cost_lib import tagged, tags
from openai import OpenAI

client = tagged(OpenAI())


@tags(feature="faq_check")
def stream(texts):
    for text in texts:
        yield client.responses.create(model="gpt-4o-mini", input=text)


def other():
    tags = []
    return tags
