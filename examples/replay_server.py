"""Answer as OpenAI and Anthropic do, on this machine alone: ``python replay_server.py PORT_FILE`` writes its port and serves.

The answers are made up, their shapes are the providers', and the token counts follow from the lengths of the texts.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

IN_HANDBOOK = ("refund", "password", "invoice", "export")
PLAN = "1. Reproduce the case with the customer's settings. 2. Compare the two time zones. 3. Replay what was dropped."
LONG = "We found the reason: the two reports end their week at different hours. Set one zone for the team and both agree."


def tokens(text: str) -> int:
    return max(len(text) // 4, 1)


def chat(asked: dict[str, Any]) -> dict[str, Any]:
    question = asked["messages"][-1]["content"].lower()
    text = "yes" if any(word in question for word in IN_HANDBOOK) else "no"
    spent = tokens(json.dumps(asked["messages"]))
    return {
        "id": "chatcmpl-replayed",
        "object": "chat.completion",
        "created": 1_790_000_000,
        "model": "gpt-4o-mini-2024-07-18",
        "choices": [{"index": 0, "finish_reason": "length", "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": spent, "completion_tokens": 1, "total_tokens": spent + 1},
    }


def responses(asked: dict[str, Any]) -> dict[str, Any]:
    question = asked["input"].rpartition("\n")[2].lower()
    topics = dict(line[2:].split(": ", 1) for line in asked["input"].splitlines() if line.startswith("- "))
    text = next(said for topic, said in topics.items() if topic.lower() in question)
    spent, made = tokens(asked["input"] + asked["instructions"]), tokens(text)
    return {
        "id": "resp-replayed",
        "object": "response",
        "created_at": 1_790_000_000,
        "status": "completed",
        "model": "gpt-4o-mini-2024-07-18",
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "output": [
            {
                "id": "msg-replayed",
                "type": "message",
                "role": "assistant",
                "status": "completed",
                "content": [{"type": "output_text", "text": text, "annotations": []}],
            }
        ],
        "usage": {
            "input_tokens": spent,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": made,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": spent + made,
        },
    }


def messages(asked: dict[str, Any]) -> dict[str, Any]:
    prompt = asked["messages"][-1]["content"]
    text = PLAN if prompt.startswith("List the steps") else LONG
    return {
        "id": "msg_replayed",
        "type": "message",
        "role": "assistant",
        "model": "claude-sonnet-4-5-20250929",
        "content": [{"type": "text", "text": text}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": tokens(prompt), "output_tokens": tokens(text)},
    }


ANSWERS = {"/v1/chat/completions": chat, "/v1/responses": responses, "/v1/messages": messages}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        answer = ANSWERS.get(self.path)
        body = json.dumps(answer(asked) if answer else {"error": {"message": f"nothing to replay at {self.path}"}}).encode()
        self.send_response(200 if answer else 404)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.send_header("x-request-id", "req_replayed")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Path(sys.argv[1]).write_text(str(server.server_address[1]), encoding="utf-8")
    server.serve_forever()


if __name__ == "__main__":
    main()
