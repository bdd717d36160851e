from cost_lib import tagged
from gateway.g import ask, client, make

client.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
tagged(make()).responses.create(model="gpt-4o-mini", input="x")  # ok: CMK201
ask("x")  # ok: CMK207
tagged(make(), feature="").responses.create(model="gpt-4o-mini", input="x")  # finds: CMK203
