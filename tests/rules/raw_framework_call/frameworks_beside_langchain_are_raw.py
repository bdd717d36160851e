"""LlamaIndex, pydantic-ai, DSPy, CrewAI, OpenAI agents, Haystack, smolagents, Agno and others."""
import dspy
from agents import Agent as OpenAIAgent
from agents import Runner
from agno.agent import Agent as AgnoAgent
from agno.models.openai import OpenAIChat
from autogen_ext.models.openai import OpenAIChatCompletionClient
from crewai import LLM, Agent, Crew, Task
from haystack.components.generators.chat import OpenAIChatGenerator
from llama_index.core import SimpleDirectoryReader, VectorStoreIndex
from llama_index.llms.openai import OpenAI as LlamaOpenAI
from pydantic_ai import Agent as PydanticAgent
from smolagents import CodeAgent, InferenceClientModel
from strands import Agent as StrandsAgent

from cost_lib import tagged

agent = PydanticAgent("openai:gpt-4o-mini", output_type=str)
good_agent = tagged(agent, feature="support")
answer = dspy.ChainOfThought("question -> answer")
crew = Crew(agents=[Agent(role="r", goal="g", backstory="b")], tasks=[Task(description="d", expected_output="o")])


def raw(question: str) -> None:
    agent.run_sync(question)  # finds: CMK103
    LlamaOpenAI(model="gpt-4o-mini").complete(question)  # finds: CMK103
    VectorStoreIndex.from_documents(SimpleDirectoryReader("d").load_data()).as_query_engine().query(question)  # finds: CMK103
    answer(question=question)  # finds: CMK103
    dspy.Predict("question -> answer")(question=question)  # finds: CMK103
    dspy.LM("openai/gpt-4o-mini")(question)  # finds: CMK103
    crew.kickoff(inputs={"question": question})  # finds: CMK103
    LLM(model="gpt-4o-mini").call(question)  # finds: CMK103
    Runner.run_sync(OpenAIAgent(name="a", instructions="i"), question)  # finds: CMK103
    OpenAIChatGenerator(model="gpt-4o-mini").run(messages=[])  # finds: CMK103
    CodeAgent(tools=[], model=InferenceClientModel()).run(question)  # finds: CMK103
    AgnoAgent(model=OpenAIChat(id="gpt-4o-mini")).print_response(question)  # finds: CMK103
    StrandsAgent()(question)  # finds: CMK103


async def asynchronous(question: str) -> None:
    await agent.run(question)  # finds: CMK103
    await Runner.run(OpenAIAgent(name="a"), question)  # finds: CMK103
    async with agent.run_stream(question) as reply:  # finds: CMK103
        await reply.get_output()
    await OpenAIChatCompletionClient(model="gpt-4o-mini").create([])  # finds: CMK103
    await good_agent.run(question)  # ok: CMK103, CMK201


def sanctioned(question: str) -> None:
    good_agent.run_sync(question)  # ok: CMK103, CMK201
    tagged(LlamaOpenAI(model="gpt-4o-mini"), feature="faq").complete(question)  # ok: CMK103
    tagged(answer, feature="faq")(question=question)  # ok: CMK103
    tagged(crew, feature="faq").kickoff(inputs={})  # ok: CMK103
    tagged(Runner, feature="faq").run_sync(OpenAIAgent(name="a"), question)  # ok: CMK103
    tagged(OpenAIChatGenerator(), feature="faq").run(messages=[])  # ok: CMK103
    tagged(StrandsAgent(), feature="faq")(question)  # ok: CMK103
    dspy.configure(lm=dspy.LM("openai/gpt-4o-mini"))  # ok: CMK103
    OpenAIAgent(name="a", instructions="i")  # ok: CMK103
    SimpleDirectoryReader("d").load_data()  # ok: CMK103
