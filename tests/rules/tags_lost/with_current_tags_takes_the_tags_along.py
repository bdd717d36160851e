"""``with_current_tags`` takes the tags in force along into any thread."""
from concurrent.futures import ThreadPoolExecutor
import cost_lib
from cost_lib import inherited, tagged, tags, with_current_tags
from openai import OpenAI

raw = OpenAI()
llm = tagged(raw)


def inh(p):
    return tagged(raw, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def go(p):
    with tags(feature="x"), ThreadPoolExecutor() as pool:
        pool.submit(with_current_tags(inh), p)  # ok: CMK206, CMK207
        pool.submit(cost_lib.with_current_tags(inh), p)  # ok: CMK206, CMK207
        pool.submit(with_current_tags(llm.responses.create), model="gpt-4o-mini", input=p)  # ok: CMK206, CMK201
        pool.submit(with_current_tags(lambda: inh(p)))  # ok: CMK206, CMK207
        pool.submit(with_current_tags(lambda: llm.responses.create(model="gpt-4o-mini", input=p)))  # ok: CMK206, CMK201
        pool.map(with_current_tags(inh), p)  # ok: CMK206, CMK207
        work = with_current_tags(inh)
        pool.submit(work, p)  # ok: CMK206, CMK207
        pool.submit(with_current_tags(raw.responses.create), p)  # finds: CMK101
        pool.submit(inh, p)  # finds: CMK206
    with ThreadPoolExecutor() as pool:
        pool.submit(with_current_tags(llm.responses.create), p)  # finds: CMK201
        pool.submit(with_current_tags(lambda: llm.responses.create(p)))  # finds: CMK201
