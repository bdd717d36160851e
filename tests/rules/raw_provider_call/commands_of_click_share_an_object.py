"""What a group puts into its context is what its commands are given."""
import click
from openai import OpenAI
from cost_lib import tagged

m = []


class Tools:
    def __init__(self):
        self.client = OpenAI()
        self.safe = tagged(OpenAI(), feature="x")


class Others:
    def __init__(self):
        self.client = tagged(OpenAI(), feature="x")


pass_tools = click.make_pass_decorator(Tools, ensure=True)
pass_others = click.make_pass_decorator(Others, ensure=True)


@click.group()
@click.pass_context
def cli(ctx):
    ctx.obj = Tools()


@cli.command()
@click.pass_context
def by_context(ctx):
    ctx.obj.client.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
    ctx.obj.safe.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201


@cli.command()
@click.pass_obj
def by_object(tools):
    tools.client.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
    tools.safe.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201


@cli.command()
@pass_tools
def by_class(tools):
    tools.client.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
    tools.safe.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201


@cli.command()
@pass_others
def by_another_class(others):
    others.client.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201
