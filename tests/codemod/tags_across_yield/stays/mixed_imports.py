import cost_lib
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI())


@cost_lib.tags(feature="faq_check")
def stream(texts):
    for text in texts:
        yield client.responses.create(model="gpt-4o-mini", input=text)
