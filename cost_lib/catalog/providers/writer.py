"""Know Writer's SDK."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Host, Layer, Method, Provider

CLIENT = "writerai.Writer"

PROVIDER: Final = Provider(
    name="writer",
    layer=Layer.SDK,
    packages=("writer-sdk",),
    source="writer-sdk 3.0.0 introspected",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "writerai.Client", "writerai._client.Writer"),
            views=("with_raw_response", "with_streaming_response"),
            same=("with_options", "copy"),
            model="",
            methods=(
                Method("chat.chat"),
                Method("chat.parse"),
                Method("chat.stream"),
                Method("completions.create", api="completions"),
                Method("applications.generate_content", api="agent", model=""),
                Method("applications.jobs.create", Bills.JOB, "agent", model=""),
                Method("applications.jobs.retry", Bills.JOB, "agent", model=""),
                Method("graphs.question", api="agent", model=""),
                Method("tools.parse_pdf", api="ocr", model=""),
                Method("tools.web_search", api="search", model=""),
                Method("tools.ai_detect", api="task", model="", note="2.x"),
                Method("tools.comprehend.medical", api="task", model="", note="2.x"),
                Method("tools.context_aware_splitting", api="task", model="", note="2.x"),
                Method("translation.translate", api="task"),
                Method("vision.analyze", api="images"),
            ),
            free=(
                "applications.list",
                "files.upload",
                "files.retry",
                "graphs.create",
                "graphs.add_file_to_graph",
                "graphs.upload_and_add_file_to_graph",
                "models.list",
            ),
        ),
        ClientClass(
            names=("writerai.AsyncWriter", "writerai.AsyncClient", "writerai._client.AsyncWriter"),
            bases=(CLIENT,),
            model="",
            asynchronous=True,
        ),
    ),
    hosts=(
        Host(
            host="api.writer.com",
            paths=(
                "/v1/chat",
                "/v1/completions",
                "/v1/applications/*",
                "/v1/applications/*/jobs",
                "/v1/graphs/question",
                "/v1/vision",
                "/v1/translation",
                "/v1/tools/**",
            ),
            free=(
                "/v1/models",
                "/v1/files",
                "/v1/graphs",
            ),
        ),
    ),
)
