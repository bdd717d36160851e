from cost_lib import tagged
from gateway.g import ask, client, make

client.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101
tagged(make()).responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201
ask("x")  # finds: CMK207
tagged(make(), feature="").responses.create(model="gpt-4o-mini", input="x")  # ok: CMK203
