import json

import aiohttp
import openai
from anthropic import Anthropic
from openai import OpenAI
from zlib_ng import zlib_ng

client = OpenAI()


def ask(text):
    return client.responses.create(model="gpt-4o-mini", input=json.dumps([text, aiohttp, openai, Anthropic, zlib_ng]))
# output
import json

import aiohttp
import openai
from anthropic import Anthropic
from cost_lib import tagged
from openai import OpenAI
from zlib_ng import zlib_ng

client = OpenAI()


def ask(text):
    return tagged(client, feature="sorted_imports").responses.create(model="gpt-4o-mini", input=json.dumps([text, aiohttp, openai, Anthropic, zlib_ng]))
