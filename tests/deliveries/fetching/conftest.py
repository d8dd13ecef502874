"""A service that listens as long as the tests of this folder."""

import pytest

from deliveries.fetching.services import inserjeunes_api
from tests.deliveries.fetching.service import running


@pytest.fixture(scope="session")
def _listening():
    with running() as service:
        yield service


@pytest.fixture
def service(_listening):
    _listening.reset()
    yield _listening
    _listening.is_over.set()


@pytest.fixture(autouse=True)
def _few_regions(monkeypatch):
    """Each reply takes a tenth of a second to read."""
    assert len(inserjeunes_api.REGIONS) == 17
    monkeypatch.setattr(inserjeunes_api, "REGIONS", ["01", "02", "10"])
