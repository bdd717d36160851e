"""One tag is required here."""
from gateway.client import client

from cost_lib import tagged

client.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
tagged(client, feature="report").responses.create(model="gpt-4o-mini", input="x")  # ok: CMK201
