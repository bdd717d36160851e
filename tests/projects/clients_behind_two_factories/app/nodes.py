"""Closures over the model that they are given."""
from typing import Any


def researcher(llm, prompt, tools):
    def node(state: dict) -> Any:
        chain = prompt | llm.bind_tools(tools)
        return chain.invoke(state)  # finds: CMK103

    return node


def bound(llm, schema):
    try:
        return llm.with_structured_output(schema)
    except NotImplementedError:
        return None


def run(structured, plain, state: dict) -> Any:
    if structured is not None:
        return structured.invoke(state)  # finds: CMK103
    return plain.invoke(state)  # finds: CMK103


def listed(answers):
    def node(state: dict) -> Any:
        return answers.invoke(state)  # ok: CMK103

    return node
