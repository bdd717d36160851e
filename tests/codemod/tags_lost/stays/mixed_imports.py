import concurrent.futures

import cost_lib
from cost_lib import tagged, tags
from openai import OpenAI

client = tagged(OpenAI())
pool = concurrent.futures.ThreadPoolExecutor()


def ask(text):
    with tags(feature="faq_check"):
        return pool.submit(cost_lib.with_current_tags(client.responses.create), model="gpt-4o-mini", input=text)
