"""Know LMQL and ell: functions that a decorator turns into requests."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider

QUERY = "lmql.query()"
DECORATOR = "ell.simple()"
PROGRAM = "ell.lmp.complex.model_call"
LLM = "lmql.LLM"

PROVIDER: Final = Provider(
    name="lmql",
    layer=Layer.FRAMEWORK,
    packages=("lmql", "ell-ai"),
    source="lmql 0.7.3, ell-ai 0.0.17, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(names=(QUERY,), methods=(Method("", model=""),), model=""),
        ClientClass(
            names=(LLM, "lmql.api.llm.LLM"),
            methods=(
                Method("generate", model=""),
                Method("generate_sync", model=""),
                Method("score", model=""),
                Method("score_sync", model=""),
            ),
            free=("get_tokenizer",),
            model="model_identifier",
        ),
        ClientClass(
            provider="ell", names=(DECORATOR,), methods=(Method("", Bills.FREE, "", returns=PROGRAM, model=""),), parts=("client",)
        ),
        ClientClass(provider="ell", names=(PROGRAM,), methods=(Method("", model=""),), parts=("client",)),
    ),
    functions=(
        Function(names=("lmql.query", "lmql.F", "lmql.query_from_string"), bills=Bills.FREE, api="", returns=QUERY, model=""),
        Function(
            names=("lmql.run", "lmql.run_sync", "lmql.run_file", "lmql.generate", "lmql.generate_sync", "lmql.score", "lmql.score_sync"),
        ),
        Function(names=("lmql.model",), bills=Bills.FREE, api="", returns=LLM, positions=("model_identifier",), model="model_identifier"),
        Function(
            names=("ell.simple", "ell.complex", "ell.lmp.simple.simple", "ell.lmp.complex.complex"),
            bills=Bills.FREE,
            api="",
            returns=DECORATOR,
            parts=("client",),
            positions=("model", "client"),
        ),
    ),
)
