from concurrent.futures import ThreadPoolExecutor

from cost_lib import tagged, tags, with_current_tags
from openai import OpenAI


def ask(text):
    with tags(feature="faq_check"):
        return pool.submit(with_current_tags(client.responses.create), model="gpt-4o-mini", input=text)


client = tagged(OpenAI())
pool = ThreadPoolExecutor()
