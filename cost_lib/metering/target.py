"""Tell from a URL whom a request pays, and which family of responses will answer."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib.catalog import load_providers
from cost_lib.catalog.registry import HOSTS
from cost_lib.catalog.urls import find_hosts, match_free, match_host
from cost_lib.families import Family, any_family, family_of
from cost_lib.in_force import rules_in_force
from cost_lib.metering.deferral import is_submission

if TYPE_CHECKING:
    from cost_lib.metering.asked import Asked

# packages of SDKs whose own provider answers also behind other hosts
SDKS: Final = {
    "openai": "openai",
    "anthropic": "anthropic",
    "google": "gcp.gemini",
    "mistralai": "mistral_ai",
    "cohere": "cohere",
    "groq": "groq",
    "together": "together",
    "ollama": "ollama",
    "botocore": "aws.bedrock",
    "aiobotocore": "aws.bedrock",
}
# how they introduce themselves, where nothing else tells
AGENTS: Final = (
    ("openai/", "openai"),
    ("asyncopenai/", "openai"),
    ("anthropic/", "anthropic"),
    ("asyncanthropic/", "anthropic"),
    ("google-genai-sdk/", "google"),
    ("mistral-client-python/", "mistralai"),
    ("groq/", "groq"),
    ("asyncgroq/", "groq"),
    ("together/", "together"),
    ("asynctogether/", "together"),
    ("ollama-python/", "ollama"),
    ("boto3/", "botocore"),
    ("botocore/", "botocore"),
    ("aiobotocore/", "botocore"),
)
STREAMING: Final = frozenset(("chat", "completions"))  # endpoints that know ``stream_options``
OLLAMA_PORT: Final = 11434  # the one provider that is known by its port


class Target(NamedTuple):
    """Whom a request pays."""

    provider: str
    endpoint: str
    family: Family
    asks: bool = False  # the host gives usage on a stream only when it is asked, and takes the asking
    is_free: bool = False  # it is known to cost nothing: counting tokens, moderation


def find_target(asked: Asked, packages: frozenset[str]) -> Target | None:
    """Return whom a POST pays, or to whom it goes for nothing; None when that is unknown."""
    hosts = rules_in_force().policy.hosts
    configured = (hosts.get(asked.host) or hosts.get(f"{asked.host}:{asked.port}")) if hosts else None
    path = asked.path.rstrip("/").replace("//", "/")
    found = _find(asked.host, asked.port == OLLAMA_PORT, path, configured.provider if configured is not None else "", packages)
    if found is None and configured is None:
        found = _find(asked.host, False, path, "", _told_by(asked))  # noqa: FBT003 - cached by position
    return found


def find_provider(asked: Asked, packages: frozenset[str]) -> str:
    """Return whose host a request goes to, whatever it wants there; empty when that is unknown."""
    hosts = rules_in_force().policy.hosts
    configured = hosts.get(asked.host) or hosts.get(f"{asked.host}:{asked.port}")
    if configured is not None:
        return configured.provider
    names = [name for name, ends in HOSTS.items() if any(end.decode() in asked.host for end in ends)]
    known = find_hosts(load_providers(frozenset(names)), asked.host) if names else []
    if known:
        provider, host = known[0]
        return host.provider or provider
    senders = packages | _told_by(asked)
    return next((name for package, name in SDKS.items() if package in senders), "")


def _told_by(asked: Asked) -> frozenset[str]:
    """Return the SDK that sends a request, by its client's class or by what it calls itself."""
    agent = asked.headers.get("user-agent", "").lower()
    named = next((package for start, package in AGENTS if agent.startswith(start)), "")
    return frozenset((asked.package, named))


@lru_cache(maxsize=2048)
def _find(host: str, is_ollama: bool, path: str, configured: str, packages: frozenset[str]) -> Target | None:  # noqa: FBT001
    found = family_of(path)
    endpoint, family = found or (path.rpartition("/")[2], any_family())
    names = [name for name, ends in HOSTS.items() if any(end.decode() in host for end in ends)]
    if host.startswith("bedrock-"):  # its end is that of every service of Amazon
        names.append("bedrock")
    providers = load_providers(frozenset([*names, "ollama"] if is_ollama else names)) if names or is_ollama else ()
    host = f"{host}:{OLLAMA_PORT}" if is_ollama else host
    if find_hosts(providers, host):
        match = match_host(providers, host, path)
        if match is None:
            free = match_free(providers, host, path)
            return Target(free, endpoint, family, is_free=True) if free else None
        return Target(match.provider, endpoint, family, bool(match.host.include_usage) and endpoint in STREAMING)
    provider = configured or next((name for package, name in SDKS.items() if package in packages), "")
    return Target(provider, endpoint, family) if provider and (found is not None or is_submission(path)) else None
