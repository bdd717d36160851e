# policy:
# [hosts."llm.acme.internal:8443"]
# provider = "openai"
# [hosts."*.models.acme.internal"]
# provider = "acme"
"""A gateway bills what its provider's own hosts bill, below any prefix; one of an unknown provider bills any POST."""
import requests


def calls(body: dict, tenant: str) -> None:
    requests.post("https://llm.acme.internal:8443/chat/completions", json=body)  # finds: CMK102
    requests.post(f"https://llm.acme.internal:8443/{tenant}/openai/v1/responses", json=body)  # finds: CMK102
    requests.post("https://llm.acme.internal:8443/openai/v1/moderations", json=body)  # ok: CMK102
    requests.post("https://llm.acme.internal:8443/login", json=body)  # ok: CMK102
    requests.post("https://llm.acme.internal/v1/chat/completions", json=body)  # ok: CMK102
    requests.post("https://eu.models.acme.internal/ask", json=body)  # finds: CMK102
    requests.get("https://eu.models.acme.internal/ask")  # ok: CMK102


def folded(body: dict, model: str) -> None:
    requests.post("http://localhost:11434/api/chat", json=body)  # finds: CMK102
    requests.post("http://localhost:8000/api/chat", json=body)  # ok: CMK102
    requests.post("https://api.openai.com:443/v1/responses", json=body)  # finds: CMK102
    requests.post(f"https://generativelanguage.googleapis.com/v1beta/models/{model}:generateContent", json=body)  # finds: CMK102
    requests.post(f"https://generativelanguage.googleapis.com/v1beta/models/{model}:countTokens", json=body)  # ok: CMK102
