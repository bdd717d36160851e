"""What a chain runs on may become known after the chain was made and kept: a local model bills nothing, an unknown one may."""
import chainlit as cl
from langchain.chains import LLMChain
from langchain.llms.huggingface_pipeline import HuggingFacePipeline
from langchain_openai import ChatOpenAI

from somewhere import configured


@cl.cache
def local():
    return HuggingFacePipeline(pipeline=None)


@cl.cache
def hosted():
    return ChatOpenAI(model="gpt-4o-mini")


LOCAL = local()
HOSTED = hosted()


@cl.on_chat_start
async def start() -> None:
    cl.user_session.set("local_chain", LLMChain(llm=LOCAL))
    cl.user_session.set("hosted_chain", LLMChain(llm=HOSTED))
    cl.user_session.set("unknown_chain", LLMChain(llm=configured()))


@cl.on_message
async def answer(message: cl.Message) -> None:
    await cl.user_session.get("local_chain").acall(message.content)  # ok: CMK103
    await cl.user_session.get("hosted_chain").acall(message.content)  # finds: CMK103
    await cl.user_session.get("unknown_chain").acall(message.content)  # finds: CMK103


class Held:
    def __init__(self) -> None:
        self.local = LLMChain(llm=LOCAL)
        self.hosted = LLMChain(llm=HOSTED)

    def run(self, text: str) -> None:
        self.local.run(text)  # ok: CMK103
        self.hosted.run(text)  # finds: CMK103
