from cost_lib import tagged, tags
from openai import OpenAI

client = tagged(OpenAI())


@tags(feature="faq_check")
def stream(texts):
    yield client.responses.create(model="gpt-4o-mini", input="""one\ntwo""" "three")
