from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    return tagged(client, feature="faq_check").responses.create(  # (first  # noqa: CMK101
        model="gpt-4o-mini",
        input=text,  # second
    )
# output
from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    return tagged(client, feature="faq_check").responses.create(  # (first
        model="gpt-4o-mini",
        input=text,  # second
    )
