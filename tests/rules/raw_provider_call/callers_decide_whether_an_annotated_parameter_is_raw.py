"""An annotation gives the type, never the taint: callers in the project decide."""
from anthropic import Anthropic
from openai import OpenAI

from cost_lib import tagged


def all_callers_tag(llm: OpenAI, prompt: str) -> object:
    return llm.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201


def one_caller_is_raw(llm: OpenAI, prompt: str) -> object:
    return llm.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def no_caller(llm: OpenAI, prompt: str) -> object:
    return llm.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def tagged_without_feature(llm: OpenAI, prompt: str) -> object:
    return llm.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK201


def tags_by_itself(llm: Anthropic, prompt: str) -> object:
    return tagged(llm, feature="own").messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK101, CMK201


def keyword_caller(prompt: str, *, llm: Anthropic) -> object:
    return llm.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK101


def default_is_raw(prompt: str, llm: Anthropic = Anthropic()) -> object:
    return llm.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101


def main() -> None:
    good = tagged(OpenAI(), feature="chat")
    all_callers_tag(good, "a")
    all_callers_tag(tagged(OpenAI(), feature="faq"), prompt="b")
    one_caller_is_raw(good, "a")
    one_caller_is_raw(OpenAI(), "b")
    tagged_without_feature(tagged(OpenAI()), "a")
    tags_by_itself(Anthropic(), "a")
    keyword_caller("a", llm=tagged(Anthropic(), feature="kw"))
    default_is_raw("a")
    default_is_raw("a", tagged(Anthropic(), feature="kw"))
