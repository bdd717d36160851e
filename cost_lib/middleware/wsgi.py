"""Tag the requests of a WSGI application: Flask, Bottle, Pyramid, Falcon.

``app.wsgi_app = TagsMiddleware(app.wsgi_app, tags={"feature": "support"})``. What makes tags gets the environ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from cost_lib.middleware.request_tags import CHAIN_HEADER, Body, Source, scope_for

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class TagsMiddleware:
    """Run each request, streamed answers included, under its tags and a chain id."""

    def __init__(self, app: Application, tags: Source | None = None, chain_header: str = CHAIN_HEADER) -> None:
        self.app = app
        self.tags: Source = {} if tags is None else tags
        self.chain_key = f"HTTP_{chain_header.upper().replace('-', '_')}"

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Serve one request."""
        scope = scope_for(self.tags, environ, chain=environ.get(self.chain_key, ""))
        with scope:
            answer = self.app(environ, start_response)
        # a list is there in full, and a file is sent by the server itself
        is_file = type(answer) is environ.get("wsgi.file_wrapper")
        return answer if is_file or isinstance(answer, (list, tuple)) else Body(answer, scope)
