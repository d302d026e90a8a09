"""Tests that share something costly stay in one process."""

import os

import pytest


@pytest.mark.xdist_group("groups")
def test_a_group_reaches_its_worker(request: pytest.FixtureRequest) -> None:
    """The runner tells the workers of groups by the test's name; a newer pytest silently lost that once."""
    is_spread = "PYTEST_XDIST_WORKER" in os.environ and request.config.getoption("loadgroup", default=False)
    assert request.node.nodeid.endswith("@groups") or not is_spread
