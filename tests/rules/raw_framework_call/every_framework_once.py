# policy:
# disable = ["CMK301"]
"""One call or more of every framework."""
import dspy
import magentic
from agno.agent import Agent as Agno
from autogen_agentchat.agents import AssistantAgent
from claude_agent_sdk import ClaudeSDKClient, query
from crewai import LLM, Agent as CAgent, Crew, Task
from google.adk.agents import LlmAgent
from google.adk.runners import Runner as ARunner
from haystack import Pipeline
from haystack.components.generators.chat import OpenAIChatGenerator
from langchain.agents import create_agent
from langchain.chains import LLMChain
from langchain.chat_models import init_chat_model
from langchain_anthropic import ChatAnthropic
from langchain_community.chat_models import ChatOpenAI as OldChat
from langchain_core.runnables import RunnableLambda, RunnableParallel, RunnablePassthrough
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import AzureChatOpenAI, ChatOpenAI, OpenAIEmbeddings
from langgraph.prebuilt import create_react_agent
from llama_index.core import SummaryIndex, VectorStoreIndex
from llama_index.embeddings.openai import OpenAIEmbedding
from llama_index.llms.openai import OpenAI as LIOpenAI
from mirascope import llm as mllm
from pydantic_ai import Agent
from semantic_kernel.connectors.ai.open_ai import OpenAIChatCompletion
from smolagents import CodeAgent, OpenAIServerModel
from strands import Agent as Strands
from agents import Agent as OAgent, Runner
import litellm
import instructor
import anthropic

from cost_lib import tagged


def f(p, retriever):
    ChatOpenAI().invoke(p)  # finds: CMK103
    ChatAnthropic(model="x").stream(p)  # finds: CMK103
    AzureChatOpenAI().batch([p])  # finds: CMK103
    OldChat().predict(p)  # finds: CMK103
    init_chat_model("gpt-4o").invoke(p)  # finds: CMK103
    tagged(init_chat_model("gpt-4o"), feature="x").invoke(p)  # ok: CMK103
    chain = {"a": RunnablePassthrough()} | ChatPromptTemplate.from_template("x") | ChatOpenAI()
    chain.invoke(p)  # finds: CMK103
    chain2 = RunnableParallel(a=ChatOpenAI(), b=RunnableLambda(lambda x: x))
    chain2.invoke(p)  # finds: CMK103
    chain3 = ChatPromptTemplate.from_template("x").pipe(ChatOpenAI())
    chain3.invoke(p)  # finds: CMK103
    LLMChain(llm=ChatOpenAI(), prompt=None).run(p)  # finds: CMK103
    LLMChain(llm=tagged(ChatOpenAI(), feature="x"), prompt=None).run(p)  # ok: CMK103
    create_react_agent(ChatOpenAI(), []).invoke({})  # finds: CMK103
    create_react_agent(tagged(ChatOpenAI(), feature="x"), []).invoke({})  # ok: CMK103
    create_agent("openai:gpt-4o", []).invoke({})  # finds: CMK103
    OpenAIEmbeddings().embed_documents([p])  # finds: CMK103
    LIOpenAI().complete(p)  # finds: CMK103
    LIOpenAI().chat(p)  # finds: CMK103
    OpenAIEmbedding().get_text_embedding(p)  # finds: CMK103
    index = VectorStoreIndex.from_documents([])  # finds: CMK103
    index.as_query_engine().query(p)  # finds: CMK103
    Agent("openai:gpt-4o").run_sync(p)  # finds: CMK103
    dspy.ChainOfThought("q -> a")(q=p)  # finds: CMK103
    dspy.LM("openai/gpt-4o")(p)  # finds: CMK103
    Crew(agents=[], tasks=[]).kickoff()  # finds: CMK103
    LLM(model="x").call(p)  # finds: CMK103
    Agno(model=None).run(p)  # finds: CMK103
    Pipeline().run({})  # ok: CMK103
    OpenAIChatGenerator().run([])  # finds: CMK103
    CodeAgent(tools=[], model=OpenAIServerModel("x")).run(p)  # finds: CMK103
    Strands()(p)  # finds: CMK103
    Runner.run_sync(OAgent(name="x"), p)  # finds: CMK103
    litellm.completion(model="x", messages=p)  # finds: CMK103
    litellm.Router(model_list=[]).completion(model="x", messages=p)  # finds: CMK103
    instructor.from_anthropic(anthropic.Anthropic()).messages.create(model="x", response_model=dict)  # finds: CMK103
    instructor.from_provider("openai/gpt-4o").chat.completions.create(response_model=dict)  # finds: CMK103
    class Sig(dspy.Module):
        def __init__(self):
            self.p = dspy.Predict("q -> a")
        def forward(self, q):
            return self.p(q=q)  # finds: CMK103
    Sig()(q=p)


async def g(p):
    await ChatOpenAI().ainvoke(p)  # finds: CMK103
    async for x in query(prompt=p):  # finds: CMK103
        x
    async with ClaudeSDKClient() as c:
        await c.query(p)  # finds: CMK103
    await Runner.run(OAgent(name="x"), p)  # finds: CMK103
    await AssistantAgent("x", model_client=None).run(task=p)  # finds: CMK103
    await OpenAIChatCompletion().get_chat_message_content([], None)  # finds: CMK103
    await litellm.acompletion(model="x", messages=p)  # finds: CMK103
    async with Agent("openai:gpt-4o").run_stream(p) as s:  # finds: CMK103
        s
