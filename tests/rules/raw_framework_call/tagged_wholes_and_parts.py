"""A framework call is sanctioned by ``tagged(chain)`` or by a tagged part that bills; ``meter()`` does not count."""
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from pydantic_ai import Agent
import instructor
import litellm
import dspy
from litellm import acompletion, completion
from openai import OpenAI, AsyncOpenAI

from cost_lib import meter, tagged, tags

meter()
prompt = ChatPromptTemplate.from_template("x")
llm = ChatOpenAI(model="gpt-4o-mini")


def f(p):
    (prompt | llm).invoke(p)  # finds: CMK103
    (prompt | tagged(llm, feature="x")).invoke(p)  # ok: CMK103
    (prompt | tagged(llm, feature="x") | StrOutputParser()).invoke(p)  # ok: CMK103
    tagged(prompt | llm | StrOutputParser(), feature="x").invoke(p)  # ok: CMK103
    (prompt | tagged(llm)).invoke(p)  # finds: CMK201
    with tags(feature="x"):
        (prompt | tagged(llm)).invoke(p)  # ok: CMK201
        (prompt | llm).batch([p])  # finds: CMK103
    llm.with_structured_output(dict).invoke(p)  # finds: CMK103
    tagged(llm, feature="x").with_structured_output(dict).invoke(p)  # ok: CMK103
    tagged(llm, feature="x").bind_tools([]).invoke(p)  # ok: CMK103
    llm.bind_tools([]).stream(p)  # finds: CMK103
    OpenAIEmbeddings().embed_query(p)  # finds: CMK103
    tagged(OpenAIEmbeddings(), feature="x").embed_query(p)  # ok: CMK103
    completion(model="gpt-4o-mini", messages=p)  # finds: CMK103
    tagged(completion, feature="x")(model="gpt-4o-mini", messages=p)  # ok: CMK103
    tagged(litellm.completion, feature="x")(model="gpt-4o-mini", messages=p)  # ok: CMK103
    tagged(litellm, feature="x").completion(model="gpt-4o-mini", messages=p)  # ok: CMK103
    litellm.embedding(model="text-embedding-3-small", input=p)  # finds: CMK103
    agent = Agent("openai:gpt-4o-mini")
    agent.run_sync(p)  # finds: CMK103
    tagged(agent, feature="x").run_sync(p)  # ok: CMK103
    inst = instructor.from_openai(OpenAI())
    inst.chat.completions.create(model="gpt-4o-mini", messages=p, response_model=dict)  # finds: CMK103
    inst2 = instructor.from_openai(tagged(OpenAI(), feature="x"))
    inst2.chat.completions.create(model="gpt-4o-mini", messages=p, response_model=dict)  # ok: CMK101
    qa = dspy.Predict("q -> a")
    qa(q=p)  # finds: CMK103
    tagged(qa, feature="x")(q=p)  # ok: CMK103


async def g(p):
    await acompletion(model="gpt-4o-mini", messages=p)  # finds: CMK103
    await tagged(acompletion, feature="x")(model="gpt-4o-mini", messages=p)  # ok: CMK103
    await (prompt | llm).ainvoke(p)  # finds: CMK103
    async for x in tagged(prompt | llm, feature="x").astream(p):  # ok: CMK103
        x
    agent = Agent("openai:gpt-4o-mini")
    await agent.run(p)  # finds: CMK103
    async with tagged(agent, feature="x").run_stream(p) as s:  # ok: CMK103
        s
