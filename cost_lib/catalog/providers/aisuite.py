"""Know aisuite, one client for many providers."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Layer, Method, Provider

PROVIDER: Final = Provider(
    name="aisuite",
    layer=Layer.FRAMEWORK,
    packages=("aisuite",),
    source="aisuite as published in November 2026, read in the package",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=("aisuite.Client", "aisuite.client.Client"),
            model="",
            methods=(Method("chat.completions.create"), Method("audio.transcriptions.create", api="audio")),
        ),
    ),
)
