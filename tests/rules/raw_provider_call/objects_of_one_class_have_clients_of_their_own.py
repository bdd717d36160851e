"""Objects of one class that a function gives different clients are told apart by their names."""
from openai import OpenAI
from cost_lib import tagged


class Box:
    client = None

    def swap(self, other: "Box", m):
        self.client = OpenAI()
        other.client = tagged(OpenAI(), feature="x")
        self.client.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
        other.client.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201


def two(m):
    x, y = Box(), Box()
    x.client = OpenAI()
    y.client = tagged(OpenAI(), feature="x")
    x.client.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
    y.client.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201


def the_other_way_round(m):
    x, y = Box(), Box()
    y.client = tagged(OpenAI(), feature="x")
    x.client = OpenAI()
    y.client.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201
    x.client.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101


def one_replaces_its_own(m):
    x = Box()
    x.client = OpenAI()
    x.client = tagged(x.client, feature="x")
    x.client.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201


def the_name_goes_over_to_the_other(m):
    x, y = Box(), Box()
    x.client = OpenAI()
    y.client = tagged(OpenAI(), feature="x")
    x = Box()
    x.client = tagged(OpenAI(), feature="x")
    x.client.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201


def on_one_path(m, ready):
    x, y = Box(), Box()
    y.client = tagged(OpenAI(), feature="x")
    x.client = tagged(OpenAI(), feature="x")
    if ready:
        x.client = OpenAI()
    x.client.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
    y.client.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201


def in_turn(m, names):
    for _ in names:
        box = Box()
        box.client = OpenAI()
        box.client = tagged(box.client, feature="x")
        box.client.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201
