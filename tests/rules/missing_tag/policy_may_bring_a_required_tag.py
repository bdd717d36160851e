# policy:
# required-tags = ["feature", "environment", "project", "user_segment"]
# [tags.environment]
# values = ["production", "staging"]
# from-env = "APP_ENV"
# [tags.project]
# default = "shop"
# [tags.user_segment]
# ambient = true
"""``default`` and ``from-env`` prove a required tag; an ambient one is not demanded statically."""
from anthropic import Anthropic
from fastapi import FastAPI

from cost_lib import tagged, tags

client = Anthropic()
app = FastAPI()


def calls(prompt: str) -> None:
    tagged(client, feature="faq").messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK201
    tagged(client, project="shop").messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK201
    tagged(client, environment="staging").messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK201
    tagged(client, feature="faq", environment="test").messages.create(max_tokens=9, messages=[])  # finds: CMK202


@app.middleware("http")
async def bind(request, call_next):
    with tags(feature="request"):
        return await call_next(request)


@app.get("/ask")
def middleware_never_proves(prompt: str) -> object:
    return tagged(client).messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK201
