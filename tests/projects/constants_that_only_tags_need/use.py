from names import BAD, EMPTY, PART, WRONG
from openai import OpenAI

from cost_lib import tagged, tags
import house

tagged(OpenAI(), **WRONG).responses.create(model="gpt-4o-mini", input="x")  # finds: CMK202
tagged(OpenAI(), **EMPTY).responses.create(model="gpt-4o-mini", input="x")  # finds: CMK203
tagged(OpenAI(), **PART).responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201
tagged(OpenAI(), feature=BAD, team="t").responses.create(model="gpt-4o-mini", input="x")  # finds: CMK202
house.call("x", **WRONG)  # finds: CMK202
house.call("x", **PART)  # finds: CMK201
house.call("x", tags=WRONG)  # finds: CMK202
house.call("x", tags=PART)  # finds: CMK201
