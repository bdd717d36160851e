"""Decorators, defaults and bases of a nested ``def`` or ``class``, and the first iterable of a generator expression,
belong to the enclosing scope.

Reading: the default of a lambda is evaluated where the lambda is written, so it belongs to the enclosing scope as well.
"""
from openai import OpenAI
from registry import base_for, register

from cost_lib import tagged, tags

llm = tagged(OpenAI())


def under_with(prompt: str) -> None:
    with tags(feature="setup"):

        @register(llm.responses.create(model="gpt-4o-mini", input="decorator"))  # ok: CMK201
        def handler(
            event: dict,
            hint=llm.responses.create(model="gpt-4o-mini", input="default"),  # ok: CMK201
            *,
            more=llm.responses.create(model="gpt-4o-mini", input="keyword default"),  # ok: CMK201
        ) -> object:
            return llm.responses.create(model="gpt-4o-mini", input="body")  # finds: CMK201

        @register(llm.responses.create(model="gpt-4o-mini", input="decorator"))  # ok: CMK201
        class Holder(
            base_for(llm.responses.create(model="gpt-4o-mini", input="base")),  # ok: CMK201
            option=llm.responses.create(model="gpt-4o-mini", input="class keyword"),  # ok: CMK201
        ):
            value = llm.responses.create(model="gpt-4o-mini", input="body")  # finds: CMK201

            def method(self, hint=llm.responses.create(model="gpt-4o-mini", input="default in class")):  # finds: CMK201
                return hint

        first = (word for word in llm.responses.create(model="gpt-4o-mini", input="x").output_text)  # ok: CMK201
        second = (w for p in prompt for w in llm.responses.create(model="gpt-4o-mini", input=p).output)  # finds: CMK201
        tested = (p for p in prompt if llm.responses.create(model="gpt-4o-mini", input=p))  # finds: CMK201
        act = lambda hint=llm.responses.create(model="gpt-4o-mini", input="x"): hint  # ok: CMK201  # noqa: E731
        print(handler, Holder, first, second, tested, act)


@tags(feature="setup")
def under_decorator(prompt: str) -> None:
    def handler(hint=llm.responses.create(model="gpt-4o-mini", input="default")):  # ok: CMK201
        return hint

    words = list(word for word in llm.responses.create(model="gpt-4o-mini", input="x").output_text)  # ok: CMK201
    print(handler, words)


@tags(feature="own")
def decorator_is_not_around_its_own_header(hint=llm.responses.create(model="gpt-4o-mini", input="x")):  # finds: CMK201
    return hint
