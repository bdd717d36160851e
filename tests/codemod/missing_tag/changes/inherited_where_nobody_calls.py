from cost_lib import inherited, tagged
from openai import OpenAI

tagged(OpenAI(), feature=inherited).responses.create(model="gpt-4o-mini", input="x")
# output
from cost_lib import inherited, tagged
from openai import OpenAI

tagged(OpenAI(), feature="inherited_where_nobody_calls").responses.create(model="gpt-4o-mini", input="x")
