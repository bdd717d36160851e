from cost_lib import (
    inherited,
    tags,
)
from openai import OpenAI

client = OpenAI()


@tags(feature=inherited)
def ask(text):
    return client.responses.create(model="gpt-4o-mini", input=text)


@tags(feature="faq")
def answer(text):
    return client.responses.create(model="gpt-4o-mini", input=ask(text))
# output
from cost_lib import (
    inherited,
    tagged,
    tags,
)
from openai import OpenAI

client = OpenAI()


@tags(feature=inherited)
def ask(text):
    return tagged(client).responses.create(model="gpt-4o-mini", input=text)


@tags(feature="faq")
def answer(text):
    return tagged(client).responses.create(model="gpt-4o-mini", input=ask(text))
