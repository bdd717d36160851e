"""The newest SDKs over real HTTP; all majors and frameworks are in the matrix (``make matrix``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("openai")
pytest.importorskip("anthropic")
pytest.importorskip("google.genai")
pytest.importorskip("boto3")
from tests.matrix import cases
from tests.matrix.sdks import SDKS

TRIED = ("sync call", "sync retry", "sync refused", "async stream", "async refused untagged")
FEWER = ("sync call", "sync stream", "sync retry", "sync refused")  # boto3 has no asynchronous client
NAMES = [(sdk, case) for sdk in ("openai", "anthropic", "google-genai") for case in TRIED] + [("boto3-converse", case) for case in FEWER]


@pytest.fixture(scope="module", autouse=True)
def _proxy() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch, cases.SERVER:
        for name in cases.PROXIES:
            patch.setenv(name, cases.SERVER.url)
        yield
        cases.RUNNER.close()


@pytest.mark.filterwarnings("ignore")  # clients are left open, and the SDKs have warnings of their own
@pytest.mark.parametrize(("sdk", "case"), NAMES)
def test_the_sdk_is_metered_over_real_http(sdk: str, case: str) -> None:
    dict(cases.gathered(SDKS[sdk]))[case]()
