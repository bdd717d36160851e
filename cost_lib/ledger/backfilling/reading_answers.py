"""Take an answer out of a line: bare, wrapped by a proxy or a gateway, out of a batch, or as Bedrock logs it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import msgspec

from cost_lib.answers import read_answer
from cost_lib.catalog.model_names import house_of
from cost_lib.facts import Facts
from cost_lib.ledger.backfilling.fields import ID_HEADERS, IDS, TIMES
from cost_lib.ledger.backfilling.model import Answer, Line, Trouble
from cost_lib.ledger.backfilling.places import EPOCH, first_at, moment_at, moment_of, number_at, text_at
from cost_lib.ledger.backfilling.rules import Rules
from cost_lib.metering.deferral import PATHS, derived_id, part_of
from cost_lib.model import Unknown

# what an answer's own words say of whose it is
OWN_WORDS: Final = (
    (re.compile(r"msg_bdrk_"), "aws.bedrock"),
    (re.compile(r"msg_"), "anthropic"),
    (re.compile(r"gen-\d"), "openrouter"),
)
EVENT_NAMES: Final = {"google": "gcp.gemini", "mistral": "mistral_ai", "x-ai": "x_ai"}  # as events call those houses
SAID: Final = frozenset(
    (
        "choices",
        "content",
        "candidates",
        "output",
        "message",
        "completion",
        "generation",
        "generations",
        "outputs",
        "results",
        "embeddings",
        "embedding",
        "generated_text",
    )
)
BATCH: Final = "batch"
AZURE: Final = ("prompt_filter_results", "content_filters")
_encode: Final = msgspec.json.Encoder(order="sorted").encode


class _Parts(NamedTuple):
    body: Any
    request: Any = None
    headers: Mapping[str, str] = {}
    url: str = ""
    status: int = 200
    provider: str = ""
    model: str = ""
    context: str = ""
    suffix: str = ""


def answer_of(line: Line, rules: Rules) -> Answer | Trouble:
    """Read one answer; what is none is named."""
    parts = _parts(line.document, rules)
    body = parts.body
    if not isinstance(body, (dict, list, str)) or not body:
        return Trouble(line.spot, "holds no answer: fields.responses in the rules file names where it is")
    document: Any = next((one for one in body if isinstance(one, dict)), {}) if isinstance(body, list) else body
    own = text_at(document, IDS) or _id_in(body)
    facts = _read(parts, parts.provider) if parts.provider or parts.url.partition("//")[2].strip("/") else None
    assumed = ""
    if facts is None or not facts.provider:  # whose it is decides how it is read
        told = _told_by(own, document) or rules.provider
        facts = _read(parts, told)
        assumed = "" if told else _house_of(facts.model or facts.model_requested)
        facts = _read(parts, assumed) if assumed else facts
    if parts.context == BATCH:
        facts.kind, facts.is_batch = "result", True
    if isinstance(facts.usage, Unknown) and facts.status == "ok" and not _is_said(document):
        return Trouble(line.spot, "holds no answer of a known shape: no usage, and nothing that was said")
    heads = [parts.headers[name] for name in ID_HEADERS if name in parts.headers] or [text_at(line.document, rules.responses["request_id"])]
    facts.provider_request_id = heads[0]
    ids = tuple(dict.fromkeys(filter(None, (own, *heads))))
    made = moment_at(document, TIMES) or _moment_in(body)
    at = moment_at(line.document, rules.responses["time"]) or made
    event_id = _event_id(_name(facts.provider, ids, at, body, parts.suffix), made)
    facts.event_id, facts.operation_id = event_id, derived_id("backfill", event_id)
    latency = number_at(line.document, rules.responses["latency_ms"])
    return Answer(line.spot, line.document, facts, ids, event_id, at, latency, assumed)


def _read(parts: _Parts, provider: str) -> Facts:
    return read_answer(
        parts.body, provider=provider, model=parts.model, url=parts.url, request=parts.request,
        headers=parts.headers, status=parts.status, context=parts.context,
    )  # fmt: skip


def _name(provider: str, ids: tuple[str, ...], at: Any, body: Any, suffix: str) -> tuple[str, ...]:
    """Name an answer by its id, else by what it says: the same line makes the same event, today and next year."""
    if ids:
        return (provider, ids[0], suffix)
    return (provider, str(at), hashlib.sha256(_encode(body)).hexdigest(), suffix)


def _event_id(name: tuple[str, ...], made: datetime | None) -> str:
    """Make an id of a name; it tells the time that the provider itself gives, so that a ledger finds it by its day."""
    found = derived_id("backfill", *name)
    if made is None:
        return found
    milliseconds = (made - EPOCH) // timedelta(milliseconds=1)
    return f"{milliseconds >> 16:08x}-{milliseconds & 0xFFFF:04x}-7{found[15:]}"


def _parts(document: Mapping[str, Any], rules: Rules) -> _Parts:
    names = rules.responses
    part = part_of(dict(document), 0) if _is_batch_line(document) else None
    if part is not None:
        failed = {"error": {"code": part.error}} if part.error and not part.document else part.document
        known = PATHS.get(str(part.document.get("object") or part.document.get("type")), part.path)
        url = f"https:{known}" if known.startswith("/") else ""
        return _Parts(failed, None, {}, url, 400 if part.error else 200, text_at(document, names["provider"]), "", BATCH, part.suffix)
    body = first_at(document, names["response"]) if not _is_answer(document) else document
    if not isinstance(body, (dict, list, str)):
        body = document
    headers = first_at(document, names["headers"]) if body is not document else None
    status = number_at(document, names["status"]) if body is not document else None
    bedrock = "aws.bedrock" if "modelId" in document and "operation" in document and "output" in document else ""
    return _Parts(
        body,
        first_at(document, names["request"]) if body is not document else None,
        {str(name).lower(): str(value) for name, value in headers.items()} if isinstance(headers, dict) else {},
        text_at(document, names["url"]) if body is not document else "",
        int(status) if status is not None and 100 <= status < 600 else 200,
        text_at(document, names["provider"]) or bedrock,
        text_at(document, names["model"]) if body is not document else "",
        BATCH if first_at(document, names["batch"]) is True else "",
    )


def _is_batch_line(document: Mapping[str, Any]) -> bool:
    """Say whether a line is of a file of a batch's results."""
    return "custom_id" in document or ("key" in document and isinstance(document.get("response"), dict))


