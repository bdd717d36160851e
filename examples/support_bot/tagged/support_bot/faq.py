"""Questions that the handbook answers."""

from cost_lib import tagged
from support_bot.clients import openai

FAQ_CHECK = "Answer yes or no: does the handbook below answer the question?\n\n{handbook}"


def is_in_handbook(question: str, handbook: str) -> bool:
    reply = tagged(openai, feature="faq_check").chat.completions.create(
        model="gpt-4o-mini",
        messages=[
            {"role": "system", "content": FAQ_CHECK.format(handbook=handbook)},
            {"role": "user", "content": question},
        ],
        max_tokens=1,
    )
    return (reply.choices[0].message.content or "").lower().startswith("y")


def answer_from_handbook(question: str, handbook: str) -> str:
    reply = tagged(openai, feature="faq_answer").responses.create(
        model="gpt-4o-mini",
        instructions="Answer in two sentences, from the handbook only.",
        input=f"{handbook}\n\n{question}",
    )
    return reply.output_text
