"""Chat models, LCEL chains, agents and embeddings of LangChain."""
from langchain.agents import create_agent
from langchain.chat_models import init_chat_model
from langchain_anthropic import ChatAnthropic
from langchain_core.language_models import BaseChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnableParallel, RunnablePassthrough
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from pydantic import BaseModel

from cost_lib import tagged, tags

prompt = ChatPromptTemplate.from_template("Tell me about {topic}")
llm = ChatOpenAI(model="gpt-4o-mini")
chain = prompt | llm | StrOutputParser()
good = prompt | tagged(llm, feature="joke") | StrOutputParser()
dry = prompt | StrOutputParser()


class Joke(BaseModel):
    setup: str


def raw(topic: str) -> None:
    llm.invoke("hi")  # finds: CMK103
    ChatAnthropic(model="claude-sonnet-4-5").invoke([("human", "hi")])  # finds: CMK103
    chain.invoke({"topic": topic})  # finds: CMK103
    chain.batch([{"topic": topic}])  # finds: CMK103
    llm.with_structured_output(Joke).invoke("hi")  # finds: CMK103
    llm.bind_tools([Joke]).invoke("hi")  # finds: CMK103
    (prompt | llm).invoke({"topic": topic})  # finds: CMK103
    prompt.pipe(llm).invoke({"topic": topic})  # finds: CMK103
    RunnableParallel(a=chain, b=dry).invoke({"topic": topic})  # finds: CMK103
    init_chat_model("gpt-4o-mini", model_provider="openai").invoke("hi")  # finds: CMK103
    create_agent(model="openai:gpt-4o-mini", tools=[]).invoke({"messages": []})  # finds: CMK103
    OpenAIEmbeddings().embed_query(topic)  # finds: CMK103
    for chunk in chain.stream({"topic": topic}):  # finds: CMK103
        print(chunk)
    with tags(feature="joke"):
        chain.invoke({"topic": topic})  # finds: CMK103


async def asynchronous(topic: str, model: BaseChatModel) -> None:
    await chain.ainvoke({"topic": topic})  # finds: CMK103
    await model.ainvoke("hi")  # finds: CMK103
    async for event in chain.astream_events({"topic": topic}):  # finds: CMK103
        print(event)


def sanctioned(topic: str) -> None:
    tagged(chain, feature="joke").invoke({"topic": topic})  # ok: CMK103, CMK201
    good.invoke({"topic": topic})  # ok: CMK103, CMK201
    (prompt | tagged(llm.bind(temperature=0), feature="joke")).invoke({"topic": topic})  # ok: CMK103
    tagged(OpenAIEmbeddings(), feature="search").embed_query(topic)  # ok: CMK103
    tagged(chain).invoke({"topic": topic})  # finds: CMK201  # ok: CMK103
    with tags(feature="joke"):
        tagged(chain).invoke({"topic": topic})  # ok: CMK103, CMK201


def nothing_bills(topic: str) -> None:
    dry.invoke({"topic": topic})  # ok: CMK103
    prompt.invoke({"topic": topic})  # ok: CMK103
    RunnableLambda(str.upper).invoke(topic)  # ok: CMK103
    (RunnablePassthrough() | RunnableLambda(len)).invoke(topic)  # ok: CMK103
    llm.get_num_tokens("hi")  # ok: CMK103
    StrOutputParser().parse("x")  # ok: CMK103