def _is_answer(document: Mapping[str, Any]) -> bool:
    """Say whether a line is the answer itself, whatever else it has."""
    return isinstance(document.get("usage"), dict) or "usageMetadata" in document or "eval_count" in document


def _is_said(document: Any) -> bool:
    """Say whether a document without usage is an answer all the same: something was said, so something was spent."""
    return isinstance(document, str) or not SAID.isdisjoint(document)


def _id_in(body: Any) -> str:
    """Find the id in the text of a stream."""
    found = re.search(r'"(?:id|responseId)"\s*:\s*"([^"\\]{6,200})"', body) if isinstance(body, str) else None
    return found[1] if found is not None else ""


def _moment_in(body: Any) -> datetime | None:
    """Find the time in the text of a stream."""
    found = re.search(r'"created(?:_at)?"\s*:\s*(\d{9,11})\b', body) if isinstance(body, str) else None
    return moment_of(found[1]) if found is not None else None


def _told_by(own: str, document: Any) -> str:
    """Tell whose an answer is by words that no other house writes."""
    if isinstance(document, dict) and any(name in document for name in AZURE):
        return "azure.ai.openai"
    return next((name for pattern, name in OWN_WORDS if pattern.match(own)), "")


def _house_of(model: str) -> str:
    """Return the house whose model answered, for answers of which no word says who was paid; empty where that is not certain."""
    house = house_of(model.removeprefix("models/"))
    return EVENT_NAMES.get(house, house)
