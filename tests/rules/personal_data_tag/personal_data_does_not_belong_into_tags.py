# policy:
# enable = ["CMK205"]
"""E-mail, social security number, phone number and name in a tag.

Reading: a literal is judged by its shape, a computed value by the name of the attribute it is read from.
"""
from openai import OpenAI

from cost_lib import tagged, tags

client = OpenAI()


def literals() -> None:
    tagged(client, feature="chat", user_id="jane.doe@example.com").responses.create(input="x")  # finds: CMK205
    tagged(client, feature="chat", user_id="078-05-1120").responses.create(input="x")  # finds: CMK205
    tagged(client, feature="chat", user_id="+1 415 555 0134").responses.create(input="x")  # finds: CMK205
    tagged(client, feature="chat", user_id="u_48151623").responses.create(input="x")  # ok: CMK205
    tagged(client, feature="chat", prompt_version="2026-11-22").responses.create(input="x")  # ok: CMK205
    tagged(client, feature="email_draft", team="phone-support").responses.create(input="x")  # ok: CMK205


def attributes(user, customer) -> None:
    tagged(client, feature="chat", user_id=user.email).responses.create(input="x")  # finds: CMK205
    tagged(client, feature="chat", user_id=customer.phone_number).responses.create(input="x")  # finds: CMK205
    tagged(client, feature="chat", user_id=user.full_name).responses.create(input="x")  # finds: CMK205
    tagged(client, feature="chat", user_id=user.ssn).responses.create(input="x")  # finds: CMK205
    tagged(client, feature="chat", user_id=user.id).responses.create(input="x")  # ok: CMK205
    tagged(client, feature="chat", user_segment=user.tier).responses.create(input="x")  # ok: CMK205
    with tags(feature="chat", user_id=user.email):  # finds: CMK205
        tagged(client).responses.create(input="x")  # ok: CMK205
