"""CMK101 is off here, the others are not."""
from gateway.client import client

from cost_lib import tagged

client.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101
tagged(client).responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201
