"""Embedding, ranking and multi-modal indexes of smaller SDKs; keeping documents bills no tokens."""
import requests
from llama_index.indices.multi_modal.base import MultiModalVectorStoreIndex
from zeroentropy import AsyncZeroEntropy, ZeroEntropy

ranker = ZeroEntropy()


def rank(query: str, documents: list[str]) -> None:
    ranker.models.rerank(model="zerank-1", query=query, documents=documents)  # finds: CMK101
    ranker.queries.top_documents(collection_name="docs", query=query, k=3)  # finds: CMK101
    ranker.documents.get_info(collection_name="docs", path="a")  # ok: CMK101
    ranker.status.get_status()  # ok: CMK101


async def embed(texts: list[str]) -> None:
    client = AsyncZeroEntropy()
    await client.models.embed(model="zembed-1", input=texts, input_type="query")  # finds: CMK101


def index(documents: list[object]) -> None:
    MultiModalVectorStoreIndex.from_documents(documents)  # finds: CMK103


def over_http(body: dict) -> None:
    requests.post("https://api.zeroentropy.dev/v1/models/rerank", json=body)  # finds: CMK102
    requests.post("https://api.minimaxi.com/v1/chat/completions", json=body)  # finds: CMK102
    requests.post("https://api-inference.modelscope.cn/v1/chat/completions", json=body)  # finds: CMK102
    requests.post("https://api.upstage.ai/v1/solar/chat/completions", json=body)  # finds: CMK102
    requests.post("https://api.sarvam.ai/v1/chat/completions", json=body)  # finds: CMK102
    requests.post("https://api.zeroentropy.dev/v1/status/get-status", json=body)  # ok: CMK102
