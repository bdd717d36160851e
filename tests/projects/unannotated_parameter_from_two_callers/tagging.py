"""A caller that tags."""
import core
from openai import OpenAI

from cost_lib import tagged

client = tagged(OpenAI(), feature="tagging")
core.run(client, "x")
core.run_tagged_only(client, prompt="x")
core.run_untagged(client, "x")
core.Worker(client).work("x")
