"""Know fal's client for hosted models."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Function, Host, Layer, Method, Provider, Transport

CLIENT = "fal_client.SyncClient"

PROVIDER: Final = Provider(
    name="fal",
    layer=Layer.SDK,
    packages=("fal-client",),
    source="https://github.com/fal-ai/fal (projects/fal_client)",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "fal_client.client.SyncClient", "fal_client.AsyncClient", "fal_client.client.AsyncClient"),
            model="",
            methods=(
                Method("run", api="prediction", model="application"),
                Method("subscribe", api="prediction", model="application"),
                Method("submit", api="prediction", model="application"),
                Method("stream", api="prediction", model="application"),
                Method("realtime", api="realtime", transport=Transport.WEBSOCKET, model="application"),
            ),
            free=("status", "result", "cancel", "upload", "upload_file", "upload_image"),
        ),
    ),
    functions=(
        Function(
            names=(
                "fal_client.run",
                "fal_client.run_async",
                "fal_client.subscribe",
                "fal_client.subscribe_async",
                "fal_client.submit",
                "fal_client.submit_async",
                "fal_client.stream",
                "fal_client.stream_async",
            ),
            api="prediction",
            model="application",
            positions=("application",),
        ),
    ),
    hosts=(Host(host="fal.run", paths=("/**",)), Host(host="queue.fal.run", paths=("/**",), free=("/**/requests/**",))),
)
