# policy:
# disable = ["CMK301"]
"""One call or more of every provider, sync and async, and free look-alikes beside them."""
import asyncio
import ai21
import aioboto3
import anthropic
import boto3
import cohere
import dashscope
import deepgram
import elevenlabs
import fireworks.client
import google.generativeai as palm
import groq
import ollama
import openai
import replicate
import together
import vertexai
import voyageai
import zhipuai
from ai21 import AI21Client
from anthropic import AnthropicBedrock, AnthropicFoundry, AnthropicVertex, AsyncAnthropic, AsyncAnthropicBedrock
from azure.ai.inference import ChatCompletionsClient, EmbeddingsClient
from azure.ai.inference.aio import ChatCompletionsClient as AChat
from cerebras.cloud.sdk import Cerebras
from cohere import AsyncClient, ClientV2
from elevenlabs.client import ElevenLabs
from google import genai
from groq import AsyncGroq, Groq
from huggingface_hub import AsyncInferenceClient, InferenceClient
from mistralai import Mistral
from openai import AsyncAzureOpenAI, AzureOpenAI
from portkey_ai import Portkey
from replicate.client import Client as RClient
from together import AsyncTogether, Together
from vertexai.generative_models import GenerativeModel
from vertexai.language_models import TextEmbeddingModel
from writerai import Writer
from zai import ZaiClient
from openrouter import OpenRouter
from perplexity import Perplexity
from fireworks import Fireworks

from cost_lib import tagged


def f(p):
    AzureOpenAI().chat.completions.create(model="x", messages=p)  # finds: CMK101
    tagged(AzureOpenAI(), feature="x").chat.completions.create(model="x", messages=p)  # ok: CMK101
    AnthropicBedrock().messages.create(model="x")  # finds: CMK101
    AnthropicVertex().messages.stream(model="x")  # finds: CMK101
    AnthropicFoundry().messages.create(model="x")  # finds: CMK101
    anthropic.Anthropic().messages.count_tokens(model="x")  # ok: CMK101
    anthropic.Anthropic().messages.batches.create(requests=[])  # finds: CMK101
    anthropic.Anthropic().beta.messages.create(model="x")  # finds: CMK101
    genai.Client().models.generate_content(model="x", contents=p)  # finds: CMK101
    genai.Client().models.generate_content_stream(model="x", contents=p)  # finds: CMK101
    genai.Client().chats.create(model="x").send_message("x")  # finds: CMK101
    genai.Client().models.count_tokens(model="x", contents=p)  # ok: CMK101
    genai.Client().models.embed_content(model="x", contents=p)  # finds: CMK101
    palm.GenerativeModel("x").generate_content(p)  # finds: CMK101
    palm.GenerativeModel("x").start_chat().send_message(p)  # finds: CMK101
    palm.embed_content(model="x", content=p)  # finds: CMK101
    GenerativeModel("x").generate_content(p)  # finds: CMK101
    TextEmbeddingModel.from_pretrained("x").get_embeddings([p])  # finds: CMK101
    Mistral().chat.complete(model="x", messages=p)  # finds: CMK101
    Mistral().chat.stream(model="x", messages=p)  # finds: CMK101
    Mistral().embeddings.create(model="x", inputs=p)  # finds: CMK101
    cohere.Client().chat(message=p)  # finds: CMK101
    ClientV2().chat(model="x", messages=p)  # finds: CMK101
    cohere.Client().embed(texts=p)  # finds: CMK101
    cohere.Client().rerank(query=p, documents=[])  # finds: CMK101
    cohere.Client().tokenize(text=p, model="x")  # ok: CMK101
    Groq().chat.completions.create(model="x", messages=p)  # finds: CMK101
    Groq().audio.transcriptions.create(model="x", file=p)  # finds: CMK101
    Together().chat.completions.create(model="x", messages=p)  # finds: CMK101
    ollama.chat(model="x", messages=p)  # finds: CMK101
    ollama.Client().generate(model="x", prompt=p)  # finds: CMK101
    ollama.list()  # ok: CMK101
    boto3.client("bedrock-runtime").converse_stream(modelId="x")  # finds: CMK101
    boto3.client("bedrock-agent-runtime").retrieve_and_generate(input={})  # finds: CMK101
    boto3.client("bedrock").list_foundation_models()  # ok: CMK101
    replicate.run("x", input={})  # finds: CMK101
    replicate.stream("x", input={})  # finds: CMK101
    RClient().run("x", input={})  # finds: CMK101
    replicate.predictions.create(version="x", input={})  # finds: CMK101
    InferenceClient().chat_completion(messages=p)  # finds: CMK101
    InferenceClient().text_generation(p)  # finds: CMK101
    InferenceClient().chat.completions.create(model="x", messages=p)  # finds: CMK101
    InferenceClient().feature_extraction(p)  # finds: CMK101
    voyageai.Client().embed([p], model="x")  # finds: CMK101
    voyageai.Client().rerank(p, [], model="x")  # finds: CMK101
    Cerebras().chat.completions.create(model="x", messages=p)  # finds: CMK101
    AI21Client().chat.completions.create(model="x", messages=p)  # finds: CMK101
    Writer().chat.chat(model="x", messages=p)  # finds: CMK101
    zhipuai.ZhipuAI().chat.completions.create(model="x", messages=p)  # finds: CMK101
    ZaiClient().chat.completions.create(model="x", messages=p)  # finds: CMK101
    dashscope.Generation.call(model="x", prompt=p)  # finds: CMK101
    ChatCompletionsClient("e", None).complete(messages=p)  # finds: CMK101
    EmbeddingsClient("e", None).embed(input=p)  # finds: CMK101
    Portkey().chat.completions.create(model="x", messages=p)  # finds: CMK101
    ElevenLabs().text_to_speech.convert("v", text=p)  # finds: CMK101
    OpenRouter().chat.send(model="x", messages=p)  # finds: CMK101
    Perplexity().chat.completions.create(model="x", messages=p)  # finds: CMK101
    Fireworks().chat.completions.create(model="x", messages=p)  # finds: CMK101
    openai.OpenAI(base_url="https://api.deepseek.com").chat.completions.create(model="deepseek-chat", messages=p)  # finds: CMK101
    openai.OpenAI().images.generate(prompt=p)  # finds: CMK101
    openai.OpenAI().audio.speech.create(model="x", input=p, voice="x")  # finds: CMK101
    openai.OpenAI().responses.retrieve("id")  # ok: CMK101
    openai.OpenAI().files.create(file=p, purpose="batch")  # ok: CMK101
    openai.OpenAI().batches.create(input_file_id="x", endpoint="/v1/responses", completion_window="24h")  # finds: CMK101
    openai.OpenAI().fine_tuning.jobs.create(model="x", training_file="x")  # finds: CMK101
    openai.OpenAI().beta.threads.runs.create("t", assistant_id="a")  # finds: CMK101
    openai.OpenAI().chat.completions.parse(model="x", messages=p)  # finds: CMK101
    openai.OpenAI().responses.parse(model="x", input=p)  # finds: CMK101
    openai.chat.completions.create(model="x", messages=p)  # finds: CMK101
    openai.responses.create(model="x", input=p)  # finds: CMK101
    openai.ChatCompletion.create(model="x", messages=p)  # finds: CMK101
    openai.Embedding.create(model="x", input=p)  # finds: CMK101
    tagged(openai.chat.completions, feature="x").create(model="x", messages=p)  # ok: CMK101
    tagged(openai, feature="x").responses.create(model="x", input=p)  # ok: CMK101
    voyageai.Client().count_tokens(["x"])  # ok: CMK101


