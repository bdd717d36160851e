import cost_lib
import openai
from cost_lib import tagged

client = tagged(openai.OpenAI())
other = cost_lib.tagged(client, prompt_versoin="3")


def ask(text):
    return tagged(client, featuer="faq_check").responses.create(model="gpt-4o-mini", input=text)
# output
import cost_lib
import openai
from cost_lib import tagged

client = tagged(openai.OpenAI())
other = cost_lib.tagged(client, prompt_version="3")


def ask(text):
    return tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)
