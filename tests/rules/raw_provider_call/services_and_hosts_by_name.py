"""A service named by several literals can be each; a model on this machine is a call of a model."""
import boto3
from cost_lib import tagged, record_call, tags
from openai import OpenAI, AsyncOpenAI
import xai_sdk
SERVICES = ["s3", "bedrock-runtime"]


def f(p, flag):
    boto3.client("bedrock-runtime").converse(modelId="x", messages=[])  # finds: CMK101
    boto3.client("s3").converse(modelId="x")  # ok: CMK101
    boto3.client(service_name="bedrock-runtime").invoke_model(modelId="x")  # finds: CMK101
    name = "bedrock-runtime" if flag else "s3"
    boto3.client(name).converse(modelId="x")  # finds: CMK101
    name2 = "bedrock-runtime" if flag else "bedrock-agent-runtime"
    c = boto3.client(name2)
    c.converse(modelId="x")  # finds: CMK101
    c.invoke_agent(agentId="x")  # finds: CMK101
    for s in SERVICES:
        boto3.client(s).converse(modelId="x")  # finds: CMK101
    boto3.Session().client("bedrock-runtime").converse(modelId="x")  # finds: CMK101
    boto3.session.Session(region_name="x").client("bedrock-runtime").converse(modelId="x")  # finds: CMK101
    tagged(boto3.client("bedrock-runtime"), feature="x").converse(modelId="x")  # ok: CMK101
    two = tagged(OpenAI(), feature="x") if flag else tagged(xai_sdk.Client(), feature="x")
    two.chat.create(model="grok-3")
    OpenAI(base_url="http://localhost:8000/v1").responses.create(model="llama", input=p)  # finds: CMK101
    OpenAI(base_url="http://127.0.0.1:11434/v1").responses.create(model="llama", input=p)  # finds: CMK101
