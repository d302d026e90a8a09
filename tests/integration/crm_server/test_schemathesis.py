"""Requests of every kind that the contract allows, and many that it does not: no 5xx, no answer outside the contract.

schemathesis makes them from the committed contract, with each operation's rules broken in turn, and checks status,
headers, media type and body of every answer against it. Each request is signed by a lane, a store's server or nobody.
``POS_SCHEMATHESIS_EXAMPLES`` makes it ask longer.
"""

import os
import random
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

schemathesis = pytest.importorskip("schemathesis")

from hypothesis import HealthCheck, Phase, assume, given, settings  # noqa: E402 - only where schemathesis is there
from schemathesis import GenerationMode  # noqa: E402
from schemathesis.checks import not_a_server_error  # noqa: E402
from schemathesis.specs.openapi.checks import (  # noqa: E402
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from crm_server.minting import CodeKind  # noqa: E402
from tests.fakes.lane_client import LaneClient  # noqa: E402
from tests.integration.crm_server.conftest import SeededShop  # noqa: E402
from tests.integration.crm_server.served_shop import Shop, served  # noqa: E402

CONTRACT = schemathesis.openapi.from_path(Path(__file__).resolve().parents[3] / "docs" / "openapi.yaml")
OPERATIONS = [result.ok() for result in CONTRACT.get_all_operations()]
EXAMPLES = int(os.environ.get("POS_SCHEMATHESIS_EXAMPLES", "8"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def sent(client: LaneClient, case: Any) -> requests.Response:
    """A case's request, signed as the lane would; what cannot be signed goes out unsigned."""
    named = case.as_transport_kwargs(base_url=client.base_url)
    named.pop("timeout", None)
    named.setdefault("headers", {}).update({"X-Request-Id": uuid.uuid4().hex, "X-Session-Token": client.token})
    try:
        prepared = client.session.prepare_request(requests.Request(**named))
        client.sign(prepared)
        response = client.session.send(prepared, timeout=30)
    except (requests.exceptions.InvalidHeader, requests.exceptions.InvalidURL, UnicodeError):
        # No client can send that.
        assume(condition=False)
        raise
    client.token = response.headers.get("X-Session-Token", client.token)
    return response


@pytest.fixture(scope="module")
def shop(seeded_sqlite: SeededShop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """One shop for all operations: what one leaves behind, the next one finds."""
    folder = tmp_path_factory.mktemp("asked") / "crm"
    shutil.copytree(seeded_sqlite.folder, folder)
    with served(folder) as running:
        yield running


@pytest.fixture(scope="module")
def known(shop: Shop) -> list[LaneClient]:
    """A lane, a store's server, and a device that nobody knows."""
    server = shop.stranger()
    assert server.enrol(shop.mint(CodeKind.STORE_SERVER, store="1")[0]["code"]).status_code == 201
    return [shop.lane(), server, shop.stranger()]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_every_answer_is_in_the_contract(known: list[LaneClient], operation: Any, mode: GenerationMode) -> None:
    chance = random.Random(operation.label)

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        response = sent(chance.choices(known, (6, 3, 1))[0], case)
        case.validate_response(response, checks=CHECKS)

    ask()
