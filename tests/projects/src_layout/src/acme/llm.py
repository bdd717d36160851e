"""Clients."""
import cohere

_client: cohere.ClientV2 | None = None


def get_client() -> cohere.ClientV2:
    global _client
    if _client is None:
        _client = cohere.ClientV2()
    return _client
