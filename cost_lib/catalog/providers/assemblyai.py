"""Know AssemblyAI's SDK: transcription, speech, the LLM gateway and the former LeMUR."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Host, Layer, Method, Provider, Transport

TRANSCRIBER = "assemblyai.Transcriber"
LIVE = "assemblyai.SyncTranscriber"
GATEWAY = "assemblyai.LLMGateway"
SPEECH = "assemblyai.TextToSpeech"
LEMUR = "assemblyai.Lemur"

PROVIDER: Final = Provider(
    name="assemblyai",
    layer=Layer.SDK,
    packages=("assemblyai",),
    source="assemblyai 1.8.2 introspected; 0.x from its published interface",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(TRANSCRIBER, "assemblyai.transcriber.Transcriber", "assemblyai.prerecorded.v2.client.Transcriber"),
            model="",
            methods=(
                Method("transcribe", api="audio", model=""),
                Method("transcribe_async", api="audio", model=""),
                Method("transcribe_group", api="audio", model=""),
                Method("transcribe_group_async", api="audio", model=""),
                Method("submit", api="audio", model=""),
                Method("submit_group", api="audio", model=""),
            ),
            free=("list_transcripts", "upload_file"),
        ),
        ClientClass(
            names=("assemblyai.AsyncTranscriber", "assemblyai.prerecorded.v2.async_client.AsyncTranscriber"),
            bases=(TRANSCRIBER,),
            model="",
            asynchronous=True,
        ),
        ClientClass(
            names=(LIVE, "assemblyai.AsyncSyncTranscriber", "assemblyai.DictationTranscriber", "assemblyai.AsyncDictationTranscriber"),
            model="",
            methods=(
                Method("transcribe", api="audio", model=""),
                Method("transcribe_async", api="audio", model=""),
                Method("transcribe_live", api="audio", transport=Transport.WEBSOCKET, model=""),
                Method("open_live", api="audio", transport=Transport.WEBSOCKET, model=""),
            ),
        ),
        ClientClass(
            names=("assemblyai.RealtimeTranscriber", "assemblyai.streaming.v3.StreamingClient"),
            model="",
            methods=(Method("connect", api="audio", transport=Transport.WEBSOCKET, model=""),),
        ),
        ClientClass(
            names=(GATEWAY, "assemblyai.llm_gateway.v1.client.LLMGateway"),
            model="",
            methods=(Method("chat.completions.create"),),
        ),
        ClientClass(
            names=("assemblyai.AsyncLLMGateway", "assemblyai.llm_gateway.v1.async_client.AsyncLLMGateway"),
            bases=(GATEWAY,),
            model="",
            asynchronous=True,
        ),
        ClientClass(
            names=(SPEECH, "assemblyai.AsyncTextToSpeech"),
            model="",
            methods=(
                Method("synthesize", api="audio", model=""),
                Method("stream", api="audio", transport=Transport.WEBSOCKET, model=""),
            ),
        ),
        ClientClass(
            names=(LEMUR,),
            model="",
            methods=(
                Method("task", model="final_model"),
                Method("summarize", model="final_model"),
                Method("question", model="final_model"),
                Method("action_items", model="final_model"),
            ),
        ),
    ),
    hosts=(
        Host(host="api.assemblyai.com", paths=("/v2/transcript", "/v2/realtime/ws", "/lemur/v3/generate/*"), free=("/v2/upload",)),
        Host(host="api.eu.assemblyai.com", paths=("/v2/transcript", "/v2/realtime/ws", "/lemur/v3/generate/*"), free=("/v2/upload",)),
        Host(host="llm-gateway.assemblyai.com", paths=("/v1/chat/completions",)),
    ),
)
