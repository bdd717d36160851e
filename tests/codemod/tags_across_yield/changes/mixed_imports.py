import cost_lib
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI())


def stream(texts):
    with cost_lib.tags(feature="faq_check"):
        for text in texts:
            yield client.responses.create(model="gpt-4o-mini", input=text)
# output
import cost_lib
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI())


@cost_lib.tags(feature="faq_check")
def stream(texts):
    for text in texts:
        yield client.responses.create(model="gpt-4o-mini", input=text)
