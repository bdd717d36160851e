"""What happens to an answer: it is sent in the customer's language, and the ticket keeps a summary."""

from support_bot.tickets import summarise
from support_bot.translation import translate


def close(question: str, answer: str, language: str = "English") -> tuple[str, str]:
    """Give the answer as it is sent, and the summary for the ticket."""
    sent = answer if language == "English" else translate(answer, language)
    return sent, summarise([question, answer])
