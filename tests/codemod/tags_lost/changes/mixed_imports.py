import concurrent.futures
from concurrent.futures import ThreadPoolExecutor

import cost_lib
from cost_lib import tagged, tags
from openai import OpenAI

client = tagged(OpenAI())
other = cost_lib.tagged(client)
pool: concurrent.futures.Executor = ThreadPoolExecutor()


def ask(text):
    with tags(feature="faq_check"):
        return pool.submit(client.responses.create, model="gpt-4o-mini", input=text)
# output
import concurrent.futures
from concurrent.futures import ThreadPoolExecutor

import cost_lib
from cost_lib import tagged, tags
from openai import OpenAI

client = tagged(OpenAI())
other = cost_lib.tagged(client)
pool: concurrent.futures.Executor = ThreadPoolExecutor()


def ask(text):
    with tags(feature="faq_check"):
        return pool.submit(cost_lib.with_current_tags(client.responses.create), model="gpt-4o-mini", input=text)
