"""Know ElevenLabs' SDK, which bills by character, second or minute."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Host, Layer, Method, Provider, Transport

CLIENT = "elevenlabs.client.ElevenLabs"
API_PATHS = (
    "/v1/text-to-speech/**",
    "/v1/text-to-dialogue",
    "/v1/text-to-dialogue/*",
    "/v1/speech-to-text",
    "/v1/speech-to-speech/**",
    "/v1/sound-generation",
    "/v1/voice-changer/*",
    "/v1/audio-isolation",
    "/v1/audio-isolation/stream",
    "/v1/music",
    "/v1/music/*",
    "/v1/text-to-voice/*",
    "/v1/dubbing",
    "/v1/flows/text-to-speech",
)

PROVIDER: Final = Provider(
    name="elevenlabs",
    layer=Layer.SDK,
    packages=("elevenlabs",),
    source="elevenlabs 2.78.0 introspected; 0.x functions from their published interface",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "elevenlabs.ElevenLabs", "elevenlabs.base_client.BaseElevenLabs"),
            views=("with_raw_response",),
            model="",
            methods=(
                Method("text_to_speech.convert", api="audio", model="model_id"),
                Method("text_to_speech.convert_as_stream", api="audio", model="model_id", note="1.x"),
                Method("text_to_speech.convert_realtime", api="audio", transport=Transport.WEBSOCKET, model="model_id"),
                Method("text_to_speech.convert_with_timestamps", api="audio", model="model_id"),
                Method("text_to_speech.stream", api="audio", model="model_id"),
                Method("text_to_speech.stream_with_timestamps", api="audio", model="model_id"),
                Method("text_to_dialogue.convert", api="audio", model="model_id"),
                Method("text_to_dialogue.convert_with_timestamps", api="audio", model="model_id"),
                Method("text_to_dialogue.stream", api="audio", model="model_id"),
                Method("text_to_dialogue.stream_with_timestamps", api="audio", model="model_id"),
                Method("text_to_sound_effects.convert", api="audio", model="model_id"),
                Method("text_to_voice.create", api="audio", model=""),
                Method("text_to_voice.create_previews", api="audio", model=""),
                Method("text_to_voice.design", api="audio", model="model_id"),
                Method("text_to_voice.remix", api="audio", model=""),
                Method("speech_to_speech.convert", api="audio", model="model_id"),
                Method("speech_to_speech.convert_as_stream", api="audio", model="model_id", note="1.x"),
                Method("speech_to_speech.stream", api="audio", model="model_id"),
                Method("speech_to_text.convert", api="audio", model="model_id"),
                Method("speech_to_text.realtime.connect", api="audio", transport=Transport.WEBSOCKET, model=""),
                Method("audio_isolation.convert", api="audio", model=""),
                Method("audio_isolation.stream", api="audio", model=""),
                Method("audio_isolation.audio_isolation", api="audio", model="", note="1.x"),
                Method("audio_isolation.audio_isolation_stream", api="audio", model="", note="1.x"),
                Method("voice_generation.generate", api="audio", model="", note="1.x"),
                Method("projects.convert", api="audio", model="", note="1.x"),
                Method("chapters.convert", api="audio", model="", note="1.x"),
                Method("studio.projects.convert", api="audio", model=""),
                Method("studio.projects.chapters.convert", api="audio", model=""),
                Method("flows.text_to_speech.create", api="audio", model=""),
                Method("flows.text_to_speech.create_and_wait", api="audio", model=""),
                Method("music.compose", api="audio", model="model_id"),
                Method("music.compose_detailed", api="audio", model="model_id"),
                Method("music.compose_detailed_stream", api="audio", model="model_id"),
                Method("music.stream", api="audio", model="model_id"),
                Method("music.separate_stems", api="audio", model=""),
                Method("music.video_to_music", api="audio", model=""),
                Method("forced_alignment.create", api="audio", model=""),
                Method("generate", api="audio", note="1.x"),
                Method("conversational_ai.agents.simulate_conversation", api="agent", model=""),
                Method("conversational_ai.agents.simulate_conversation_stream", api="agent", model=""),
                Method("conversational_ai.*.outbound_call", api="agent", model=""),
                Method("conversational_ai.batch_calls.create", Bills.JOB, "agent", model=""),
                Method("dubbing.create", Bills.JOB, "audio", model=""),
                Method("dubbing.dub_a_video_or_an_audio_file", Bills.JOB, "audio", model="", note="1.x"),
            ),
            free=(
                "models.list",
                "music.composition_plan.create",
                "music.upload",
                "voices.add",
                "voices.get_all",
                "voices.ivc.create",
                "voices.search",
            ),
        ),
        ClientClass(
            names=("elevenlabs.client.AsyncElevenLabs", "elevenlabs.AsyncElevenLabs", "elevenlabs.base_client.AsyncBaseElevenLabs"),
            bases=(CLIENT,),
            model="",
            asynchronous=True,
        ),
        ClientClass(
            names=(
                "elevenlabs.conversational_ai.conversation.Conversation",
                "elevenlabs.conversational_ai.conversation.AsyncConversation",
            ),
            model="agent_id",
            methods=(Method("start_session", api="realtime", transport=Transport.WEBSOCKET, model=""),),
        ),
    ),
    functions=(
        Function(names=("elevenlabs.generate", "elevenlabs.simple.generate"), api="audio", note="0.x"),
        Function(names=("elevenlabs.clone",), bills=Bills.FREE, api="audio", note="0.x"),
    ),
    hosts=(
        Host(host="api.elevenlabs.io", paths=API_PATHS, free=("/v1/voices", "/v1/models", "/v1/user")),
        Host(host="api.us.elevenlabs.io", paths=API_PATHS),
        Host(host="api.*.residency.elevenlabs.io", paths=API_PATHS),
    ),
)
