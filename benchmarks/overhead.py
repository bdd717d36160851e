"""Time what tagging, metering, pricing and logging add to a real ``client.chat.completions.create`` over a mock transport.

usage: python benchmarks/overhead.py [--pairs 5000] [--peer NAME=PYTHON ...]

Alternated pairs, one bare call and one tagged call, thread CPU time; figures are differences of medians. Events go to files,
one append each before the call returns. A peer runs this file again under the interpreter given for it, which has openai and
the peer installed: openllmetry, openinference, langfuse, litellm, naive (json and a file handler, as guides show it).
Targets are those of issue 3. The last result is in ``overhead.md`` beside this file.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cost_lib import tagged  # noqa: E402
from cost_lib.record import use_sink  # noqa: E402

PEERS = ("naive", "openllmetry", "openinference", "langfuse", "litellm")
USAGE = {
    "prompt_tokens": 100,
    "completion_tokens": 20,
    "total_tokens": 120,
    "prompt_tokens_details": {"cached_tokens": 64, "audio_tokens": 0},
    "completion_tokens_details": {"reasoning_tokens": 5, "audio_tokens": 0},
}
CHUNKS = 200


def main() -> None:
    """Run ours and the peers, and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=5000)
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=PYTHON")
    parser.add_argument("--only", choices=(*PEERS, "python"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    os.environ.pop("COSTMARK_OFF", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COSTMARK_EVENTS_DIR"] = folder
        os.chdir(folder)
        if given.only:
            print(json.dumps(in_python(given.pairs) if given.only == "python" else peer(given.only, given.pairs)))
            return
        ours(given.pairs)
    for name, python in (one.split("=", 1) for one in given.peer):
        command = [python, __file__, "--only", name, "--pairs", str(max(200, given.pairs // 5))]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        lines = done.stdout.strip().splitlines()
        show(f"peer {name}", *json.loads(lines[-1])) if lines else print(f"peer {name}: {done.stderr.strip()[-200:]}")


def ours(pairs: int) -> None:
    """Measure each target."""
    for size in (1, 10, 100):
        given = (chat_client(size), question(size))
        show(f"chat, {size} kB each way", *paired(partial(chat, *given), partial(tagged_chat, *given), pairs if size == 1 else pairs // 5))
    client, ask = chat_client(1), question(1)
    show("naive (json and a file handler), 1 kB, in turns", *paired(partial(chat, client, ask), _naive(client, ask), pairs))
    command = [sys.executable, __file__, "--only", "python", "--pairs", str(pairs // 2)]
    alone = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "COSTMARK_PURE": "1"})
    show("chat, 1 kB, without the compiled part", *json.loads(alone.stdout.splitlines()[-1]))
    show("chat, 1 kB, client tagged once", *paired(partial(chat, client, ask), partial(chat, tagged(client, feature="faq"), ask), pairs))
    turns = itertools.cycle([f"session-{number}" for number in range(50)])
    of_many = partial(sessions_chat, client, ask, turns)
    show("chat, 1 kB, one of 50 sessions in turn", *paired(partial(chat, client, ask), of_many, pairs // 5))
    os.environ["COSTMARK_SINK"] = "mapped"
    before = use_sink(None)
    show("chat, 1 kB, events in a mapping", *paired(partial(chat, client, ask), partial(tagged_chat, client, ask), pairs))
    show_record(" into a mapping")
    os.environ.pop("COSTMARK_SINK")
    use_sink(before)
    streams = stream_client()
    found = paired(partial(read, streams, ask), lambda: read(tagged(streams, feature="faq"), ask), max(50, pairs // 25))
    show(f"a chunk of a stream of {CHUNKS}", *(part / CHUNKS for part in found))
    vectors = embedding_client(15_000_000).embeddings
    show("embeddings, 15 MB answer", *paired(partial(embed, vectors), lambda: embed(tagged(vectors, feature="faq")), max(60, pairs // 50)))
    show_record()


def in_python(pairs: int) -> tuple[float, float, float]:
    """Measure a call where nothing is compiled, as this process was told to."""
    given = (chat_client(1), question(1))
    return paired(partial(chat, *given), partial(tagged_chat, *given), pairs)


def chat(client: Any, ask: Any) -> object:
    """Ask once."""
    return client.chat.completions.create(model="gpt-4o-mini", messages=ask)


def tagged_chat(client: Any, ask: Any) -> object:
    """Ask once, as the linter wants it."""
    return tagged(client, feature="faq").chat.completions.create(model="gpt-4o-mini", messages=ask)


def sessions_chat(client: Any, ask: Any, turns: Iterator[str]) -> object:
    """Ask once, in another session than before."""
    return tagged(client, feature="faq", session_id=next(turns)).chat.completions.create(model="gpt-4o-mini", messages=ask)


def read(client: Any, ask: Any) -> None:
    """Read a stream to its end."""
    for _ in client.chat.completions.create(model="gpt-4o-mini", messages=ask, stream=True):
        pass


def embed(vectors: Any) -> object:
    """Ask for vectors and leave the answer as it came."""
    return vectors.with_raw_response.create(model="text-embedding-3-small", input="x", encoding_format="float")


def show(name: str, bare: float, added: float, quiet: float | None = None) -> None:
    """Print one result."""
    beside = "" if quiet is None else f"   (undisturbed {quiet:.1f})"
    print(f"{name:<48} bare {bare:9.1f} µs   added {added:8.1f} µs{beside}", flush=True)


def paired(bare: Callable[[], object], other: Callable[[], object], pairs: int) -> tuple[float, float, float]:
    """Return the median of the bare calls and what the others add to it, in µs of thread CPU; last what they add at the tenth percentile.

    Who shares the processor's caches makes both dearer, most of all code that runs once in a millisecond: what the tenth
    percentiles differ by is what it takes when nobody does.
    """
    times: tuple[list[int], list[int]] = ([], [])
    for _ in range(max(20, pairs // 20)):
        bare()
        other()
    gc.collect()
    for turn in range(pairs):
        for which in (0, 1) if turn % 2 else (1, 0):
            call = other if which else bare
            start = time.thread_time_ns()
            call()
            times[which].append(time.thread_time_ns() - start)
    first, second = (statistics.median(found) / 1e3 for found in times)
    low, high = (statistics.quantiles(found, n=10)[0] / 1e3 for found in times)
    return first, second - first, high - low


def show_record(how: str = "") -> None:
    """Time the path from an answer to the log, warm: of a request that is known again, and of facts gathered otherwise."""
    from cost_lib.metering import httpx_family

    given: list[Any] = []
    settle = httpx_family.settle
    httpx_family.settle = lambda *args: given.append(args) or settle(*args)
    client, ask = chat_client(1), question(1)
    for _ in range(4):
        tagged_chat(client, ask)
    httpx_family.settle = settle
    show_facts(partial(settle, *given[-1]), how)


def show_facts(known: Callable[[], object], how: str) -> None:
    """Time this, and the path from facts to the log."""
    from cost_lib.facts import Facts
    from cost_lib.model import Usage
    from cost_lib.operation import CallSite
    from cost_lib.record import record_call, record_facts

    tags = {"feature": "faq", "team": "support"}
    site = CallSite(__file__, "show_record", 1)
    usage = Usage(36, 64, 0, 0, 20, 5)
    started = time.perf_counter()

    def facts() -> Facts:
        return Facts(
            tags,
            operation_id="0190c8a5-5d7e-7000-8000-000000000000",
            call_site=site,
            provider="openai",
            host="api.openai.com",
            endpoint="chat",
            model_requested="gpt-4o-mini",
            model="gpt-4o-mini-2024-07-18",
            usage=usage,
            started=started,
        )

    def repeat(call: Callable[[], object]) -> float:
        best = []
        for _ in range(15):
            start = time.thread_time_ns()
            for _ in range(5000):
                call()
            best.append((time.thread_time_ns() - start) / 5000 / 1e3)
        return min(best)

    print(f"{'record path alone, warm' + how:<48} {repeat(known):8.2f} µs")
    record_facts(facts())
    both, alone = repeat(lambda: record_facts(facts())), repeat(facts)
    print(f"{'the same from facts, as record_call goes' + how:<48} {both - alone:8.2f} µs (and {alone:.2f} µs to gather the facts)")

    def by_hand() -> None:
        with record_call(provider="openai", model="gpt-4o-mini", feature="faq") as call:
            call.usage(input_tokens=100, output_tokens=20)

    print(f"{'a whole block of record_call' + how:<48} {repeat(by_hand):8.2f} µs")


# ---------------------------------------------------------------- clients


def question(size: int) -> list[dict[str, str]]:
    """Make messages of about this many kB."""
    return [{"role": "user", "content": "what is it? " * (size * 1000 // 12 - 8)}]


def answer(size: int) -> bytes:
    """Make an answer of about this many kB."""
    message = {"role": "assistant", "content": "it is so. " * max(1, (size * 1000 - 600) // 10), "refusal": None, "annotations": []}
    return json.dumps(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": "gpt-4o-mini-2024-07-18",
            "choices": [{"index": 0, "finish_reason": "stop", "logprobs": None, "message": message}],
            "usage": USAGE,
            "service_tier": "default",
            "system_fingerprint": "fp_1",
        }
    ).encode()


def chat_client(size: int) -> Any:
    """Make a client that is answered in memory."""
    return client_of(answer(size), "application/json")


def stream_client() -> Any:
    """Make a client that is answered with a stream that reports its usage at the end."""
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "gpt-4o-mini-2024-07-18"}
    delta = {"index": 0, "delta": {"content": "token"}, "logprobs": None, "finish_reason": None}
    parts = [{**head, "choices": [delta], "usage": None}] * CHUNKS + [{**head, "choices": [], "usage": USAGE}]
    chunks = [b"data: " + json.dumps(part).encode() + b"\n\n" for part in parts] + [b"data: [DONE]\n\n"]
    return client_of(chunks, "text/event-stream")


def embedding_client(size: int) -> Any:
    """Make a client that is answered with vectors."""
    vector = {"object": "embedding", "index": 0, "embedding": [0.0123456789] * 1536}
    rows = [vector] * (size // len(json.dumps(vector)))
    body = {"object": "list", "data": rows, "model": "text-embedding-3-small", "usage": {"prompt_tokens": 8, "total_tokens": 8}}
    return client_of(json.dumps(body).encode(), "application/json")


def client_of(body: Any, kind: str) -> Any:
    """Make an openai client over a mock transport of the library that it sits on."""
    import openai

    try:
        import httpx2 as library
    except ImportError:
        import httpx as library
    if int(openai.__version__.partition(".")[0]) < 3:
        import httpx as library
    headers = {"content-type": kind, "x-request-id": "req_1", "openai-processing-ms": "120", "openai-version": "2020-10-01"}
    headers |= {f"x-ratelimit-{name}": "1" for name in ("limit-requests", "limit-tokens", "remaining-requests", "remaining-tokens")}

    def respond(_: Any) -> Any:
        if isinstance(body, bytes):
            return library.Response(200, headers=headers, content=body)
        return library.Response(200, headers=headers, content=iter(body))

    return openai.OpenAI(api_key="k", http_client=library.Client(transport=library.MockTransport(respond)), max_retries=0)


# ---------------------------------------------------------------- peers


def peer(name: str, calls: int) -> tuple[float, float]:
    """Time a peer against the bare client of its own environment; peers patch for good, so the bare calls come first."""
    client, ask = chat_client(1), question(1)
    bare = median_of(partial(chat, client, ask), calls)
    return bare, median_of(globals()[f"_{name}"](client, ask), calls) - bare


def median_of(call: Callable[[], object], calls: int) -> float:
    """Return the median of calls, in µs of thread CPU."""
    times = []
    for turn in range(calls + 50):
        start = time.thread_time_ns()
        call()
        if turn >= 50:
            times.append(time.thread_time_ns() - start)
    return statistics.median(times) / 1e3


def _naive(client: Any, ask: Any) -> Callable[[], object]:
    import logging
    import uuid
    from datetime import UTC, datetime

    log = logging.getLogger("naive")
    log.propagate = False
    log.setLevel(logging.INFO)
    log.addHandler(logging.FileHandler("naive.jsonl"))

    def call() -> object:
        start = time.time()
        found = client.chat.completions.create(model="gpt-4o-mini", messages=ask)
        cost = found.usage.prompt_tokens * 0.15 / 1e6 + found.usage.completion_tokens * 0.6 / 1e6
        event = {
            "id": str(uuid.uuid4()),
            "timestamp": datetime.now(UTC).isoformat(),
            "feature": "faq",
            "model": found.model,
            "input_tokens": found.usage.prompt_tokens,
            "output_tokens": found.usage.completion_tokens,
            "cost": cost,
            "latency": time.time() - start,
        }
        log.info(json.dumps(event))
        return found

    return call


def _otel_provider() -> Any:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult

    class Nowhere(SpanExporter):
        def export(self, spans: Any) -> Any:  # noqa: ARG002 - the protocol's
            return SpanExportResult.SUCCESS

    provider = TracerProvider()
    provider.add_span_processor(BatchSpanProcessor(Nowhere()))
    return provider


def _instrumented(instrumentor: Any, client: Any, ask: Any) -> Callable[[], object]:
    instrumentor.instrument(tracer_provider=_otel_provider())
    return lambda: client.chat.completions.create(model="gpt-4o-mini", messages=ask)


def _openllmetry(client: Any, ask: Any) -> Callable[[], object]:
    from opentelemetry.instrumentation.openai import OpenAIInstrumentor

    return _instrumented(OpenAIInstrumentor(), client, ask)


def _openinference(client: Any, ask: Any) -> Callable[[], object]:
    from openinference.instrumentation.openai import OpenAIInstrumentor

    return _instrumented(OpenAIInstrumentor(), client, ask)


def _langfuse(client: Any, ask: Any) -> Callable[[], object]:
    import langfuse
    import langfuse.openai  # patches the SDK

    langfuse.Langfuse(public_key="pk", secret_key="sk", host="http://127.0.0.1:9", tracing_enabled=True)  # noqa: S106 - no secret
    return lambda: client.chat.completions.create(model="gpt-4o-mini", messages=ask)


def _litellm(client: Any, ask: Any) -> Callable[[], object]:
    import litellm

    return lambda: litellm.completion(model="gpt-4o-mini", messages=ask, client=client)


if __name__ == "__main__":
    main()
