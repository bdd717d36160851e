"""Know Amazon Bedrock as reached through boto3, aioboto3, botocore and aiobotocore.

Service clients have no importable class; the classes here are named ``boto3.<service>`` and produced by the factories'
literal argument. The names of the type stubs stand beside them, since they serve as annotations.
"""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, Choice, ClientClass, Function, Host, Layer, Method, Provider, Transport

RUNTIME = "boto3.bedrock-runtime"
AGENT_RUNTIME = "boto3.bedrock-agent-runtime"
AGENT_CORE = "boto3.bedrock-agentcore"
CONTROL = "boto3.bedrock"
SAGEMAKER = "boto3.sagemaker-runtime"

SERVICES = (
    ("bedrock-runtime", RUNTIME),
    ("bedrock-agent-runtime", AGENT_RUNTIME),
    ("bedrock-agentcore", AGENT_CORE),
    ("bedrock", CONTROL),
    ("sagemaker-runtime", SAGEMAKER),
    ("runtime.sagemaker", SAGEMAKER),
)

CLIENT = Choice(argument="service_name", position=0, values=SERVICES)
RUNTIME_PATHS: Final = (
    "/model/*/converse",
    "/model/*/converse-stream",
    "/model/*/invoke",
    "/model/*/invoke-with-response-stream",
    "/model/*/invoke-with-bidirectional-stream",
    "/async-invoke",
    "/guardrail/*/version/*/apply",
    "/guardrail-checks/invoke",
    "/openai/v1/chat/completions",
)

