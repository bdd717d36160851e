from langchain_openai import ChatOpenAI
from openai import OpenAI
import requests
from cost_lib import inherited, tagged, tags
client = OpenAI()
client.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201
ChatOpenAI(model="gpt-4o-mini").invoke("x")  # ok: CMK103
requests.post("https://api.openai.com/v1/responses")  # ok: CMK102
tagged(client).responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201
tagged(client, feature="").responses.create(model="gpt-4o-mini", input="x")  # finds: CMK203


def make():
    return OpenAI()


@tags(feature=inherited)
def ask(p):
    return tagged(client).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
