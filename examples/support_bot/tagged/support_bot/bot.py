"""One question: the cheap check first, the expensive answer only where it is needed."""

from pathlib import Path

from support_bot.faq import answer_from_handbook, is_in_handbook
from support_bot.reasoning import solve


def reply(question: str, handbook: Path) -> str:
    text = handbook.read_text(encoding="utf-8")
    return answer_from_handbook(question, text) if is_in_handbook(question, text) else solve(question)
