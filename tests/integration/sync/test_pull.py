"""Fetching: signed, for this store, from where it stands; what is not leaves the old data in use."""

from typing import Any

import pytest

from pos_client.domain.errors import PosError, ServerRefused, ServerUnreachable, SnapshotInvalid
from pos_client.domain.signed_document import DocumentPurpose
from tests.integration.sync import scripted_server as s
from tests.integration.sync.fetching import Fetching
from tests.integration.sync.scripted_centre import FILE, STORE, Centre


def test_first_policy_then_the_whole_file_then_changes(centre: Centre, fetching: Fetching) -> None:
    report = fetching.puller.run()

    file, manifest = fetching.cache.installed[0]
    assert (report.rows, report.generation, report.snapshot, report.policy, report.error) == (2, 5, True, True, None)
    assert file == FILE
    assert manifest["gen"] == 5
    assert [page["from"] for page in fetching.cache.pages] == ["i.10", "i.11"]
    assert fetching.policies[0]["ver"] == 3


def test_a_second_time_nothing_is_new(centre: Centre, fetching: Fetching) -> None:
    fetching.puller.run()

    report = fetching.puller.run()

    assert (report.rows, report.snapshot, report.policy, report.error) == (0, False, False, None)
    assert (len(fetching.policies), len(fetching.cache.installed)) == (1, 1)


@pytest.mark.parametrize("purpose", ["policy", "manifest", "page"])
@pytest.mark.parametrize("change", [{"sig": "AAAA"}, {"sig": None}, {"key_id": 4}, {"key_id": 99}, {"more_fields": 1}])
def test_what_is_not_signed_is_not_taken(
    centre: Centre, fetching: Fetching, purpose: str, change: dict[str, Any]
) -> None:
    centre.spoil = {purpose: change}

    report = fetching.puller.run()

    assert isinstance(report.error, SnapshotInvalid)
    assert len(fetching.policies) == (purpose != "policy")
    assert len(fetching.cache.installed) == (purpose != "manifest")
    assert len(fetching.cache.pages) == (2 if purpose == "policy" else 0)


@pytest.mark.parametrize("change", [{"store": 102}, {"from": "i.9"}, {"to": ""}, {"to": "i.10", "more": True}])
def test_a_page_of_another_place_is_not_taken(
    centre: Centre, fetching: Fetching, keys: s.CentreKeys, server: s.ScriptedServer, change: dict[str, Any]
) -> None:
    def script(request: s.Received) -> s.Play:
        if request.path != "/v1/changes":
            return centre(request)
        page = {"from": "i.10", "to": "i.11", "rows": [], "more": False, "issued_at": "x", "store": STORE} | change
        return s.document(keys, request, keys.signed(DocumentPurpose.PAGE, page))

    server.script = script

    report = fetching.puller.run()

    assert isinstance(report.error, PosError)
    assert fetching.cache.pages == []


def test_a_refused_policy_does_not_keep_the_data_away(
    centre: Centre, fetching: Fetching, keys: s.CentreKeys, server: s.ScriptedServer
) -> None:
    server.script = lambda request: (
        s.problem(keys, request, 500, "server-error") if request.path == "/v1/policy" else centre(request)
    )

    report = fetching.puller.run()

    assert isinstance(report.error, ServerRefused)
    assert (report.rows, report.generation) == (2, 5)


def test_a_portal_changes_nothing(server: s.ScriptedServer, fetching: Fetching) -> None:
    server.script = lambda _: s.html(200)

    report = fetching.puller.run()

    assert isinstance(report.error, ServerUnreachable)
    assert len(server.received) == 1
    assert fetching.cache.installed == []
