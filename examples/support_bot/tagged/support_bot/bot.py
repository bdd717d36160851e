"""One conversation: the cheap check first, the expensive answer only where it is needed."""

from pathlib import Path

from support_bot.faq import answer_from_handbook, is_in_handbook
from support_bot.reasoning import solve
from support_bot.tickets import summarise
from support_bot.translation import translate


def reply(question: str, handbook: Path, language: str = "English") -> tuple[str, str]:
    """Answer a question, and give the summary for the ticket."""
    text = handbook.read_text(encoding="utf-8")
    answer = answer_from_handbook(question, text) if is_in_handbook(question, text) else solve(question)
    if language != "English":
        answer = translate(answer, language)
    return answer, summarise([question, answer])
