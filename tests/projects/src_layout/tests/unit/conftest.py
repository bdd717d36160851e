"""A nearer fixture hides the one above."""
import pytest


@pytest.fixture
def hidden():
    return object()
