"""Fixtures of the tests."""
import acme
import pytest

from cost_lib import tagged


@pytest.fixture
def raw_client():
    return acme.get_client()


@pytest.fixture
def good_client():
    yield tagged(acme.get_client(), feature="tests", team="kb")


@pytest.fixture
def hidden():
    return acme.get_client()
