from concurrent.futures import ThreadPoolExecutor

from cost_lib import tagged, tags
from cost_lib import with_current_tags as carry
from openai import OpenAI

client = tagged(OpenAI())
pool = ThreadPoolExecutor()


def ask(text):
    with tags(feature="faq_check"):
        return pool.submit(carry(client.responses.create), model="gpt-4o-mini", input=text)
