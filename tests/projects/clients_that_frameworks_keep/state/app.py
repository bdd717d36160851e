"""A lifespan that yields its state."""

from contextlib import asynccontextmanager

from openai import AsyncOpenAI
from starlette.applications import Starlette
from state import routes

from cost_lib import tagged


@asynccontextmanager
async def lifespan(app):
    async with AsyncOpenAI() as client:
        yield {"model_client": client, "tagged_client": tagged(AsyncOpenAI(), feature="x"), "log": object()}


app = Starlette(lifespan=lifespan, routes=routes.ALL)
