"""Know huggingface_hub's inference clients and the inference hosts."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Host, Layer, Method, Provider

CLIENT = "huggingface_hub.InferenceClient"

PROVIDER: Final = Provider(
    name="huggingface",
    layer=Layer.SDK,
    packages=("huggingface_hub",),
    source="huggingface_hub 2.4.0 introspected",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "huggingface_hub.inference._client.InferenceClient"),
            methods=(
                Method("chat.completions.create"),
                Method("chat_completion"),
                Method("text_generation", api="completions"),
                Method("conversational", note="0.x"),
                Method("feature_extraction", api="embeddings"),
                Method("sentence_similarity", api="embeddings"),
                Method("audio_classification", api="audio"),
                Method("audio_to_audio", api="audio"),
                Method("automatic_speech_recognition", api="audio"),
                Method("document_question_answering", api="task"),
                Method("fill_mask", api="task"),
                Method("image_classification", api="images"),
                Method("image_segmentation", api="images"),
                Method("image_to_image", api="images"),
                Method("image_to_text", api="images"),
                Method("image_to_video", api="video"),
                Method("object_detection", api="images"),
                Method("question_answering", api="task"),
                Method("summarization", api="task"),
                Method("table_question_answering", api="task"),
                Method("tabular_classification", api="task"),
                Method("tabular_regression", api="task"),
                Method("text_classification", api="task"),
                Method("text_to_image", api="images"),
                Method("text_to_speech", api="audio"),
                Method("text_to_video", api="video"),
                Method("token_classification", api="task"),
                Method("translation", api="task"),
                Method("visual_question_answering", api="images"),
                Method("zero_shot_classification", api="task"),
                Method("zero_shot_image_classification", api="images"),
            ),
            free=("get_endpoint_info", "get_model_status", "health_check", "list_deployed_models"),
        ),
        ClientClass(
            names=("huggingface_hub.AsyncInferenceClient", "huggingface_hub.inference._generated._async_client.AsyncInferenceClient"),
            bases=(CLIENT,),
            asynchronous=True,
        ),
        ClientClass(
            names=("huggingface_hub.InferenceApi", "huggingface_hub.inference_api.InferenceApi"),
            model="repo_id",
            methods=(Method("", api="task", model=""),),
        ),
        ClientClass(
            names=("huggingface_hub.MCPClient", "huggingface_hub.inference._mcp.mcp_client.MCPClient"),
            methods=(Method("process_single_turn_with_tools", model=""),),
            asynchronous=True,
        ),
        ClientClass(
            names=("huggingface_hub.Agent", "huggingface_hub.inference._mcp.agent.Agent"),
            methods=(Method("run", api="agent", model=""),),
            asynchronous=True,
        ),
    ),
    hosts=(
        Host(
            host="router.huggingface.co",
            paths=(
                "/v1/chat/completions",
                "/v1/responses",
                "/v1/embeddings",
                "/*/v1/chat/completions",
                "/*/v3/openai/chat/completions",
                "/*/models/**",
                "/hf-inference/models/**",
            ),
            free=("/v1/models",),
        ),
        Host(host="api-inference.huggingface.co", paths=("/models/**", "/pipeline/**", "/v1/chat/completions")),
        Host(host="*.endpoints.huggingface.cloud", paths=("/**",)),
    ),
)
