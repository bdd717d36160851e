from cost_lib import tagged, tags
from gateway.g import ask, client, make

client.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
make().responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
tagged(make(), feature="x").responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201
tagged(make(), feature="x", team="t").responses.create(model="gpt-4o-mini", input="x")  # ok: CMK201
ask("x")  # finds: CMK207
with tags(feature="x"):
    ask("x")  # ok: CMK207
