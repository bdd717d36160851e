import openai
from cost_lib import tagged
from openai import OpenAI

client = OpenAI(timeout=openai.NOT_GIVEN)


def ask(text, *rest, **options):
    return tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)  # noqa: CMK101
# output
import openai
from cost_lib import tagged
from openai import OpenAI

client = OpenAI(timeout=openai.NOT_GIVEN)


def ask(text, *rest, **options):
    return tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)
