"""Know the hosts that speak OpenAI's protocol and are reached with OpenAI's client or plain HTTP."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Host, Layer, Method, Provider

OPENAI_PATHS = (
    "/v1/chat/completions",
    "/v1/completions",
    "/v1/responses",
    "/v1/embeddings",
    "/v1/images/generations",
    "/v1/audio/*",
    "/v1/rerank",
    "/v1/messages",
)
ANTHROPIC_PATH = "/anthropic/v1/messages"  # as Claude Code and others speak to them
FREE_PATHS = ("/v1/models",)

SAMBANOVA = "sambanova.SambaNova"
LLAMA = "llama_api_client.LlamaAPIClient"

PROVIDER: Final = Provider(
    name="openai-compatible",
    layer=Layer.SDK,
    packages=("sambanova", "llama-api-client"),
    source="recorded traffic of 2026 and the hosts' public documentation",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(SAMBANOVA, "sambanova.AsyncSambaNova", "sambanova.Client", "sambanova.AsyncClient"),
            provider="sambanova",
            views=("with_raw_response", "with_streaming_response"),
            same=("with_options", "copy"),
            model="",
            methods=(
                Method("chat.completions.create"),
                Method("completions.create", api="completions"),
                Method("responses.create", api="responses"),
                Method("embeddings.create", api="embeddings"),
                Method("audio.transcriptions.create", api="audio"),
                Method("audio.translations.create", api="audio"),
                Method("messages.create", api="messages"),
            ),
            free=("messages.count_tokens", "models.list"),
        ),
        ClientClass(
            names=(LLAMA, "llama_api_client.AsyncLlamaAPIClient", "llama_api_client.Client", "llama_api_client.AsyncClient"),
            provider="meta",
            views=("with_raw_response", "with_streaming_response"),
            same=("with_options", "copy"),
            model="",
            methods=(Method("chat.completions.create"),),
            free=("moderations.create", "models.list"),
        ),
    ),
    hosts=(
        Host(
            host="api.deepseek.com",
            paths=(
                "/chat/completions",
                "/v1/chat/completions",
                "/completions",
                "/beta/completions",
                "/beta/chat/completions",
                "/responses",
                "/v1/responses",
                ANTHROPIC_PATH,
            ),
            free=("/models", "/v1/models", "/user/balance"),
            provider="deepseek",
        ),
        Host(host="api.moonshot.ai", paths=(*OPENAI_PATHS, ANTHROPIC_PATH), free=FREE_PATHS, provider="moonshot"),
        Host(host="api.moonshot.cn", paths=(*OPENAI_PATHS, ANTHROPIC_PATH), free=FREE_PATHS, provider="moonshot"),
        Host(host="*.inference.heroku.com", paths=OPENAI_PATHS, free=FREE_PATHS, provider="heroku"),
        Host(host="api.sambanova.ai", paths=OPENAI_PATHS, free=FREE_PATHS, provider="sambanova"),
        Host(
            host="integrate.api.nvidia.com",
            paths=OPENAI_PATHS,
            free=FREE_PATHS,
            provider="nvidia",
        ),
        Host(host="ai.api.nvidia.com", paths=("/v1/**",), provider="nvidia"),
        Host(host="ai-gateway.vercel.sh", paths=OPENAI_PATHS, free=FREE_PATHS, provider="vercel"),
        Host(host="gateway.ai.cloudflare.com", paths=("/v1/**",), provider="cloudflare"),
        Host(
            host="api.cloudflare.com",
            paths=("/client/v4/accounts/*/ai/run/**", "/client/v4/accounts/*/ai/v1/*", "/client/v4/accounts/*/ai/v1/chat/completions"),
            provider="cloudflare",
        ),
        Host(
            host="api.minimax.io",
            paths=(
                *OPENAI_PATHS,
                ANTHROPIC_PATH,
                "/v1/text/chatcompletion_v2",
                "/v1/t2a_v2",
                "/v1/image_generation",
                "/v1/video_generation",
            ),
            free=FREE_PATHS,
            provider="minimax",
        ),
        Host(
            host="api.minimaxi.com",
            paths=(
                *OPENAI_PATHS,
                ANTHROPIC_PATH,
                "/v1/text/chatcompletion_v2",
                "/v1/t2a_v2",
                "/v1/image_generation",
                "/v1/video_generation",
            ),
            free=FREE_PATHS,
            provider="minimax",
        ),
        Host(
            host="api.minimax.chat",
            paths=("/v1/text/chatcompletion_v2", "/v1/text/chatcompletion_pro", "/v1/embeddings", "/v1/t2a_v2"),
            provider="minimax",
        ),
        Host(host="gateway.pydantic.dev", paths=("/proxy/**",), provider="pydantic-gateway"),
        Host(
            host="*.cloud.databricks.com",
            paths=("/serving-endpoints/*/invocations", "/serving-endpoints/chat/completions"),
            provider="databricks",
        ),
        Host(
            host="adb-*.azuredatabricks.net",
            paths=("/serving-endpoints/*/invocations", "/serving-endpoints/chat/completions"),
            provider="databricks",
        ),
        Host(host="inference.api.nscale.com", paths=OPENAI_PATHS, free=FREE_PATHS, provider="nscale"),
        Host(host="api.endpoints.anyscale.com", paths=OPENAI_PATHS, free=FREE_PATHS, provider="anyscale"),
        Host(
            host="api.deepinfra.com",
            paths=("/v1/openai/chat/completions", "/v1/openai/embeddings", "/v1/inference/**"),
            provider="deepinfra",
        ),
        Host(host="api.lepton.ai", paths=("/api/v1/chat/completions",), provider="lepton"),
        Host(host="*.lepton.run", paths=("/api/v1/chat/completions",), provider="lepton"),
        Host(host="api.novita.ai", paths=("/v3/openai/chat/completions", "/openai/v1/chat/completions", "/v3/async/*"), provider="novita"),
        Host(host="api.hyperbolic.xyz", paths=OPENAI_PATHS, free=FREE_PATHS, provider="hyperbolic"),
        Host(host="api.siliconflow.cn", paths=OPENAI_PATHS, free=FREE_PATHS, provider="siliconflow"),
        Host(host="api.siliconflow.com", paths=OPENAI_PATHS, free=FREE_PATHS, provider="siliconflow"),
        Host(host="api.studio.nebius.ai", paths=OPENAI_PATHS, free=FREE_PATHS, provider="nebius"),
        Host(host="api.studio.nebius.com", paths=OPENAI_PATHS, free=FREE_PATHS, provider="nebius"),
        Host(host="api.tokenfactory.nebius.com", paths=OPENAI_PATHS, free=FREE_PATHS, provider="nebius"),
        Host(host="api.lambda.ai", paths=OPENAI_PATHS, free=FREE_PATHS, provider="lambda"),
        Host(host="llm.chutes.ai", paths=OPENAI_PATHS, free=FREE_PATHS, provider="chutes"),
        Host(host="api.featherless.ai", paths=OPENAI_PATHS, free=FREE_PATHS, provider="featherless"),
        Host(host="api-inference.modelscope.cn", paths=OPENAI_PATHS, free=FREE_PATHS, provider="modelscope"),
        Host(
            host="api.upstage.ai",
            paths=(*OPENAI_PATHS, "/v1/solar/chat/completions", "/v1/solar/embeddings"),
            free=FREE_PATHS,
            provider="upstage",
        ),
        Host(
            host="api.sarvam.ai",
            paths=("/v1/chat/completions", "/speech-to-text", "/speech-to-text-translate", "/text-to-speech", "/translate"),
            provider="sarvam",
        ),
        Host(host="api.baichuan-ai.com", paths=OPENAI_PATHS, provider="baichuan"),
        Host(host="api.stepfun.com", paths=OPENAI_PATHS, provider="stepfun"),
        Host(host="api.lingyiwanwu.com", paths=OPENAI_PATHS, provider="lingyiwanwu"),
        Host(host="api.hunyuan.cloud.tencent.com", paths=OPENAI_PATHS, provider="tencent"),
        Host(host="spark-api-open.xf-yun.com", paths=("/v1/chat/completions", "/v2/chat/completions"), provider="spark"),
        Host(host="api.inceptionlabs.ai", paths=OPENAI_PATHS, free=FREE_PATHS, provider="inception"),
        Host(host="api.reka.ai", paths=("/v1/chat", "/v1/chat/completions"), provider="reka"),
        Host(host="api.upstage.ai", paths=("/v1/**",), provider="upstage"),
        Host(host="api.aimlapi.com", paths=("/**",), provider="aimlapi"),
        Host(host="api.llama.com", paths=("/v1/chat/completions", "/compat/v1/chat/completions"), free=FREE_PATHS, provider="meta"),
        Host(host="api.jina.ai", paths=("/v1/embeddings", "/v1/rerank", "/v1/classify", "/v1/chat/completions"), provider="jina"),
        Host(host="deepsearch.jina.ai", paths=("/v1/chat/completions",), provider="jina"),
        Host(host="api.nlpcloud.io", paths=("/**",), provider="nlpcloud"),
        Host(host="api.stability.ai", paths=("/v1/generation/**", "/v2beta/**"), provider="stability"),
        Host(host="api.parasail.io", paths=OPENAI_PATHS, provider="parasail"),
        Host(host="api.friendli.ai", paths=("/serverless/v1/**", "/dedicated/v1/**"), provider="friendli"),
        Host(host="api.targon.com", paths=OPENAI_PATHS, provider="targon"),
        Host(host="api.kluster.ai", paths=OPENAI_PATHS, provider="kluster"),
        Host(
            host="api.githubcopilot.com",
            paths=("/chat/completions", "/responses", "/embeddings", "/v1/messages"),
            provider="github-copilot",
        ),
    ),
)
