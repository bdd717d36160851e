"""A caller that does not."""
from core import Worker, run, run_tagged_only, run_untagged
from openai import OpenAI

from cost_lib import tagged

run(OpenAI(), "x")
run_tagged_only(prompt="x", llm=tagged(OpenAI(), feature="raw"))
run_untagged(tagged(OpenAI()), "x")
Worker(limit=4, llm=OpenAI()).work("x")
