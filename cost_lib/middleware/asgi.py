"""Tag the requests of an ASGI application: Starlette, FastAPI, Quart, Litestar.

``app.add_middleware(TagsMiddleware, tags={"feature": "support", "user_segment": lambda scope: ...})``. What makes tags gets the
connection's scope; ``starlette.requests.HTTPConnection(scope)`` makes a request of it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from cost_lib.middleware.request_tags import CHAIN_HEADER, Source, scope_for

Application = Callable[[Any, Any, Any], Awaitable[None]]


class TagsMiddleware:
    """Run each request and websocket, streamed answers and background tasks included, under its tags and a chain id."""

    def __init__(self, app: Application, tags: Source | None = None, chain_header: str = CHAIN_HEADER) -> None:
        self.app = app
        self.tags: Source = {} if tags is None else tags
        self.chain_header = chain_header.lower().encode()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one connection."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        chain = next((value for name, value in scope["headers"] if name == self.chain_header), b"")
        async with scope_for(self.tags, scope, chain=chain.decode("latin-1")):
            await self.app(scope, receive, send)
