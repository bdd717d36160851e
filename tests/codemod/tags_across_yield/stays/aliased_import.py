from cost_lib import tagged
from cost_lib import tags as label
from openai import OpenAI

client = tagged(OpenAI())


@label(feature="faq_check")
def stream(texts):
    for text in texts:
        yield client.responses.create(model="gpt-4o-mini", input=text)
