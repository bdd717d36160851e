"""``@tags`` above a registering decorator does not prove; above one that wraps, or below, it does."""
import click
import dramatiq
import functools
import pytest
import socketio
import tenacity
import typer
from apscheduler.schedulers.background import BackgroundScheduler
from discord.ext import commands
from huey import RedisHuey
from mcp.server.fastmcp import FastMCP
from openai import OpenAI
from prefect import flow, task
from rq.decorators import job
from cost_lib import tagged, tags
llm = tagged(OpenAI())
huey = RedisHuey()
sched = BackgroundScheduler()
bot = commands.Bot()
mcp = FastMCP("x")
sio = socketio.AsyncServer()
app = typer.Typer()


@tags(feature="x")
@huey.task()
def a(p):
    llm.responses.create(model="gpt-4o-mini")  # finds: CMK201


@tags(feature="x")
@sched.scheduled_job("cron")
def b():
    llm.responses.create(model="gpt-4o-mini")  # finds: CMK201


@tags(feature="x")
@bot.event
async def c(m):
    llm.responses.create(model="gpt-4o-mini")  # finds: CMK201


@tags(feature="x")
@bot.command(name="x")
async def d(m):
    llm.responses.create(model="gpt-4o-mini")  # finds: CMK201


@tags(feature="x")
@mcp.tool()
def e(m):
    llm.responses.create(model="gpt-4o-mini")  # finds: CMK201


@tags(feature="x")
@sio.on("chat")
async def f(m):
    llm.responses.create(model="gpt-4o-mini")  # finds: CMK201


@tags(feature="x")
@app.command()
def g(m):
    llm.responses.create(model="gpt-4o-mini")  # finds: CMK201


@tags(feature="x")
@click.command()
def h(m):
    llm.responses.create(model="gpt-4o-mini")  # finds: CMK201


@tags(feature="x")
@dramatiq.actor
def i(m):
    llm.responses.create(model="gpt-4o-mini")  # finds: CMK201


@tags(feature="x")
@job("q")
def j(m):
    llm.responses.create(model="gpt-4o-mini")  # finds: CMK201


@tags(feature="x")
@flow
def k(m):
    llm.responses.create(model="gpt-4o-mini")  # finds: CMK201


@tags(feature="x")
@task(retries=3)
def l(m):
    llm.responses.create(model="gpt-4o-mini")  # finds: CMK201


@huey.task()
@tags(feature="x")
def a2(p):
    llm.responses.create(model="gpt-4o-mini")  # ok: CMK201


@flow
@tags(feature="x")
def k2(m):
    llm.responses.create(model="gpt-4o-mini")  # ok: CMK201


@tags(feature="x")
@tenacity.retry(stop=tenacity.stop_after_attempt(3))
def m(p):
    llm.responses.create(model="gpt-4o-mini")  # ok: CMK201


@tags(feature="x")
@functools.lru_cache(maxsize=3)
def n(p):
    llm.responses.create(model="gpt-4o-mini")  # ok: CMK201


@functools.cache
@tags(feature="x")
def o(p):
    llm.responses.create(model="gpt-4o-mini")  # ok: CMK201


def plain(fn):
    return fn


@tags(feature="x")
@plain
def q(p):
    llm.responses.create(model="gpt-4o-mini")  # ok: CMK201


@pytest.mark.parametrize("x", [1])
@tags(feature="x")
def test_r(x):
    llm.responses.create(model="gpt-4o-mini")  # ok: CMK201


class S:
    @property
    @tags(feature="x")
    def p(self):
        return llm.responses.create(model="gpt-4o-mini")  # ok: CMK201

    @functools.cached_property
    @tags(feature="x")
    def p2(self):
        return llm.responses.create(model="gpt-4o-mini")  # ok: CMK201

    @tags(feature="x")
    @classmethod
    @functools.cache
    def p3(cls):
        return llm.responses.create(model="gpt-4o-mini")  # ok: CMK201
