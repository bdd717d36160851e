from concurrent.futures import ThreadPoolExecutor

from cost_lib import tagged, tags, with_current_tags
from openai import OpenAI

client = tagged(OpenAI())
pool = ThreadPoolExecutor()


def ask(text):
    with tags(feature="faq_check"):
        first = pool.submit(with_current_tags(client.responses.create), model="gpt-4o-mini", input=text,)
        return first, pool.submit(with_current_tags(client.responses.create), model="gpt-4o-mini", input=text)
