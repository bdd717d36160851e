"""Every spelling of an import leads to the same class."""
import google.genai
import openai as oai
import openai.types
from anthropic import Anthropic as Claude
from anthropic import AsyncAnthropic as Claude2
from google import genai as g
from google.genai import Client as GeminiClient
from litellm import completion as complete

import cost_lib
import cost_lib as cl
from cost_lib import tagged as t

oai.OpenAI().chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
openai.OpenAI().chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
Claude().messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
g.Client().models.generate_content(model="gemini-2.5-flash", contents="hi")  # finds: CMK101
google.genai.Client().models.generate_content(model="gemini-2.5-flash", contents="hi")  # finds: CMK101
GeminiClient(vertexai=True).models.generate_content(model="gemini-2.5-flash", contents="hi")  # finds: CMK101

t(oai.OpenAI(), feature="a").chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101
cost_lib.tagged(Claude(), feature="a").messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK101
cl.tagged(g.Client(), feature="a").models.generate_content(model="gemini-2.5-flash", contents="hi")  # ok: CMK101
t(complete, feature="a")(model="gpt-4o-mini", messages=[])  # ok: CMK103


async def later() -> None:
    await Claude2().messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
    await g.Client().aio.models.generate_content(model="gemini-2.5-flash", contents="hi")  # finds: CMK101
    await t(g.Client(), feature="a").aio.models.generate_content(model="gemini-2.5-flash", contents="hi")  # ok: CMK101
