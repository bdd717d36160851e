"""Clients of the application, made once."""
import os

from anthropic import AsyncAnthropic
from openai import OpenAI

from cost_lib import tagged

client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])
claude = AsyncAnthropic()
faq_client = tagged(client, feature="faq")
MODEL = "gpt-4o-mini"
FEATURE = "report"
fake = None
