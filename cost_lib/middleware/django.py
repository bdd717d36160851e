"""Tag the requests of a Django project, synchronous and asynchronous.

``MIDDLEWARE = ["cost_lib.middleware.django.TagsMiddleware", ...]``; ``COSTMARK_TAGS`` in the settings says what the tags are: a
mapping, a function of the request, or the dotted name of one. ``COSTMARK_CHAIN_HEADER`` names the header of the chain id.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cost_lib.middleware.request_tags import CHAIN_HEADER, AsyncBody, Body, Source, scope_for
from cost_lib.scope import Scope


class TagsMiddleware:
    """Run each request, streamed answers included, under its tags and a chain id."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        from asgiref.sync import iscoroutinefunction, markcoroutinefunction
        from django.conf import settings
        from django.utils.module_loading import import_string

        tags = getattr(settings, "COSTMARK_TAGS", None)
        self.get_response = get_response
        self.tags: Source = import_string(tags) if isinstance(tags, str) else {} if tags is None else tags
        self.chain_header: str = getattr(settings, "COSTMARK_CHAIN_HEADER", CHAIN_HEADER)
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: Any) -> Any:
        """Serve one request."""
        scope = scope_for(self.tags, request, chain=request.headers.get(self.chain_header, ""))
        if self.is_async:
            return self._serve(request, scope)
        with scope:
            response = self.get_response(request)
        return _framed(response, scope)

    async def _serve(self, request: Any, scope: Scope) -> Any:
        async with scope:
            response = await self.get_response(request)
        return _framed(response, scope)


def _framed(response: Any, scope: Scope) -> Any:
    """Have a streamed answer made under the tags, and leave every other as it is."""
    if getattr(response, "streaming", False) and not hasattr(response, "file_to_stream"):
        pieces = response.streaming_content
        response.streaming_content = AsyncBody(pieces, scope) if response.is_async else Body(pieces, scope)
    return response
