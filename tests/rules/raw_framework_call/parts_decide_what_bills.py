"""What is built of parts bills when a part does; the project's subclasses of a client count as that client."""
from langchain.chains import LLMChain
from langchain_core.language_models import BaseChatModel, FakeListLLM
from langchain_core.prompts import PromptTemplate
from langchain_core.runnables import Runnable
from langchain_openai import ChatOpenAI
from pydantic_ai import Agent
from pydantic_ai.models.test import TestModel

from cost_lib import tagged


class Named(ChatOpenAI):
    """Still a client."""


class Own(BaseChatModel):
    """Its own code is looked at where it stands."""


prompt = PromptTemplate.from_template("x")


def parts(unknown) -> None:
    LLMChain(llm=FakeListLLM(responses=["x"]), prompt=prompt).run("x")  # ok: CMK103
    LLMChain(llm=Own(), prompt=prompt).run("x")  # ok: CMK103
    LLMChain(llm=Named(), prompt=prompt).run("x")  # finds: CMK103
    LLMChain(llm=unknown, prompt=prompt).run("x")  # finds: CMK103
    LLMChain(llm=tagged(Named(), feature="a"), prompt=prompt).run("x")  # ok: CMK103, CMK201
    LLMChain(llm=tagged(unknown, feature="a"), prompt=prompt).run("x")  # ok: CMK103, CMK201
    Agent(TestModel()).run_sync("x")  # ok: CMK103
    Agent("openai:gpt-4o").run_sync("x")  # finds: CMK103


def composed() -> None:
    (prompt | Named()).invoke({})  # finds: CMK103
    (prompt | FakeListLLM(responses=["x"])).invoke({})  # ok: CMK103
    prompt.pipe(Named()).invoke({})  # finds: CMK103


def by_annotation(runnable: Runnable, model: BaseChatModel) -> None:
    runnable.invoke({})  # ok: CMK103
    model.invoke("x")  # finds: CMK103
