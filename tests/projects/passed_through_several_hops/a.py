from openai import OpenAI
from cost_lib import tagged, inherited, tags


def one(p, feature):
    tagged(OpenAI(), feature=feature).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def two(p, feature):
    one(p, feature)


def three(p, feature):
    two(p, feature=feature)
