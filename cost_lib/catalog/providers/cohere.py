"""Know Cohere's SDK: v1 and v2 clients, their AWS and OCI variants."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Host, Layer, Method, Provider

CLIENT = "cohere.Client"
CLIENT_V2 = "cohere.ClientV2"

API_PATHS = (
    "/v1/chat",
    "/v2/chat",
    "/v1/embed",
    "/v2/embed",
    "/v1/rerank",
    "/v2/rerank",
    "/v1/generate",
    "/v1/summarize",
    "/v1/classify",
    "/v2/parse",
    "/v2/batches",
    "/v1/embed-jobs",
    "/v2/audio/transcriptions",
    "/compatibility/v1/chat/completions",
    "/compatibility/v1/embeddings",
    "/generate",
    "/embed",
)
FREE_PATHS = ("/v1/tokenize", "/v1/detokenize", "/v1/models", "/v1/check-api-key")

PROVIDER: Final = Provider(
    name="cohere",
    layer=Layer.SDK,
    packages=("cohere",),
    source="cohere 7.3.1 introspected; 4.x and 5.x from their published interface",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "cohere.client.Client", "cohere.base_client.BaseCohere"),
            views=("with_raw_response",),
            model="",
            methods=(
                Method("chat"),
                Method("chat_stream"),
                Method("generate", api="completions"),
                Method("generate_stream", api="completions"),
                Method("batch_generate", api="completions", note="4.x"),
                Method("summarize", api="completions"),
                Method("classify", api="completions"),
                Method("embed", api="embeddings", note="sends several requests for long lists"),
                Method("embed_stream", api="embeddings"),
                Method("rerank", api="rerank"),
                Method("v2.chat"),
                Method("v2.chat_stream"),
                Method("v2.embed", api="embeddings"),
                Method("v2.rerank", api="rerank"),
                Method("v2.parse", api="ocr"),
                Method("audio.transcriptions.create", api="audio"),
                Method("batches.create", Bills.JOB, "batch", model=""),
                Method("embed_jobs.create", Bills.JOB, "batch"),
                Method("create_embed_job", Bills.JOB, "batch"),
                Method("finetuning.create_finetuned_model", Bills.JOB, "fine-tuning", model=""),
                Method("create_custom_model", Bills.JOB, "fine-tuning", model="", note="4.x"),
                Method("create_cluster_job", Bills.JOB, "batch", note="4.x"),
            ),
            free=(
                "batch_tokenize",
                "batch_detokenize",
                "batches.cancel",
                "check_api_key",
                "connectors.create",
                "connectors.o_auth_authorize",
                "create_connector",
                "create_dataset",
                "datasets.create",
                "detect_language",
                "detokenize",
                "cancel_embed_job",
                "embed_jobs.cancel",
                "get_custom_model",
                "list_custom_models",
                "wait_for_custom_model",
                "fetch_tokenizer",
                "generate_feedback",
                "generate_preference_feedback",
                "loglikelihood",
                "models.get",
                "models.list",
                "tokenize",
                "update_connector",
            ),
        ),
        ClientClass(
            names=("cohere.AsyncClient", "cohere.client.AsyncClient", "cohere.base_client.AsyncBaseCohere"),
            bases=(CLIENT,),
            model="",
            asynchronous=True,
        ),
        ClientClass(
            names=(CLIENT_V2, "cohere.client_v2.ClientV2", "cohere.v2.client.V2Client"),
            bases=(CLIENT,),
            model="",
            methods=(Method("parse", api="ocr"),),
        ),
        ClientClass(
            names=("cohere.AsyncClientV2", "cohere.client_v2.AsyncClientV2", "cohere.v2.client.AsyncV2Client"),
            bases=(CLIENT_V2,),
            model="",
            asynchronous=True,
        ),
        ClientClass(
            names=(
                "cohere.BedrockClient",
                "cohere.bedrock_client.BedrockClient",
                "cohere.AwsClient",
                "cohere.aws_client.AwsClient",
                "cohere.SagemakerClient",
                "cohere.sagemaker_client.SagemakerClient",
                "cohere_aws.Client",
            ),
            bases=(CLIENT,),
            provider="aws.bedrock",
            model="",
        ),
        ClientClass(
            names=(
                "cohere.BedrockClientV2",
                "cohere.bedrock_client.BedrockClientV2",
                "cohere.aws_client.AwsClientV2",
                "cohere.SagemakerClientV2",
                "cohere.sagemaker_client.SagemakerClientV2",
            ),
            bases=(CLIENT_V2,),
            provider="aws.bedrock",
            model="",
        ),
        ClientClass(
            names=("cohere.OciClient", "cohere.oci_client.OciClient"),
            bases=(CLIENT,),
            provider="oci",
            model="",
        ),
        ClientClass(
            names=("cohere.OciClientV2", "cohere.oci_client.OciClientV2"),
            bases=(CLIENT_V2,),
            provider="oci",
            model="",
        ),
    ),
    hosts=(
        Host(host="api.cohere.com", paths=API_PATHS, free=FREE_PATHS),
        Host(host="api.cohere.ai", paths=API_PATHS, free=FREE_PATHS),
    ),
)
