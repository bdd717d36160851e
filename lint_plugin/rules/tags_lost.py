"""Report a thread or executor that runs a call without the tags around it.

## What it does

Tags travel in a context variable. Threads and executors start with an empty context, so a callable that takes a required tag from
the scope around it (a bound method of `tagged(client)`, a `partial` or `lambda` of one, a function with `inherited`) loses it at
`concurrent.futures`, `multiprocessing.pool`, `threading.Thread` and `Timer`, and `run_in_executor`. `asyncio.to_thread`, anyio's
threads, tasks, `contextvars.copy_context().run` and `with_current_tags` carry the context and are silent. So is a callable that
brings its own tags.

## Why is this bad

The code reads as if the scope covered the call, and at run time the call is recorded as unattributed.

## Example

```python
from concurrent.futures import ThreadPoolExecutor

from cost_lib import tagged, tags
from openai import OpenAI

client = tagged(OpenAI())


def embed(texts: list[str]) -> list[object]:
    with tags(feature="search_index"), ThreadPoolExecutor() as pool:
        jobs = [pool.submit(client.embeddings.create, model="text-embedding-3-small", input=text) for text in texts]
    return [job.result() for job in jobs]
```

## Use instead

```python
from concurrent.futures import ThreadPoolExecutor

from cost_lib import tagged, tags, with_current_tags
from openai import OpenAI

client = tagged(OpenAI())


def embed(texts: list[str]) -> list[object]:
    with tags(feature="search_index"), ThreadPoolExecutor() as pool:
        jobs = [pool.submit(with_current_tags(client.embeddings.create), model="text-embedding-3-small", input=text) for text in texts]
    return [job.result() for job in jobs]
```

Or bind the tag to the client:

```python
from concurrent.futures import ThreadPoolExecutor

from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="search_index")


def embed(texts: list[str]) -> list[object]:
    with ThreadPoolExecutor() as pool:
        jobs = [pool.submit(client.embeddings.create, model="text-embedding-3-small", input=text) for text in texts]
    return [job.result() for job in jobs]
```

`pool.submit(with_current_tags(ask), prompt)` takes the tags in force along into any thread (`from cost_lib import
with_current_tags`); so do `asyncio.to_thread` and `pool.submit(contextvars.copy_context().run, ask, prompt)`.

## Options

- `requires-python` in `pyproject.toml`: its lower bound says what threads do with the context. From 3.14 on
  `threading.Thread(context=...)` is offered; no release hands the context on by itself, but for free-threaded builds.

## Fix safety

Safe. `with_current_tags` around the callable hands on the tags in force, to any number of threads at once; a copied context can be
entered by one at a time, so make one copy for each job. Neither can be sent to another process: such calls are left, bind the tag
to the client there.

## References

- [contextvars](https://docs.python.org/3/library/contextvars.html)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin.facts import Boundary
from lint_plugin.rules.base import Context, Fix, Rule
from lint_plugin.rules.sites import keywords
from lint_plugin.rules.wording import listed

RULE: Final = Rule("CMK206", "tags-lost", "a thread or executor that runs a call without the tags around it", fix=Fix.SAFE)
CONSUMES: Final = Boundary
LOOP: Final = ("executor", "run_in_executor")
PROCESSES: Final = ("ProcessPoolExecutor.", "Pool.")


def check(boundary: Boundary, _: Context) -> Iterator[str]:
    """Report the boundary, with the carrier that fits it."""
    bound = f"bind tagged(client, {keywords(boundary.lost)})"
    if boundary.boundary in LOOP:
        advice = f"use asyncio.to_thread or {bound}"
    elif boundary.boundary.startswith(PROCESSES):
        advice = bound
    elif boundary.takes_context:
        advice = f"{bound} or pass context=contextvars.copy_context()"
    else:
        advice = f"{bound} or run it through contextvars.copy_context().run"
    name = "run_in_executor" if boundary.boundary in LOOP else boundary.boundary
    yield f"{name} does not carry the tags around it: {listed(boundary.lost)} {'is' if len(boundary.lost) == 1 else 'are'} lost; {advice}"
