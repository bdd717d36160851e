"""Know Together's SDK: 1.x to 3.x clients, the helpers of the 0.2 and 1.x modules."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Host, Layer, Method, Provider, Transport

CLIENT = "together.Together"
API_PATHS = (
    "/v1/chat/completions",
    "/v1/completions",
    "/v1/embeddings",
    "/v1/images/generations",
    "/v1/rerank",
    "/v1/audio/speech",
    "/v1/audio/transcriptions",
    "/v1/audio/translations",
    "/v2/videos",
    "/v1/batches",
    "/v1/fine-tunes",
    "/inference",
)

PROVIDER: Final = Provider(
    name="together",
    layer=Layer.SDK,
    packages=("together",),
    source="together 3.1.1 introspected; 0.2 and 1.x from their published interface",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "together.Client", "together._client.Together", "together.client.Together"),
            views=("with_raw_response", "with_streaming_response"),
            same=("with_options", "copy"),
            model="",
            methods=(
                Method("chat.completions.create"),
                Method("completions.create", api="completions"),
                Method("embeddings.create", api="embeddings"),
                Method("images.generate", api="images"),
                Method("rerank.create", api="rerank"),
                Method("audio.speech.create", api="audio"),
                Method("audio.transcriptions.create", api="audio"),
                Method("audio.translations.create", api="audio"),
                Method("code_interpreter.execute", api="agent", model=""),
                Method("code_interpreter.run", api="agent", model="", note="1.x"),
                Method("beta.realtime.connect", api="realtime", transport=Transport.WEBSOCKET),
                Method("beta.realtime.transcription", api="realtime", transport=Transport.WEBSOCKET),
                Method("videos.create", Bills.JOB, "video"),
                Method("batches.create", Bills.JOB, "batch", model=""),
                Method("batches.create_batch", Bills.JOB, "batch", model="", note="1.x"),
                Method("evals.create", Bills.JOB, "evaluation", model=""),
                Method("evaluation.create", Bills.JOB, "evaluation", model="", note="1.x"),
                Method("fine_tuning.create", Bills.JOB, "fine-tuning"),
                Method("post_training.model_resources.create", Bills.JOB, "fine-tuning"),
                Method("post_training.prepare_for_fp4_inference.create", Bills.JOB, "fine-tuning"),
                Method("post_training.sessions.create", Bills.JOB, "fine-tuning", model=""),
                Method("post_training.operations.create_inference_checkpoint", Bills.JOB, "fine-tuning", model=""),
                Method("post_training.operations.create_training_checkpoint", Bills.JOB, "fine-tuning", model=""),
                Method("post_training.operations.custom_forward_backward", Bills.JOB, "fine-tuning", model=""),
                Method("post_training.operations.forward_backward", Bills.JOB, "fine-tuning", model=""),
                Method("post_training.operations.optim_step", Bills.JOB, "fine-tuning", model=""),
                Method("post_training.operations.sample", Bills.JOB, "fine-tuning", model=""),
                Method("endpoints.create", Bills.JOB, "compute", note="billed by time"),
                Method("endpoints.deployments.create", Bills.JOB, "compute", model="", note="billed by time"),
                Method("clusters.create", Bills.JOB, "compute", model="", note="billed by time"),
            ),
            free=(
                "batches.cancel",
                "endpoints.ab_experiments.create",
                "endpoints.adapters.create",
                "endpoints.rollouts.*",
                "endpoints.shadow_experiments.create",
                "files.upload",
                "files.content",
                "fine_tuning.cancel",
                "fine_tuning.estimate_price",
                "fine_tuning.preview",
                "models.create",
                "models.list",
                "models.upload",
                "post_training.operations.retrieve_custom_forward_backward",
                "post_training.operations.retrieve_forward_backward",
                "post_training.operations.retrieve_optim_step",
                "post_training.operations.retrieve_sample",
            ),
        ),
        ClientClass(
            names=("together.AsyncTogether", "together.AsyncClient", "together._client.AsyncTogether", "together.client.AsyncTogether"),
            bases=(CLIENT,),
            model="",
            asynchronous=True,
        ),
    ),
    functions=(
        Function(
            names=(
                "together.Complete.create",
                "together.Complete.create_streaming",
                "together.complete.Complete.create",
                "together.complete.Complete.create_streaming",
                "together.Completion.create",
                "together.Completion.acreate",
            ),
            api="completions",
        ),
        Function(names=("together.ChatCompletion.create", "together.ChatCompletion.acreate")),
        Function(names=("together.Embeddings.create", "together.Embedding.create"), api="embeddings"),
        Function(names=("together.Image.create",), api="images"),
        Function(names=("together.Finetune.create",), bills=Bills.JOB, api="fine-tuning"),
    ),
    hosts=(
        Host(host="api.together.ai", paths=API_PATHS, free=("/v1/models", "/v1/files")),
        Host(host="api.together.xyz", paths=API_PATHS, free=("/v1/models", "/v1/files")),
    ),
)
