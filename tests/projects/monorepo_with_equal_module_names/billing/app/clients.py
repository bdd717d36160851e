"""Billing tags its client."""
from openai import OpenAI

from cost_lib import tagged

client = tagged(OpenAI(), feature="billing")
