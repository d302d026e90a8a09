"""One whole sync, as a command does it."""

from pos_client.sync.one_round import sync_once
from tests.integration.sync import scripted_server as s
from tests.integration.sync.running_worker import Running
from tests.integration.sync.scripted_centre import WholeServer


def test_one_round_may_only_deliver(whole: WholeServer, running: Running) -> None:
    report = sync_once(running.parts, pull=False)

    assert (report.push.pushed, report.pull.rows, running.cache.installed) == (3, 0, [])


def test_one_round_reports_what_it_did(whole: WholeServer, running: Running) -> None:
    first = sync_once(running.parts).as_json()
    second = sync_once(running.parts).as_json()

    assert first == {
        "pushed": 3,
        "accepted": 3,
        "duplicates": 0,
        "conflicts": 0,
        "quarantined": 0,
        "forked": 0,
        "stuck": 0,
        "pulled": 2,
        "set_aside": 0,
        "drifted": [],
        "snapshot": True,
        "generation": 5,
        "new_epoch": None,
        "way": "",
        "days_agreed": 0,
        "days_open": 0,
        "errors": [],
    }
    assert (second["pushed"], second["pulled"], second["snapshot"]) == (0, 0, False)


def test_one_round_names_what_went_wrong(whole: WholeServer, running: Running) -> None:
    whole.fails = {"/v1/": lambda _: s.html(200)}

    report = sync_once(running.parts).as_json()
    only_pull = sync_once(running.parts, push=False).as_json()

    assert [one["step"] for one in report["errors"]] == ["heartbeat", "push", "pull"]
    assert {one["reason"] for one in report["errors"]} == {"server-unreachable"}
    assert [one["step"] for one in only_pull["errors"]] == ["pull"]
