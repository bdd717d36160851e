"""CMK205 is off unless the policy enables it."""
from openai import OpenAI

from cost_lib import tagged

tagged(OpenAI(), feature="chat", user_id="jane.doe@example.com").responses.create(input="x")  # ok: CMK205
