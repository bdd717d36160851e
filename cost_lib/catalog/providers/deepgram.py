"""Know Deepgram's SDK: current clients and the versioned look-ups of 3.x."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Host, Layer, Method, Provider, Transport

CLIENT = "deepgram.DeepgramClient"
LISTEN = "deepgram.ListenRESTClient"
LISTEN_LIVE = "deepgram.ListenWebSocketClient"
SPEAK = "deepgram.SpeakRESTClient"
SPEAK_LIVE = "deepgram.SpeakWebSocketClient"
READ = "deepgram.ReadClient"

PROVIDER: Final = Provider(
    name="deepgram",
    layer=Layer.SDK,
    packages=("deepgram-sdk",),
    source="deepgram-sdk 7.17.0 introspected; 2.x to 4.x from their published interface",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "deepgram.client.DeepgramClient"),
            views=("with_raw_response",),
            model="",
            methods=(
                Method("listen.v1.media.transcribe_file", api="audio"),
                Method("listen.v1.media.transcribe_url", api="audio"),
                Method("listen.v1.connect", api="audio", transport=Transport.WEBSOCKET),
                Method("listen.v2.connect", api="audio", transport=Transport.WEBSOCKET),
                Method("read.v1.text.analyze", api="audio", model=""),
                Method("speak.v1.audio.generate", api="audio"),
                Method("speak.v2.audio.generate", api="audio"),
                Method("speak.v1.connect", api="audio", transport=Transport.WEBSOCKET),
                Method("speak.v2.connect", api="audio", transport=Transport.WEBSOCKET),
                Method("agent.v1.connect", api="realtime", transport=Transport.WEBSOCKET),
                # 3.x and 4.x ask for the version: `client.listen.rest.v("1").transcribe_file(...)`.
                Method("listen.rest.v", Bills.FREE, returns=LISTEN, model=""),
                Method("listen.prerecorded.v", Bills.FREE, returns=LISTEN, model=""),
                Method("listen.asyncrest.v", Bills.FREE, returns=LISTEN, model=""),
                Method("listen.asyncprerecorded.v", Bills.FREE, returns=LISTEN, model=""),
                Method("listen.live.v", Bills.FREE, returns=LISTEN_LIVE, model=""),
                Method("listen.asynclive.v", Bills.FREE, returns=LISTEN_LIVE, model=""),
                Method("listen.websocket.v", Bills.FREE, returns=LISTEN_LIVE, model=""),
                Method("listen.asyncwebsocket.v", Bills.FREE, returns=LISTEN_LIVE, model=""),
                Method("speak.v", Bills.FREE, returns=SPEAK, model=""),
                Method("speak.rest.v", Bills.FREE, returns=SPEAK, model=""),
                Method("speak.asyncrest.v", Bills.FREE, returns=SPEAK, model=""),
                Method("speak.websocket.v", Bills.FREE, returns=SPEAK_LIVE, model=""),
                Method("read.v", Bills.FREE, returns=READ, model=""),
                Method("read.analyze.v", Bills.FREE, returns=READ, model=""),
            ),
        ),
        ClientClass(
            names=("deepgram.AsyncDeepgramClient", "deepgram.client.AsyncDeepgramClient"), bases=(CLIENT,), model="", asynchronous=True
        ),
        ClientClass(
            names=(LISTEN, "deepgram.AsyncListenRESTClient", "deepgram.PreRecordedClient", "deepgram.AsyncPreRecordedClient"),
            model="",
            methods=(
                Method("transcribe_file", api="audio", model=""),
                Method("transcribe_url", api="audio", model=""),
                Method("transcribe_file_callback", api="audio", model=""),
                Method("transcribe_url_callback", api="audio", model=""),
            ),
        ),
        ClientClass(
            names=(LISTEN_LIVE, "deepgram.AsyncListenWebSocketClient", "deepgram.LiveClient", "deepgram.AsyncLiveClient"),
            model="",
            methods=(Method("start", api="audio", transport=Transport.WEBSOCKET, model=""),),
        ),
        ClientClass(
            names=(SPEAK, "deepgram.AsyncSpeakRESTClient", "deepgram.SpeakClient"),
            model="",
            methods=(
                Method("save", api="audio", model=""),
                Method("stream", api="audio", model=""),
                Method("stream_memory", api="audio", model=""),
                Method("stream_raw", api="audio", model=""),
            ),
        ),
        ClientClass(
            names=(SPEAK_LIVE, "deepgram.AsyncSpeakWebSocketClient"),
            model="",
            methods=(Method("start", api="audio", transport=Transport.WEBSOCKET, model=""),),
        ),
        ClientClass(
            names=(READ, "deepgram.AnalyzeClient", "deepgram.AsyncAnalyzeClient"),
            model="",
            methods=(Method("analyze_text", api="audio", model=""), Method("analyze_url", api="audio", model="")),
        ),
        ClientClass(
            names=("deepgram.Deepgram",),
            model="",
            methods=(
                Method("transcription.prerecorded", api="audio", model="", note="2.x"),
                Method("transcription.sync_prerecorded", api="audio", model="", note="2.x"),
                Method("transcription.live", api="audio", transport=Transport.WEBSOCKET, model="", note="2.x"),
            ),
        ),
    ),
    hosts=(
        Host(host="api.deepgram.com", paths=("/v1/listen", "/v2/listen", "/v1/speak", "/v2/speak", "/v1/read")),
        Host(host="agent.deepgram.com", paths=("/v1/agent/converse", "/agent")),
    ),
)
