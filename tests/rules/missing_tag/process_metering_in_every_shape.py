# policy:
# metering = "process"
# required-tags = ["feature"]
"""Under ``metering = "process"`` scopes sanction raw calls that can be metered, and nothing else."""
from langchain_openai import ChatOpenAI
from langchain_core.prompts import ChatPromptTemplate
from openai import OpenAI
import requests
import xai_sdk

from cost_lib import inherited, meter, record_call, tagged, tags

meter()
client = OpenAI()
chain = ChatPromptTemplate.from_template("x") | ChatOpenAI(model="gpt-4o-mini")


def f(p):
    client.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    chain.invoke(p)  # finds: CMK201
    tagged(chain, feature="x").invoke(p)  # ok: CMK201
    (ChatPromptTemplate.from_template("x") | tagged(ChatOpenAI(model="gpt-4o-mini"), feature="x")).invoke(p)  # ok: CMK201
    with tags(feature="x"):
        client.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        chain.invoke(p)  # ok: CMK103, CMK201
        requests.post("https://api.openai.com/v1/responses", json={})  # finds: CMK102
        tagged(requests.Session(), feature="x").post("https://api.openai.com/v1/responses", json={})  # ok: CMK102
        xai_sdk.Client().chat.create(model="grok-3").sample()  # finds: CMK101
        with record_call(provider="x", model="y"):
            xai_sdk.Client().chat.create(model="grok-3").sample()  # ok: CMK101
    with tags(team="x"):
        client.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201


@tags(feature="x")
def g(p):
    client.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    def inner():
        client.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    inner()


@tags(feature=inherited)
def h(p):
    client.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def use(p):
    h(p)  # finds: CMK207
    with tags(feature="x"):
        h(p)  # ok: CMK207
