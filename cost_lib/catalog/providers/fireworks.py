"""Know Fireworks' SDK: the 1.x client and the 0.x ``fireworks.client`` module."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Host, Layer, Method, Provider

CLIENT = "fireworks.Fireworks"

PROVIDER: Final = Provider(
    name="fireworks",
    layer=Layer.SDK,
    packages=("fireworks-ai",),
    source="fireworks-ai 1.2.28 introspected; 0.x from its published interface",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "fireworks.Client", "fireworks._client.Fireworks", "fireworks.client.Fireworks"),
            views=("with_raw_response", "with_streaming_response"),
            same=("with_options", "copy"),
            model="",
            methods=(
                Method("chat.completions.create"),
                Method("chat.completions.acreate", note="0.x"),
                Method("completions.create", api="completions"),
                Method("completions.acreate", api="completions", note="0.x"),
                Method("completion.create", api="completions", note="0.x"),
                Method("messages.create", api="messages"),
                Method("embeddings.create", api="embeddings", note="0.x"),
                Method("batch_inference_jobs.create", Bills.JOB, "batch"),
                Method("evaluation_jobs.create", Bills.JOB, "evaluation", model=""),
                Method("dpo_jobs.create", Bills.JOB, "fine-tuning", model=""),
                Method("supervised_fine_tuning_jobs.create", Bills.JOB, "fine-tuning", model="base_model"),
                Method("reinforcement_fine_tuning_jobs.create", Bills.JOB, "fine-tuning", model=""),
                Method("reinforcement_fine_tuning_steps.create", Bills.JOB, "fine-tuning", model=""),
                Method("deployments.create", Bills.JOB, "compute", model="base_model", note="billed by time"),
            ),
            free=("accounts.get", "datasets.create", "deployments.scale", "evaluators.create", "lora.load", "models.create", "models.list"),
        ),
        ClientClass(
            names=(
                "fireworks.AsyncFireworks",
                "fireworks.AsyncClient",
                "fireworks._client.AsyncFireworks",
                "fireworks.client.AsyncFireworks",
            ),
            bases=(CLIENT,),
            model="",
            asynchronous=True,
        ),
        ClientClass(
            names=("fireworks.LLM", "fireworks.llm.LLM"),
            methods=(
                Method("chat.completions.create", model=""),
                Method("chat.completions.acreate", model=""),
                Method("completions.create", api="completions", model=""),
                Method("completions.acreate", api="completions", model=""),
            ),
        ),
        ClientClass(
            names=("fireworks.client.image.ImageInference",),
            methods=(
                Method("text_to_image", api="images", model=""),
                Method("text_to_image_async", api="images", model=""),
                Method("image_to_image", api="images", model=""),
                Method("image_to_image_async", api="images", model=""),
                Method("control_net", api="images", model=""),
            ),
        ),
    ),
    functions=(
        Function(names=("fireworks.client.ChatCompletion.create", "fireworks.client.ChatCompletion.acreate")),
        Function(names=("fireworks.client.Completion.create", "fireworks.client.Completion.acreate"), api="completions"),
        Function(names=("fireworks.client.Embedding.create", "fireworks.client.Embedding.acreate"), api="embeddings"),
        Function(names=("fireworks.client.Rerank.create", "fireworks.client.Rerank.acreate"), api="rerank"),
    ),
    hosts=(
        Host(
            host="api.fireworks.ai",
            paths=(
                "/inference/v1/chat/completions",
                "/inference/v1/completions",
                "/inference/v1/responses",
                "/inference/v1/messages",
                "/inference/v1/embeddings",
                "/inference/v1/rerank",
                "/inference/v1/image_generation/**",
                "/inference/v1/workflows/**",
            ),
            free=("/inference/v1/models",),
        ),
    ),
)
