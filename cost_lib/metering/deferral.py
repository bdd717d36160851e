"""Know the work whose result comes later: which requests submit it, which fetch what came of it, and what that says. Pure."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Any, Final, NamedTuple

Document = dict[str, Any]
# by the end of a POST's path: OpenAI's, Azure's, Groq's and Together's batches, Anthropic's under /messages; Mistral's; videos; videos of
# Google; on Bedrock, where what comes of these two lies in a bucket
SUBMISSIONS: Final = ("/batches", "/batch/jobs", "/videos", ":predictLongRunning", "/async-invoke", "/model-invocation-job")
# patterns are compiled when the first path is held against them: most programs never fetch what is deferred
LIKE_SUBMISSIONS: Final = (r":(?:asyncB|b)atch[A-Za-z]*Content$", r"/videos/[^/]+/remix$")  # Gemini, OpenAI
# by the end of a GET's path, with the name under which the object is known
OBJECTS: Final = (
    r"/(batches/[^/:]+)$",
    r"/(batch/jobs/[^/]+)$",
    r"/(responses/[^/]+)(?:/cancel)?$",
    r"/(videos/[^/]+)$",
    r"/(models/[^/]+/operations/[^/]+)$",
)
# what holds one result a line
FILES: Final = (r"/messages/(batches/[^/]+)/results$", r"/(files/[^/]+)/content$", r"/(files/[^/:]+):download$")
ENDED: Final = frozenset("completed succeeded success failed expired cancelled canceled incomplete timeout_exceeded".split())
FAILED: Final = frozenset("failed expired cancelled canceled timeout_exceeded".split())
# which family reads the answers inside a result, by what they call themselves
PATHS: Final = {
    "chat.completion": "/chat/completions",
    "text_completion": "/completions",
    "response": "/responses",
    "list": "/embeddings",
    "message": "/messages",
}
SECONDS: Final = 8  # of a video of Google's whose request does not say


class Part(NamedTuple):
    """One answer out of deferred work, and what reads it."""

    suffix: str  # tells it from the other answers of the same object
    path: str  # of the family; empty: the document is a number of seconds of video
    document: Document
    error: str = ""


class Outcome(NamedTuple):
    """What an object says of itself."""

    is_final: bool = False
    parts: tuple[Part, ...] = ()
    files: tuple[str, ...] = ()  # where the answers lie, when they do not lie here


NOTHING: Final = Outcome()


@lru_cache(maxsize=1024)
def is_submission(path: str) -> bool:
    """Say whether a POST submits work whose result comes later."""
    if path.endswith(SUBMISSIONS):
        return True
    return path.endswith(("Content", "/remix")) and any(re.search(pattern, path) for pattern in LIKE_SUBMISSIONS)


def object_at(path: str) -> str:
    """Return the name of the object that a GET fetches; empty for all others."""
    return next((found[1] for pattern in OBJECTS if (found := re.search(pattern, path)) is not None), "")


def file_at(path: str) -> str:
    """Return the name of the file of results that a GET fetches; empty for all others."""
    return next((found[1] for pattern in FILES if (found := re.search(pattern, path)) is not None), "")


def name_of(path: str, document: Document) -> str:
    """Return the name under which what was submitted will be fetched; empty where the answer names nothing."""
    name = document.get("name")
    if isinstance(name, str) and name:
        return object_at(f"/{name}") or name
    found = document.get("id") or document.get("invocationArn") or document.get("jobArn")
    if not isinstance(found, str) or not found:
        return ""
    folder = "videos" if "/videos" in path else "responses" if "/responses" in path else "batch/jobs" if "/jobs" in path else "batches"
    return f"{folder}/{found}"


def derived_id(*parts: str) -> str:
    """Make an id of the form of the others out of what names an object, the same wherever and whenever it is made."""
    text = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f"{text[:8]}-{text[8:12]}-8{text[13:16]}-{'89ab'[int(text[16], 16) % 4]}{text[17:20]}-{text[20:32]}"


def outcome_of(name: str, document: Document, seconds: int) -> Outcome:
    """Read what an object says: its usage, where its answers lie, or nothing yet."""
    if name.startswith("responses/"):
        return _of_response(document)
    if name.startswith("videos/"):
        return _of_video(document)
    if "/operations/" in name:
        return _of_operation(name, document, seconds)
    return _of_batch(document)


def part_of(line: Document, number: int) -> Part | None:
    """Read one line of a file of results; None where it is something else."""
    suffix = str(line.get("custom_id") or line.get("key") or number)
    result = line.get("result")
    if isinstance(result, dict):  # Anthropic
        message = result.get("message")
        if isinstance(message, dict):
            return Part(suffix, PATHS["message"], message)
        return Part(suffix, "", {}, str(result.get("type", "error")))
    response = line.get("response")
    if not isinstance(response, dict):
        return Part(suffix, "", {}, "error") if line.get("error") else None  # without one it is no result, but a request
    body = response.get("body")
    if isinstance(body, dict):  # OpenAI and those who follow
        return Part(suffix, PATHS.get(str(body.get("object")), "/batch"), body, "error" if body.get("error") else "")
    return Part(suffix, ":generateContent", response) if "usageMetadata" in response else None


def _of_response(document: Document) -> Outcome:
    if document.get("background") is not True or str(document.get("status")) not in ENDED:
        return NOTHING
    return Outcome(is_final=True, parts=(Part("", PATHS["response"], document),))


def _of_video(document: Document) -> Outcome:
    status = document.get("status")
    if status not in ENDED:
        return NOTHING
    error = "failed" if status in FAILED else ""
    text = str(document.get("seconds", ""))
    return Outcome(is_final=True, parts=(Part("", "", {**document, "seconds": int(text) if text.isdecimal() else 0}, error),))


def _of_operation(name: str, document: Document, seconds: int) -> Outcome:
    if document.get("done") is not True:
        return NOTHING
    response = document.get("response")
    videos = response.get("generateVideoResponse", response) if isinstance(response, dict) else {}
    made = videos.get("generatedSamples") or videos.get("videos") if isinstance(videos, dict) else None
    count = len(made) if isinstance(made, list) else 0
    model = name.split("/")[1]
    return Outcome(is_final=True, parts=(Part("", "", {"model": model, "seconds": count * seconds}, "" if count else "failed"),))


def _of_batch(document: Document) -> Outcome:
    output = _inlined(document)
    if output is not None:
        return output
    status = str(document.get("status", "")).lower()
    if status not in ENDED:
        return NOTHING
    usage = document.get("usage")
    files = tuple(f"files/{document[key]}" for key in ("output_file_id", "output_file") if isinstance(document.get(key), str))
    if isinstance(usage, dict) and any(value for value in usage.values() if isinstance(value, int)):
        return Outcome(is_final=True, parts=(Part("", PATHS["response"], {**document, "output": []}),), files=files)
    return Outcome(is_final=not files, files=files)


def _inlined(document: Document) -> Outcome | None:
    """Read a batch of Gemini, which holds its answers or names their file."""
    metadata = document.get("metadata")
    response = document.get("response")
    output = response if isinstance(response, dict) else metadata.get("output") if isinstance(metadata, dict) else None
    if not isinstance(output, dict):
        return None
    file = output.get("responsesFile")
    if isinstance(file, str):
        return Outcome(files=(file,))
    rows = output.get("inlinedResponses")
    rows = rows.get("inlinedResponses") if isinstance(rows, dict) else rows
    found = [part_of(row, number) for number, row in enumerate(rows) if isinstance(row, dict)] if isinstance(rows, list) else []
    return Outcome(is_final=True, parts=tuple(part for part in found if part is not None))
