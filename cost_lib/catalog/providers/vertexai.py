"""Know Vertex AI's Python modules: generative models, the PaLM language models, vision; they speak gRPC by default."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider, Transport

MODEL = "vertexai.generative_models.GenerativeModel"
CHAT = "vertexai.generative_models.ChatSession"
TEXT = "vertexai.language_models.TextGenerationModel"
CODE = "vertexai.language_models.CodeGenerationModel"
TEXT_CHAT = "vertexai.language_models.ChatModel"
CODE_CHAT = "vertexai.language_models.CodeChatModel"
TEXT_CHAT_SESSION = "vertexai.language_models.ChatSession"
EMBEDDING = "vertexai.language_models.TextEmbeddingModel"
IMAGE = "vertexai.vision_models.ImageGenerationModel"
CAPTION = "vertexai.vision_models.ImageCaptioningModel"
QUESTION = "vertexai.vision_models.ImageQnAModel"
IMAGE_TEXT = "vertexai.vision_models.ImageTextModel"
MULTIMODAL = "vertexai.vision_models.MultiModalEmbeddingModel"

PROVIDER: Final = Provider(
    name="gcp.vertex_ai",
    layer=Layer.SDK,
    packages=("google-cloud-aiplatform", "vertexai"),
    source="google-cloud-aiplatform 2.7.0; PaLM and vision classes from 1.x",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(
                MODEL,
                "vertexai.preview.generative_models.GenerativeModel",
                "vertexai.generative_models._generative_models.GenerativeModel",
            ),
            model="model_name",
            methods=(
                Method("generate_content", transport=Transport.GRPC, model=""),
                Method("generate_content_async", transport=Transport.GRPC, model=""),
                Method("start_chat", Bills.FREE, returns=CHAT, model=""),
            ),
            free=("count_tokens", "count_tokens_async", "compute_tokens", "compute_tokens_async"),
        ),
        ClientClass(
            names=(
                CHAT,
                "vertexai.preview.generative_models.ChatSession",
                "vertexai.generative_models._generative_models.ChatSession",
            ),
            model="",
            methods=(
                Method("send_message", transport=Transport.GRPC, model=""),
                Method("send_message_async", transport=Transport.GRPC, model=""),
            ),
        ),
        ClientClass(
            names=(
                TEXT,
                "vertexai.preview.language_models.TextGenerationModel",
                "vertexai.language_models._language_models.TextGenerationModel",
            ),
            model="",
            methods=(
                Method("predict", api="completions", transport=Transport.GRPC, model=""),
                Method("predict_async", api="completions", transport=Transport.GRPC, model=""),
                Method("predict_streaming", api="completions", transport=Transport.GRPC, model=""),
                Method("predict_streaming_async", api="completions", transport=Transport.GRPC, model=""),
                Method("batch_predict", Bills.JOB, "batch", Transport.GRPC, model=""),
                Method("tune_model", Bills.JOB, "fine-tuning", Transport.GRPC, model=""),
            ),
            free=("count_tokens",),
        ),
        ClientClass(
            names=(CODE, "vertexai.preview.language_models.CodeGenerationModel"),
            bases=(TEXT,),
            model="",
        ),
        ClientClass(
            names=(TEXT_CHAT, "vertexai.preview.language_models.ChatModel", "vertexai.language_models._language_models.ChatModel"),
            model="",
            methods=(Method("start_chat", Bills.FREE, returns=TEXT_CHAT_SESSION, model=""),),
        ),
        ClientClass(
            names=(CODE_CHAT, "vertexai.preview.language_models.CodeChatModel"),
            model="",
            methods=(Method("start_chat", Bills.FREE, returns=TEXT_CHAT_SESSION, model=""),),
        ),
        ClientClass(
            names=(
                TEXT_CHAT_SESSION,
                "vertexai.language_models.CodeChatSession",
                "vertexai.preview.language_models.ChatSession",
                "vertexai.preview.language_models.CodeChatSession",
            ),
            model="",
            methods=(
                Method("send_message", transport=Transport.GRPC, model=""),
                Method("send_message_async", transport=Transport.GRPC, model=""),
                Method("send_message_streaming", transport=Transport.GRPC, model=""),
                Method("send_message_streaming_async", transport=Transport.GRPC, model=""),
            ),
        ),
        ClientClass(
            names=(
                EMBEDDING,
                "vertexai.preview.language_models.TextEmbeddingModel",
                "vertexai.language_models._language_models.TextEmbeddingModel",
            ),
            model="",
            methods=(
                Method("get_embeddings", api="embeddings", transport=Transport.GRPC, model=""),
                Method("get_embeddings_async", api="embeddings", transport=Transport.GRPC, model=""),
                Method("batch_predict", Bills.JOB, "batch", Transport.GRPC, model=""),
            ),
        ),
        ClientClass(
            names=(IMAGE, "vertexai.preview.vision_models.ImageGenerationModel"),
            model="",
            methods=(
                Method("generate_images", api="images", transport=Transport.GRPC, model=""),
                Method("edit_image", api="images", transport=Transport.GRPC, model=""),
                Method("upscale_image", api="images", transport=Transport.GRPC, model=""),
            ),
        ),
        ClientClass(
            names=(CAPTION, "vertexai.preview.vision_models.ImageCaptioningModel"),
            model="",
            methods=(Method("get_captions", api="images", transport=Transport.GRPC, model=""),),
        ),
        ClientClass(
            names=(QUESTION, "vertexai.preview.vision_models.ImageQnAModel"),
            model="",
            methods=(Method("ask_question", api="images", transport=Transport.GRPC, model=""),),
        ),
        ClientClass(
            names=(IMAGE_TEXT, "vertexai.preview.vision_models.ImageTextModel"),
            bases=(CAPTION, QUESTION),
            model="",
        ),
        ClientClass(
            names=(MULTIMODAL, "vertexai.preview.vision_models.MultiModalEmbeddingModel"),
            model="",
            methods=(Method("get_embeddings", api="embeddings", transport=Transport.GRPC, model=""),),
        ),
        # The generated clients underneath.
        ClientClass(
            names=(
                "google.cloud.aiplatform_v1.PredictionServiceClient",
                "google.cloud.aiplatform_v1.PredictionServiceAsyncClient",
                "google.cloud.aiplatform_v1beta1.PredictionServiceClient",
                "google.cloud.aiplatform_v1beta1.PredictionServiceAsyncClient",
            ),
            model="",
            methods=(
                Method("generate_content", transport=Transport.GRPC),
                Method("stream_generate_content", transport=Transport.GRPC),
            ),
            # What a custom endpoint predicts is billed by the node hour.
            free=("predict", "raw_predict"),
        ),
    ),
    functions=(
        Function(
            names=(
                "vertexai.generative_models.GenerativeModel.from_cached_content",
                "vertexai.preview.generative_models.GenerativeModel.from_cached_content",
            ),
            bills=Bills.FREE,
            api="",
            returns=MODEL,
            model="",
        ),
        Function(
            names=(
                "vertexai.language_models.TextGenerationModel.from_pretrained",
                "vertexai.preview.language_models.TextGenerationModel.from_pretrained",
                "vertexai.language_models.TextGenerationModel.get_tuned_model",
                "vertexai.preview.language_models.TextGenerationModel.get_tuned_model",
            ),
            bills=Bills.FREE,
            api="",
            returns=TEXT,
            model="model_name",
            positions=("model_name",),
        ),
        Function(
            names=(
                "vertexai.language_models.CodeGenerationModel.from_pretrained",
                "vertexai.preview.language_models.CodeGenerationModel.from_pretrained",
            ),
            bills=Bills.FREE,
            api="",
            returns=CODE,
            model="model_name",
            positions=("model_name",),
        ),
        Function(
            names=(
                "vertexai.language_models.ChatModel.from_pretrained",
                "vertexai.preview.language_models.ChatModel.from_pretrained",
            ),
            bills=Bills.FREE,
            api="",
            returns=TEXT_CHAT,
            model="model_name",
            positions=("model_name",),
        ),
        Function(
            names=(
                "vertexai.language_models.CodeChatModel.from_pretrained",
                "vertexai.preview.language_models.CodeChatModel.from_pretrained",
            ),
            bills=Bills.FREE,
            api="",
            returns=CODE_CHAT,
            model="model_name",
            positions=("model_name",),
        ),
        Function(
            names=(
                "vertexai.language_models.TextEmbeddingModel.from_pretrained",
                "vertexai.preview.language_models.TextEmbeddingModel.from_pretrained",
            ),
            bills=Bills.FREE,
            api="",
            returns=EMBEDDING,
            model="model_name",
            positions=("model_name",),
        ),
        Function(
            names=(
                "vertexai.vision_models.ImageGenerationModel.from_pretrained",
                "vertexai.preview.vision_models.ImageGenerationModel.from_pretrained",
            ),
            bills=Bills.FREE,
            api="",
            returns=IMAGE,
            model="model_name",
            positions=("model_name",),
        ),
        Function(
            names=(
                "vertexai.vision_models.ImageCaptioningModel.from_pretrained",
                "vertexai.preview.vision_models.ImageCaptioningModel.from_pretrained",
            ),
            bills=Bills.FREE,
            api="",
            returns=CAPTION,
            model="model_name",
            positions=("model_name",),
        ),
        Function(
            names=(
                "vertexai.vision_models.ImageQnAModel.from_pretrained",
                "vertexai.preview.vision_models.ImageQnAModel.from_pretrained",
            ),
            bills=Bills.FREE,
            api="",
            returns=QUESTION,
            model="model_name",
            positions=("model_name",),
        ),
        Function(
            names=(
                "vertexai.vision_models.ImageTextModel.from_pretrained",
                "vertexai.preview.vision_models.ImageTextModel.from_pretrained",
            ),
            bills=Bills.FREE,
            api="",
            returns=IMAGE_TEXT,
            model="model_name",
            positions=("model_name",),
        ),
        Function(
            names=(
                "vertexai.vision_models.MultiModalEmbeddingModel.from_pretrained",
                "vertexai.preview.vision_models.MultiModalEmbeddingModel.from_pretrained",
            ),
            bills=Bills.FREE,
            api="",
            returns=MULTIMODAL,
            model="model_name",
            positions=("model_name",),
        ),
        Function(
            names=("vertexai.tuning.sft.train", "vertexai.preview.tuning.sft.train"),
            bills=Bills.JOB,
            api="fine-tuning",
            transport=Transport.GRPC,
            model="source_model",
        ),
        Function(
            names=("vertexai.batch_prediction.BatchPredictionJob.submit", "vertexai.preview.batch_prediction.BatchPredictionJob.submit"),
            bills=Bills.JOB,
            api="batch",
            transport=Transport.GRPC,
            model="source_model",
        ),
        Function(
            names=("vertexai.caching.CachedContent.create", "vertexai.preview.caching.CachedContent.create"),
            bills=Bills.STORAGE,
            api="storage",
            transport=Transport.GRPC,
            model="model_name",
        ),
    ),
)
