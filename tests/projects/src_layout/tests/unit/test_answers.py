"""Tests use fixtures of both conftests."""


def test_raw(raw_client):
    raw_client.chat(model="command-a-03-2025", messages=[])  # finds: CMK101


def test_good(good_client, hidden):
    good_client.chat(model="command-a-03-2025", messages=[])  # ok: CMK101, CMK201
    hidden.chat(model="command-a-03-2025", messages=[])  # ok: CMK101


def no_test(raw_client):
    raw_client.chat(model="command-a-03-2025", messages=[])  # ok: CMK101
