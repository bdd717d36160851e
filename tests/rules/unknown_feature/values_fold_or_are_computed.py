# policy:
# required-tags = ["feature"]
# enable = ["CMK204"]
# [tags.environment]
# values = ["production", "staging"]
# [tags.tier]
# literal = false
# [features.chat]
# [features.search]
"""What folds to a finite set of strings is literal; each written value is judged once, at its keyword."""
import enum
import os
from enum import Enum, StrEnum
from typing import Final, Literal

from openai import OpenAI

from cost_lib import inherited, tagged, tags

llm = OpenAI()
CHAT = "chat"
CHAT2: Final = "chat"
BAD = "chta"
ENV = {"environment": "staging"}
ENVBAD = {"environment": "stagin"}
NAMES = {"a": "chat", "b": "search"}


class F(Enum):
    CHAT = "chat"
    SEARCH = "search"


class S(StrEnum):
    CHAT = "chat"
    AUTO = enum.auto()


class B(str, Enum):
    CHTA = "chta"


class Const:
    CHAT = "chat"
    BAD = "chta"


def f(p, flag, lit: Literal["chat", "search"], bad: Literal["chat", "chta"], e: F, dyn: str):
    tagged(llm, feature="chat").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK202
    tagged(llm, feature="chta").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK202
    tagged(llm, feature="Chat").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK202
    tagged(llm, feature="chat ").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK202
    tagged(llm, feature=CHAT).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK202, CMK204
    tagged(llm, feature=CHAT2).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK202, CMK204
    tagged(llm, feature=BAD).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK202
    tagged(llm, feature=F.CHAT).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(llm, feature=F.CHAT.value).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(llm, feature=F["CHAT"]).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(llm, feature=F("chat")).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(llm, feature=S.CHAT).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(llm, feature=B.CHTA).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK202
    tagged(llm, feature=B.CHTA.value).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK202
    tagged(llm, feature=Const.CHAT).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(llm, feature=Const.BAD).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK202
    tagged(llm, feature="chat" if flag else "search").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(llm, feature="chat" if flag else "serch").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK202
    tagged(llm, feature="chat" if flag else "").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK203
    tagged(llm, feature="chat" if flag else None).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK203
    tagged(llm, feature=lit).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(llm, feature=bad).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK202
    tagged(llm, feature=e).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(llm, feature=e.value).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(llm, feature=NAMES["a"]).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(llm, feature=NAMES[dyn]).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(llm, feature=NAMES.get(dyn, "chat")).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(llm, feature=f"ch{'at'}").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(llm, feature="ch" + "at").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(llm, feature="ch" "at").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(llm, feature=f"chat_{p}").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK204
    tagged(llm, feature=os.environ["X"]).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK204
    tagged(llm, feature=p.upper()).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK204
    name = "chat"
    tagged(llm, feature=name).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    if flag:
        name = "chta"
    tagged(llm, feature=name).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK202
    for name in ("chat", "search"):
        tagged(llm, feature=name).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    for name in ("chat", "serch"):
        tagged(llm, feature=name).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK202
    tagged(llm, feature="chat", environment="staging").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK202
    tagged(llm, feature="chat", environment="stagin").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK202
    tagged(llm, feature="chat", **ENV).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK202
    tagged(llm, feature="chat", **ENVBAD).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK202
    tagged(llm, feature="chat", tier=None).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK203
    tagged(llm, feature="chat", tier="").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK203
    tagged(llm, feature="chat", tier="N/A").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK203
    tagged(llm, feature="chat", tier=p).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(llm, feature="chat", tire="x").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK210
    tagged(llm, feature="chat", bogus="x").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK210
    tagged(llm, featur="chat").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK210
    tagged(llm, feature="chat", model="x").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK210
    tagged(llm, feature="chat", operation_id="x").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK210
    tagged(llm, feature="chat", chain_id=p, session_id=p, user_id=p, priority="x").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK210
    tagged(llm, feature="XXX").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK203
    tagged(llm, feature="  ").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK203
    tagged(llm, feature="\t\n").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK203
    tagged(llm, feature=" ToDo ").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK203
    tagged(llm, feature=None).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK203
    tagged(llm, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK204
    tagged(
        llm,
        feature="chta",  # finds: CMK202
        team="x",
    ).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK202
    with tags(
        feature="",  # finds: CMK203
    ):
        tagged(llm).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    shared = tagged(llm, feature="chta")  # finds: CMK202
    shared.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK202
    shared.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK202
    with tags(feature="chat"):
        tagged(llm, feature="").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK203


with tags(feature="chat"):
    f(object(), True, "chat", "chat", F.CHAT, "x")
