"""Uses them."""
import labels
from labels import FAQ, OLD, SCOPE, WRONG, Feature, ask, llm, raw_ask, scope_for

from cost_lib import tagged, tags


def calls(prompt: str, request) -> None:
    with SCOPE:
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    with labels.WRONG:
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201, CMK202
    with scope_for("faq"):
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    with tags(feature=FAQ):  # ok: CMK202, CMK204
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    tagged(llm, feature=OLD).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK202
    tagged(llm, feature=labels.Feature.SEARCH).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK202, CMK204
    tagged(llm, feature=Feature.GONE).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK202
    tagged(llm, feature=request.path).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK204
    ask(input=prompt)  # ok: CMK101, CMK201
    raw_ask(input=prompt)  # ok: CMK101
    print(WRONG)


@SCOPE
def decorated(prompt: str) -> None:
    llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


@labels.scope_for("search")
def decorated_by_function(prompt: str) -> None:
    llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
