"""Receives a client; never names a provider."""


def run(llm, prompt):
    return llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101


def run_tagged_only(llm, prompt):
    return llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201


def run_untagged(llm, prompt):
    return llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201


class Worker:
    def __init__(self, llm, limit=3):
        self.llm = llm
        self.limit = limit

    def work(self, prompt):
        return self.llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101


def run_unknown(llm, prompt):
    return llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101


def dispatch(function, llm, prompt):
    return function(llm, prompt)
