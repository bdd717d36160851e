from cost_lib import tagged
from cost_lib import tags as label
from openai import OpenAI

client = tagged(OpenAI())


def stream(texts):
    with label(feature="faq_check"):
        for text in texts:
            yield client.responses.create(model="gpt-4o-mini", input=text)
# output
from cost_lib import tagged
from cost_lib import tags as label
from openai import OpenAI

client = tagged(OpenAI())


@label(feature="faq_check")
def stream(texts):
    for text in texts:
        yield client.responses.create(model="gpt-4o-mini", input=text)
