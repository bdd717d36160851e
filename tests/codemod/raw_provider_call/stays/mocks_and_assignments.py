from unittest.mock import Mock

from openai import OpenAI

client = OpenAI()
client.responses.create = Mock()
del client.responses.create
client.responses.create: object
