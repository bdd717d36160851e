# policy:
# enable = ["CMK104"]
"""A raw client handed to code that the analyzer cannot see."""
import instructor
from acme_eval import Evaluator, run_benchmark
from openai import OpenAI

from cost_lib import tagged

client = OpenAI()


def own(llm) -> None:
    tagged(llm, feature="own").responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201


def escapes() -> None:
    run_benchmark(client)  # finds: CMK104
    run_benchmark(llm=client, size=3)  # finds: CMK104
    Evaluator(OpenAI())  # finds: CMK104
    Evaluator().add(client)  # finds: CMK104


def stays() -> None:
    run_benchmark(tagged(client, feature="bench"))  # ok: CMK104
    run_benchmark("client")  # ok: CMK104
    own(client)  # ok: CMK104
    tagged(client, feature="x")  # ok: CMK104
    instructor.from_openai(client)  # ok: CMK104
    isinstance(client, OpenAI)  # ok: CMK104
    print(client.base_url)  # ok: CMK104
