"""Know Runway's SDK and host: images, video and sound as jobs."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Host, Layer, Method, Provider

CLIENT = "runwayml.RunwayML"

PROVIDER: Final = Provider(
    name="runwayml",
    layer=Layer.SDK,
    packages=("runwayml",),
    source="runwayml as published in November 2026, read in the package",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "runwayml.Client", "runwayml._client.RunwayML"),
            views=("with_raw_response", "with_streaming_response"),
            same=("with_options", "copy"),
            model="",
            methods=(
                Method("realtime_sessions.create", api="realtime"),
                Method("avatar_videos.create", Bills.JOB, "video"),
                Method("character_performance.create", Bills.JOB, "video"),
                Method("generate.*.create", Bills.JOB, "images"),
                Method("image_to_video.create", Bills.JOB, "video"),
                Method("image_upscale.create", Bills.JOB, "images"),
                Method("recipes.*", Bills.JOB, "video"),
                Method("sound_effect.create", Bills.JOB, "audio"),
                Method("speech_to_speech.create", Bills.JOB, "audio"),
                Method("text_to_image.create", Bills.JOB, "images"),
                Method("text_to_speech.create", Bills.JOB, "audio"),
                Method("text_to_video.create", Bills.JOB, "video"),
                Method("video_to_audio.create", Bills.JOB, "audio"),
                Method("video_to_hdr.create", Bills.JOB, "video"),
                Method("video_to_video.create", Bills.JOB, "video"),
                Method("video_upscale.create", Bills.JOB, "video"),
                Method("voice_dubbing.create", Bills.JOB, "audio"),
                Method("voice_isolation.create", Bills.JOB, "audio"),
                Method("voices.preview", Bills.JOB, "audio"),
                Method("workflows.run", Bills.JOB, "video", model=""),
            ),
            free=("avatars.create", "documents.create", "tasks.retrieve", "uploads.create_ephemeral", "voices.create"),
        ),
        ClientClass(
            names=("runwayml.AsyncRunwayML", "runwayml.AsyncClient", "runwayml._client.AsyncRunwayML"),
            bases=(CLIENT,),
            model="",
            asynchronous=True,
        ),
    ),
    hosts=(
        Host(
            host="api.dev.runwayml.com",
            paths=(
                "/v1/image_to_video",
                "/v1/text_to_video",
                "/v1/video_to_video",
                "/v1/text_to_image",
                "/v1/image_upscale",
                "/v1/video_upscale",
                "/v1/character_performance",
                "/v1/text_to_speech",
                "/v1/sound_effect",
            ),
        ),
    ),
)
