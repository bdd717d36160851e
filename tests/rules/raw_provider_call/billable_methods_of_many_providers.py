"""What bills tokens or jobs is reported; what is free, or bills storage only, is not."""
import os

import boto3
import google.generativeai as palm
import ollama
import replicate
import voyageai
from anthropic import Anthropic, AnthropicBedrock
from cerebras.cloud.sdk import Cerebras
from elevenlabs.client import ElevenLabs
from google import genai
from huggingface_hub import InferenceClient
from openai import AzureOpenAI, OpenAI
from together import Together

MODEL = os.environ["MODEL"]
openai_client = OpenAI()
azure = AzureOpenAI(api_version="2024-10-21")
claude = Anthropic()
bedrock_claude = AnthropicBedrock(aws_region="eu-central-1")
gemini = genai.Client()
bedrock = boto3.client("bedrock-runtime", region_name="eu-central-1")
agents = boto3.client("bedrock-agent-runtime")
s3 = boto3.client("s3")

openai_client.responses.create(model="gpt-4o-mini", input="hi")  # finds: CMK101
openai_client.responses.parse(model="gpt-4o-mini", input="hi")  # finds: CMK101
openai_client.beta.chat.completions.parse(model="gpt-4o-mini", messages=[])  # finds: CMK101
openai_client.images.generate(prompt="a cat")  # finds: CMK101
openai_client.audio.transcriptions.create(model=MODEL, file=b"")  # finds: CMK101
openai_client.batches.create(input_file_id="f", endpoint="/v1/responses", completion_window="24h")  # finds: CMK101
openai_client.fine_tuning.jobs.create(training_file="f", model="gpt-4o-mini")  # finds: CMK101
azure.chat.completions.create(model=MODEL, messages=[])  # finds: CMK101
claude.messages.batches.create(requests=[])  # finds: CMK101
bedrock_claude.messages.create(model=MODEL, max_tokens=9, messages=[])  # finds: CMK101
gemini.models.generate_content(model="gemini-2.5-flash", contents="hi")  # finds: CMK101
gemini.models.embed_content(model=MODEL, contents="hi")  # finds: CMK101
bedrock.converse(modelId=MODEL, messages=[])  # finds: CMK101
bedrock.invoke_model(modelId=MODEL, body="{}")  # finds: CMK101
agents.retrieve_and_generate(input={"text": "hi"})  # finds: CMK101
ollama.chat(model=MODEL, messages=[])  # finds: CMK101
replicate.run(MODEL, input={"prompt": "hi"})  # finds: CMK101
voyageai.Client().embed(["hi"], model=MODEL)  # finds: CMK101
InferenceClient().chat_completion(messages=[])  # finds: CMK101
Together().chat.completions.create(model=MODEL, messages=[])  # finds: CMK101
Cerebras().chat.completions.create(model=MODEL, messages=[])  # finds: CMK101
ElevenLabs().text_to_speech.convert(voice_id="v", text="hi")  # finds: CMK101
palm.GenerativeModel(MODEL).generate_content("hi")  # finds: CMK101

openai_client.models.list()  # ok: CMK101
openai_client.moderations.create(input="hi")  # ok: CMK101
openai_client.files.create(file=b"", purpose="batch")  # ok: CMK101
openai_client.responses.retrieve("resp_1")  # ok: CMK101
openai_client.batches.retrieve("batch_1")  # ok: CMK101
openai_client.vector_stores.create(name="docs")  # ok: CMK101
claude.messages.count_tokens(model="claude-sonnet-4-5", messages=[])  # ok: CMK101
claude.models.list()  # ok: CMK101
gemini.models.count_tokens(model="gemini-2.5-flash", contents="hi")  # ok: CMK101
gemini.models.list()  # ok: CMK101
gemini.files.upload(file="a.pdf")  # ok: CMK101
s3.put_object(Bucket="b", Key="k", Body=b"")  # ok: CMK101
s3.invoke_model(modelId="x", body="{}")  # ok: CMK101
ollama.list()  # ok: CMK101
