from cost_lib import meter, tagged, tags
from gateway.g import ask, client, make
import sys

meter()
client.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201
with tags(feature="x"):
    client.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201
with tags(feature=sys.argv[1]):  # finds: CMK204
    client.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201
tagged(make()).responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201
