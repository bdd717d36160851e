from concurrent.futures import ThreadPoolExecutor

from cost_lib import tagged, tags
from openai import OpenAI

client = tagged(OpenAI())
pool = ThreadPoolExecutor()


def ask(text):
    with tags(feature="faq_check"):
        return pool.submit(
            client.responses.create,  # (the first one
            model="gpt-4o-mini",
            input=text,
        )
# output
from concurrent.futures import ThreadPoolExecutor

from cost_lib import tagged, tags, with_current_tags
from openai import OpenAI

client = tagged(OpenAI())
pool = ThreadPoolExecutor()


def ask(text):
    with tags(feature="faq_check"):
        return pool.submit(
            with_current_tags(client.responses.create),  # (the first one
            model="gpt-4o-mini",
            input=text,
        )
