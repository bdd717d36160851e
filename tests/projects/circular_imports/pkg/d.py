"""The circle closes without ever binding a client."""
from pkg.c import ghost as ghost
from openai import OpenAI

OpenAI().models.list()  # ok: CMK101
ghost.responses.create(input="x")  # ok: CMK101
