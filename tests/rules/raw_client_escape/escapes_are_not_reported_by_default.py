"""CMK104 is off unless the policy enables it."""
from acme_eval import run_benchmark
from openai import OpenAI

run_benchmark(OpenAI())  # ok: CMK101, CMK104
