"""Know Cartesia's SDK, which bills by character or second."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Host, Layer, Method, Provider, Transport

CLIENT = "cartesia.Cartesia"
FIRST = "cartesia.tts.CartesiaTTS"

PROVIDER: Final = Provider(
    name="cartesia",
    layer=Layer.SDK,
    packages=("cartesia",),
    source="cartesia 4.2.0 introspected",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "cartesia.Client", "cartesia._client.Cartesia", "cartesia.client.Cartesia"),
            views=("with_raw_response", "with_streaming_response"),
            same=("with_options", "copy"),
            model="",
            methods=(
                Method("tts.bytes", api="audio", model="model_id"),
                Method("tts.generate", api="audio", model="model_id"),
                Method("tts.generate_sse", api="audio", model="model_id"),
                Method("tts.infill", api="audio", model="model_id"),
                Method("tts.sse", api="audio", model="model_id"),
                Method("tts.websocket", api="audio", transport=Transport.WEBSOCKET, model=""),
                Method("tts.websocket_connect", api="audio", transport=Transport.WEBSOCKET, model=""),
                Method("infill.bytes", api="audio", model="model_id", note="1.x"),
                Method("stt.transcribe", api="audio"),
                Method("stt.auto_finalize.websocket", api="audio", transport=Transport.WEBSOCKET),
                Method("stt.manual_finalize.websocket", api="audio", transport=Transport.WEBSOCKET),
                Method("stt.websocket", api="audio", transport=Transport.WEBSOCKET),
                Method("voice_changer.generate", api="audio", model="model_id"),
                Method("voice_changer.generate_sse", api="audio", model="model_id"),
                Method("voice_changer.change_voice_bytes", api="audio", model="model_id"),
                Method("voice_changer.change_voice_sse", api="audio", model="model_id"),
                Method("voice_changer.bytes", api="audio", model="model_id", note="1.x"),
                Method("voice_changer.sse", api="audio", model="model_id", note="1.x"),
                Method("voices.clone", api="audio", model=""),
                Method("voices.localize", api="audio", model=""),
                Method("fine_tunes.create", Bills.JOB, "fine-tuning", model="model_id"),
            ),
            free=("access_token.create", "datasets.create", "voices.create", "voices.list", "voices.mix"),
        ),
        ClientClass(
            names=("cartesia.AsyncCartesia", "cartesia.AsyncClient", "cartesia._client.AsyncCartesia", "cartesia.client.AsyncCartesia"),
            bases=(CLIENT,),
            model="",
            asynchronous=True,
        ),
        ClientClass(
            names=(FIRST, "cartesia.CartesiaTTS", "cartesia.tts.AsyncCartesiaTTS", "cartesia.AsyncCartesiaTTS"),
            model="",
            methods=(Method("generate", api="audio", model="model_id", note="0.x"),),
            free=("get_voices", "get_voice_embedding"),
        ),
    ),
    hosts=(
        Host(
            host="api.cartesia.ai",
            paths=("/tts/bytes", "/tts/sse", "/tts/websocket", "/stt", "/stt/*", "/infill/bytes", "/voice-changer/*", "/voices/clone"),
        ),
    ),
)
