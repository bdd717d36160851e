"""A morning at the support desk: customers of two plans ask, the bot answers."""

import sys
from pathlib import Path

from support_bot.bot import reply

from cost_lib import record_outcome, tags

HANDBOOK = Path(__file__).with_name("handbook.md")
QUESTIONS = [
    ("free", "How do I get a refund?"),
    ("free", "Where do I change my password?"),
    ("free", "Can I have the invoice of May?"),
    ("pro", "Where is the invoice of last month?"),
    ("pro", "How do I export my data?"),
    ("pro", "Our webhook stopped after we moved to another region, and the retries ran into the rate limit. What now?"),
    ("pro", "Two of our admins see different totals for the same week. Which one is right?"),
]


def main() -> None:
    for number, (plan, question) in enumerate(QUESTIONS, start=1):
        # what a middleware does in a web application: the request knows the customer, the bot need not
        with tags(user_segment=plan, chain_id=f"conversation-{number}"):
            answer = reply(question, HANDBOOK)
            record_outcome("answered", success=bool(answer))
        print(f"[{plan}] {question}\n       {answer}", file=sys.stdout)


if __name__ == "__main__":
    main()
