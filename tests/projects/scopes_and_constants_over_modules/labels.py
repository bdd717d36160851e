"""Names of features, scopes and callables for other modules."""
from enum import StrEnum
from functools import partial
from typing import Final

from openai import OpenAI

from cost_lib import tagged, tags

FAQ: Final = "faq"
OLD = "faq_old"
SCOPE = tags(feature=FAQ)
WRONG = tags(feature=OLD)  # finds: CMK202


class Feature(StrEnum):
    SEARCH = "search"
    GONE = "gone"


def scope_for(feature: str):
    return tags(feature=feature)


llm = tagged(OpenAI())
ask = partial(tagged(OpenAI(), feature="faq").responses.create, model="gpt-4o-mini")  # ok: CMK101, CMK201
raw_ask = partial(OpenAI().responses.create, model="gpt-4o-mini")  # finds: CMK101
