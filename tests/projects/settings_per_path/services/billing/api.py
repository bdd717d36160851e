"""Two tags are required here."""
from gateway.client import ask, client, handed

from cost_lib import tagged

ask("x")  # ok: CMK101
handed(client, "x")  # ok: CMK101
client.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
tagged(client, feature="bill").responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201
tagged(client, feature="bill", team="money").responses.create(model="gpt-4o-mini", input="x")  # ok: CMK201
