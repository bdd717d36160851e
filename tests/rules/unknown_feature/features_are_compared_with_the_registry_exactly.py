# policy:
# [features.faq_check]
# owner = "support"
# [features.ticket_summary]
# owner = "support"
"""A feature that is not registered is reported at the line of its keyword, once per written value."""
from enum import Enum
from typing import Final

from anthropic import Anthropic

from cost_lib import record_call, tagged, tags

FAQ: Final = "faq_check"
OLD = "faq_chek"


class Feature(str, Enum):
    FAQ = "faq_check"
    LEGACY = "legacy_bot"


client = Anthropic()
misspelt = tagged(client, feature="faq_chek")  # finds: CMK202


def calls(flag: bool) -> None:
    tagged(client, feature="faq_check").messages.create(max_tokens=9, messages=[])  # ok: CMK202
    tagged(client, feature="FAQ_check").messages.create(max_tokens=9, messages=[])  # finds: CMK202
    tagged(client, feature="faq-check").messages.create(max_tokens=9, messages=[])  # finds: CMK202
    tagged(client, feature=FAQ).messages.create(max_tokens=9, messages=[])  # ok: CMK202
    tagged(client, feature=OLD).messages.create(max_tokens=9, messages=[])  # finds: CMK202
    tagged(client, feature=Feature.FAQ).messages.create(max_tokens=9, messages=[])  # ok: CMK202
    tagged(client, feature=Feature.LEGACY).messages.create(max_tokens=9, messages=[])  # finds: CMK202
    tagged(client, feature="faq_check" if flag else "ticket_summary").messages.create(max_tokens=9, messages=[])  # ok: CMK202
    tagged(client, feature="faq_check" if flag else "tickets").messages.create(max_tokens=9, messages=[])  # finds: CMK202
    tagged(client, feature=f"faq_{flag}").messages.create(max_tokens=9, messages=[])  # ok: CMK202
    tagged(
        client,
        team="anything",  # ok: CMK202
        feature="summary",  # finds: CMK202
    ).messages.create(max_tokens=9, messages=[])  # ok: CMK201, CMK202
    misspelt.messages.create(max_tokens=9, messages=[])  # ok: CMK201, CMK202
    misspelt.messages.create(max_tokens=9, messages=[])  # ok: CMK201, CMK202


@tags(feature="ticket_summry")  # finds: CMK202
def decorated() -> None:
    tagged(client).messages.create(max_tokens=9, messages=[])  # ok: CMK201, CMK202


def scopes() -> None:
    with tags(feature="ticket_summary"):  # ok: CMK202
        tagged(client).messages.create(max_tokens=9, messages=[])  # ok: CMK201
    with tags(feature="ticket summary"):  # finds: CMK202
        tagged(client).messages.create(max_tokens=9, messages=[])  # ok: CMK201
    with record_call(provider="acme", model="acme-1", feature="acme"):  # finds: CMK202
        pass