PROVIDER: Final = Provider(
    name="aws.bedrock",
    layer=Layer.SDK,
    packages=("boto3", "botocore", "aioboto3", "aiobotocore"),
    source="botocore 1.44.5 service models, boto3 1.44.5, aioboto3 15.5.0",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=("boto3.Session", "boto3.session.Session"),
            model="",
            methods=(Method("client", Bills.FREE, "", choice=CLIENT, model=""),),
        ),
        ClientClass(
            names=("aioboto3.Session", "aioboto3.session.Session"),
            model="",
            asynchronous=True,
            methods=(Method("client", Bills.FREE, "", choice=CLIENT, model=""),),
        ),
        ClientClass(
            names=("botocore.session.Session",),
            model="",
            methods=(Method("create_client", Bills.FREE, "", choice=CLIENT, model=""),),
        ),
        ClientClass(
            names=("aiobotocore.session.AioSession",),
            model="",
            asynchronous=True,
            methods=(Method("create_client", Bills.FREE, "", choice=CLIENT, model=""),),
        ),
        ClientClass(
            names=(
                RUNTIME,
                "mypy_boto3_bedrock_runtime.BedrockRuntimeClient",
                "mypy_boto3_bedrock_runtime.client.BedrockRuntimeClient",
                "types_boto3_bedrock_runtime.BedrockRuntimeClient",
                "types_boto3_bedrock_runtime.client.BedrockRuntimeClient",
                "types_aioboto3_bedrock_runtime.BedrockRuntimeClient",
                "types_aioboto3_bedrock_runtime.client.BedrockRuntimeClient",
                "types_aiobotocore_bedrock_runtime.BedrockRuntimeClient",
                "types_aiobotocore_bedrock_runtime.client.BedrockRuntimeClient",
            ),
            model="",
            methods=(
                Method("converse", model="modelId"),
                Method("converse_stream", model="modelId"),
                Method("invoke_model", model="modelId"),
                Method("invoke_model_with_response_stream", model="modelId"),
                Method("invoke_model_with_bidirectional_stream", api="realtime", model="modelId"),
                Method("apply_guardrail", api="moderation", model=""),
                Method("invoke_guardrail_checks", api="moderation", model=""),
                Method("start_async_invoke", Bills.JOB, "video", model="modelId"),
            ),
            free=("count_tokens", "get_async_invoke", "list_async_invokes"),
        ),
        ClientClass(
            names=(
                AGENT_RUNTIME,
                "mypy_boto3_bedrock_agent_runtime.AgentsforBedrockRuntimeClient",
                "mypy_boto3_bedrock_agent_runtime.client.AgentsforBedrockRuntimeClient",
                "types_boto3_bedrock_agent_runtime.AgentsforBedrockRuntimeClient",
                "types_boto3_bedrock_agent_runtime.client.AgentsforBedrockRuntimeClient",
                "types_aiobotocore_bedrock_agent_runtime.AgentsforBedrockRuntimeClient",
                "types_aiobotocore_bedrock_agent_runtime.client.AgentsforBedrockRuntimeClient",
            ),
            model="",
            methods=(
                Method("invoke_agent", api="agent", model=""),
                Method("invoke_inline_agent", api="agent", model="foundationModel"),
                Method("invoke_flow", api="agent", model=""),
                Method("start_flow_execution", api="agent", model=""),
                Method("retrieve", api="search", model=""),
                Method("retrieve_and_generate", api="agent", model=""),
                Method("retrieve_and_generate_stream", api="agent", model=""),
                Method("agentic_retrieve_stream", api="agent", model=""),
                Method("generate_query", api="agent", model=""),
                Method("optimize_prompt", api="agent", model="targetModelId"),
                Method("rerank", api="rerank", model=""),
            ),
            free=(
                "create_invocation",
                "create_session",
                "delete_agent_memory",
                "end_session",
                "get_agent_memory",
                "get_execution_flow_snapshot",
                "get_flow_execution",
                "get_session",
                "list_sessions",
                "put_invocation_step",
                "stop_flow_execution",
                "update_session",
            ),
        ),
        ClientClass(
            names=(
                AGENT_CORE,
                "mypy_boto3_bedrock_agentcore.BedrockAgentCoreClient",
                "mypy_boto3_bedrock_agentcore.client.BedrockAgentCoreClient",
                "types_boto3_bedrock_agentcore.BedrockAgentCoreClient",
                "types_boto3_bedrock_agentcore.client.BedrockAgentCoreClient",
            ),
            model="",
            methods=(
                Method("invoke_agent_runtime", api="agent", model=""),
                Method("invoke_harness", api="agent", model=""),
                Method("invoke_code_interpreter", api="agent", model=""),
                Method("invoke_web_search", api="search", model=""),
                Method("evaluate", api="evaluation", model=""),
                Method("invoke_agent_runtime_command", api="agent", model=""),
                Method("start_batch_evaluation", Bills.JOB, "evaluation", model=""),
                Method("start_dataset_generation", Bills.JOB, "evaluation", model=""),
                Method("start_memory_extraction_job", Bills.JOB, "memory", model=""),
                Method("start_recommendation", Bills.JOB, "evaluation", model=""),
            ),
            # Browsers, interpreters and records are billed as compute and storage of the account, not as model calls.
            free=(
                "invoke_browser",
                "retrieve_memory_records",
                "search_registry_records",
                "start_browser_session",
                "start_code_interpreter_session",
            ),
        ),
        ClientClass(
            names=(
                CONTROL,
                "mypy_boto3_bedrock.BedrockClient",
                "mypy_boto3_bedrock.client.BedrockClient",
                "types_boto3_bedrock.BedrockClient",
                "types_boto3_bedrock.client.BedrockClient",
            ),
            model="",
            methods=(
                Method("create_model_invocation_job", Bills.JOB, "batch", model="modelId"),
                Method("create_model_customization_job", Bills.JOB, "fine-tuning", model="baseModelIdentifier"),
                Method("create_evaluation_job", Bills.JOB, "evaluation", model=""),
                Method("create_advanced_prompt_optimization_job", Bills.JOB, "evaluation", model=""),
                Method("create_provisioned_model_throughput", Bills.JOB, "compute", model="modelId", note="billed by time"),
                Method("start_automated_reasoning_policy_build_workflow", Bills.JOB, "evaluation", model=""),
                Method("start_automated_reasoning_policy_test_workflow", Bills.JOB, "evaluation", model=""),
            ),
            free=("create_model_copy_job", "create_model_import_job", "get_foundation_model", "list_foundation_models"),
        ),
        ClientClass(
            names=(
                SAGEMAKER,
                "mypy_boto3_sagemaker_runtime.SageMakerRuntimeClient",
                "mypy_boto3_sagemaker_runtime.client.SageMakerRuntimeClient",
                "types_boto3_sagemaker_runtime.SageMakerRuntimeClient",
                "types_boto3_sagemaker_runtime.client.SageMakerRuntimeClient",
            ),
            provider="aws.sagemaker",
            model="",
            # Endpoints are billed by the hour of the instance, not by the call.
            free=("invoke_endpoint", "invoke_endpoint_async", "invoke_endpoint_with_response_stream"),
        ),
        # The experimental Smithy client speaks HTTP/2 event streams.
        ClientClass(
            names=(
                "aws_sdk_bedrock_runtime.client.BedrockRuntimeClient",
                "aws_sdk_bedrock_runtime.BedrockRuntimeClient",
            ),
            model="",
            asynchronous=True,
            methods=(
                Method("converse", model=""),
                Method("converse_stream", model=""),
                Method("invoke_model", model=""),
                Method("invoke_model_with_response_stream", model=""),
                Method("invoke_model_with_bidirectional_stream", api="realtime", transport=Transport.WEBSOCKET, model=""),
            ),
        ),
    ),
    functions=(
        Function(names=("boto3.client",), bills=Bills.FREE, api="", choice=CLIENT, model=""),
        Function(names=("boto3.session.Session.client", "boto3.Session.client"), bills=Bills.FREE, api="", choice=CLIENT, model=""),
        Function(names=("botocore.session.get_session",), bills=Bills.FREE, api="", returns="botocore.session.Session", model=""),
        Function(
            names=("aiobotocore.session.get_session", "aiobotocore.get_session"),
            bills=Bills.FREE,
            api="",
            returns="aiobotocore.session.AioSession",
            model="",
        ),
    ),
    hosts=(
        Host(host="bedrock-runtime.*.amazonaws.com", paths=RUNTIME_PATHS, free=("/model/*/count-tokens",)),
        Host(host="bedrock-runtime-fips.*.amazonaws.com", paths=RUNTIME_PATHS, free=("/model/*/count-tokens",)),
        Host(
            host="bedrock-mantle.*.api.aws",
            paths=(
                "/anthropic/v1/messages",
                "/openai/v1/responses",
                "/openai/v1/chat/completions",
                "/v1/responses",
                "/v1/chat/completions",
            ),
        ),
        Host(
            host="bedrock-agent-runtime.*.amazonaws.com",
            paths=(
                "/agents/**",
                "/flows/*/aliases/*",
                "/retrieveAndGenerate",
                "/retrieveAndGenerateStream",
                "/knowledgebases/*/retrieve",
                "/rerank",
                "/generateQuery",
                "/optimize-prompt",
                "/agenticRetrieveStream",
            ),
        ),
        Host(
            host="bedrock-agentcore.*.amazonaws.com",
            paths=(
                "/runtimes/*/invocations",
                "/harnesses/invoke",
                "/code-interpreters/*/tools/invoke",
                "/web-search/*/invoke",
                "/evaluations/evaluate/*",
            ),
        ),
        Host(
            host="bedrock.*.amazonaws.com",
            paths=("/model-invocation-job", "/model-customization-jobs", "/evaluation-jobs"),
            free=("/foundation-models",),
        ),
    ),
)
