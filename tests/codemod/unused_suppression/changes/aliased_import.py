import openai as oai
from cost_lib import tagged

client = oai.OpenAI()


def ask(text, *rest, **options):
    return tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)  # noqa: CMK101
# output
import openai as oai
from cost_lib import tagged

client = oai.OpenAI()


def ask(text, *rest, **options):
    return tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)
