import acme.llm as llm
from acme.core import names
from acme.core.names import COMMON, WRONG, Feature
from acme.llm import Asker, Gateway, House, ask, attributed, do_complete
from acme.llm.helpers import astream, hidden
from cost_lib import inherited, tags


def view(p):
    do_complete(p, **COMMON)  # ok: CMK201
    do_complete(p, meta=COMMON)  # ok: CMK201
    do_complete(p, **names.COMMON)  # ok: CMK201
    do_complete(p, feature=Feature.CHAT, team=names.TEAM)  # ok: CMK201
    do_complete(p, feature=Feature.TYPO, team=names.TEAM)  # finds: CMK202
    do_complete(p, **WRONG)  # finds: CMK202
    do_complete(p)  # finds: CMK201
    llm.do_complete(p, team="x")  # finds: CMK201
    llm.gateway.complete(p, **COMMON)  # ok: CMK201
    with attributed(**COMMON):
        do_complete(p)  # ok: CMK201
        ask(p)  # ok: CMK207
    with llm.attributed(feature="chat"):
        do_complete(p, team="t")  # ok: CMK201
        do_complete(p)  # finds: CMK201
    g = Gateway(feature_name="chat", team="t")
    g.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    Gateway(feature_name="chat").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    Gateway(feature_name="chat").responses.create(model="gpt-4o-mini", input=p, team="t")  # ok: CMK201
    House().ask(p, feature="chat", team="t")  # ok: CMK201
    House().ask(p)  # finds: CMK201
    h = House()
    h.ask(p, team="t")  # finds: CMK201
    ask(p)  # finds: CMK207
    llm.ask(p)  # finds: CMK207
    Asker().ask(p)  # finds: CMK207
    hidden(p, Feature.CHAT)  # ok: CMK207
    hidden(p, Feature.TYPO)  # finds: CMK202
    hidden(p, "")  # finds: CMK203
    hidden(p, feature=names.CHAT)  # ok: CMK203
    with tags(feature="chat"):
        ask(p)  # ok: CMK207
        Asker().ask(p)  # ok: CMK207


@tags(feature=Feature.SEARCH)
async def asyn(p):
    async for x in astream(p):  # ok: CMK207
        yield x


async def asyn2(p):
    async for x in astream(p):  # finds: CMK207
        yield x


@tags(feature=inherited)
def hop(p):
    return ask(p)  # ok: CMK207


class View(Asker):
    def get(self, p):
        self.ask(p)  # finds: CMK207
        with tags(feature="chat"):
            self.ask(p)  # ok: CMK207
            super().ask(p)  # ok: CMK207

    @tags(feature="search")
    def post(self, p):
        self.ask(p)  # ok: CMK207

        def later():
            self.ask(p)  # finds: CMK207
        return later
