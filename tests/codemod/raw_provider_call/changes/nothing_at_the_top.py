def ask(text):
    from openai import OpenAI
    return OpenAI().responses.create(model="gpt-4o-mini", input=text)
# output
from cost_lib import tagged


def ask(text):
    from openai import OpenAI
    return tagged(OpenAI(), feature="nothing_at_the_top").responses.create(model="gpt-4o-mini", input=text)