async def g(p):
    await AsyncAnthropic().messages.create(model="x")  # finds: CMK101
    await AsyncAnthropicBedrock().messages.create(model="x")  # finds: CMK101
    await AsyncAzureOpenAI().responses.create(model="x")  # finds: CMK101
    await genai.Client().aio.models.generate_content(model="x", contents=p)  # finds: CMK101
    await palm.GenerativeModel("x").generate_content_async(p)  # finds: CMK101
    await GenerativeModel("x").generate_content_async(p)  # finds: CMK101
    await Mistral().chat.complete_async(model="x", messages=p)  # finds: CMK101
    await AsyncClient().chat(message=p)  # finds: CMK101
    await AsyncGroq().chat.completions.create(model="x", messages=p)  # finds: CMK101
    await AsyncTogether().chat.completions.create(model="x", messages=p)  # finds: CMK101
    await ollama.AsyncClient().chat(model="x", messages=p)  # finds: CMK101
    await AsyncInferenceClient().chat_completion(messages=p)  # finds: CMK101
    await replicate.async_run("x", input={})  # finds: CMK101
    await AChat("e", None).complete(messages=p)  # finds: CMK101
    async with aioboto3.Session().client("bedrock-runtime") as c:
        await c.converse(modelId="x")  # finds: CMK101
        await tagged(c, feature="x").converse(modelId="x")  # ok: CMK101
    async with openai.AsyncOpenAI() as c:
        async with c.responses.stream(model="x", input=p) as s:  # finds: CMK101
            s
        async with c.realtime.connect(model="x") as conn:  # finds: CMK101
            conn
        async with tagged(c, feature="x").realtime.connect(model="x") as conn:  # finds: CMK101
            conn
    async with genai.Client().aio.live.connect(model="x") as s:  # finds: CMK101
        s
