from .views import View, hop
from ..llm import *


def m(p):
    hop(p)  # finds: CMK207
    ask(p)  # finds: CMK207
    do_complete(p)  # finds: CMK201
    v = View()
    v.ask(p)  # finds: CMK207
    with attributed(feature="chat", team="t"):
        hop(p)  # ok: CMK207
        v.ask(p)  # ok: CMK207
        do_complete(p)  # ok: CMK201
