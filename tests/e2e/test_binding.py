"""Binding with the real programs: offline and merged at sync, online by a picture, no phone in a lane's files."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from crm_server import change_log
from crm_server.centre import open_centre
from crm_server.schema import MEMBER, OFFER
from pos_client.storage.lock import WINDOW, WriterLock
from tests.fakes.shop import LaneHome, Shop

OPERATOR = "E1001"
PHONE, NAME = "13900139000", "欧阳娜娜"
E164 = "+86" + PHONE
GIFT = 5_001


def with_gift(shop: Shop) -> None:
    """A campaign for new members, and numbers for lanes to give."""
    centre = open_centre(shop.root / "crm")
    offer = {
        "number": GIFT,
        "slug": "gift",
        "name": {"zh": "新会员礼", "en": "Welcome gift"},
        "conditions": {"member": "any", "new_member": True},
        "effects": [{"kind": "amount_off", "amount_minor": 500}],
        "offline": {"policy": "allow"},
    }
    row = {"number": GIFT, "body": json.dumps(offer, ensure_ascii=False), "next_serial": 1}
    centre.database.write(lambda job: job.execute(insert(OFFER).values(row)).rowcount).result()
    centre.database.write(lambda job: change_log.append(job, [("offer", (GIFT,))])).result()
    centre.close()
    for lane in ("1", "2"):
        shop.server.command("pool", "member", "--store", "1", "--lane", lane, "--count", "5")


def members_with_phone(shop: Shop) -> list[str]:
    """References of the members who have the phone."""
    centre = open_centre(shop.root / "crm")
    query = select(MEMBER.c.ref).where(MEMBER.c.phone == E164)
    found = list(centre.database.read(lambda job: job.execute(query).scalars().all()).result())
    centre.close()
    return found


def bind(lane: LaneHome, *more: str) -> dict[str, Any]:
    """Bind the customer and give him his gift."""
    bound = lane.run("bind", "--phone", PHONE, "--name", NAME, "--operator", OPERATOR, "--yes", *more)
    assert bound.code == 0, bound
    document: dict[str, Any] = bound.document
    return document


def files_that_hold(folder: Path, *secrets: str) -> list[str]:
    """Files below a folder in which one of the texts stands."""
    return [
        f"{path}: {secret}"
        for path in folder.rglob("*")
        if path.is_file()
        for secret in secrets
        if secret.encode() in path.read_bytes()
    ]


def test_a_customer_bound_without_the_network_is_a_member_once_it_is_back(shop: Shop) -> None:
    with_gift(shop)
    lane = shop.lane(0)
    assert lane.run("sync").code == 0
    gift = shop.mint("coupon", 1, "--offer", "gift")[0]
    shop.close()

    before = lane.run("bind", "--phone", PHONE)
    bound = bind(lane)
    redeemed = lane.run("redeem", gift, "--member", PHONE, "--operator", OPERATOR)
    shop.reopen()
    synced = lane.run("sync")

    assert (before.document["reason"], before.document["owner_after"]) == ("bind-new", "澄水·湖滨店")
    assert (bound["reason"], bound["is_new"]) == ("member-bound", True)
    assert "phone-unverified" in [notice["reason"] for notice in bound["notices"]]
    assert (redeemed.code, redeemed.document["verdict"], redeemed.document["tier"]) == (0, "pending", "C")
    assert (synced.code, synced.document["conflicts"]) == (0, 0)
    ref = bound["member"]["ref"]
    assert members_with_phone(shop) == [ref]
    found = lane.run("member", "find", PHONE).document["members"]
    assert [member["ref"] for member in found] == [ref]
    tail = lane.run("member", "find", PHONE[-4:], "--operator", OPERATOR).document["members"]
    assert ref in [member["ref"] for member in tail]
    assert lane.run("journal", "verify").document["ok"] is True


def test_two_lanes_bind_one_phone_offline_and_nothing_is_lost(shop: Shop) -> None:
    with_gift(shop)
    lanes = [shop.lane(0), shop.lane(1)]
    gifts = shop.mint("coupon", 2, "--offer", "gift")
    assert [lane.run("sync").code for lane in lanes] == [0, 0]
    shop.close()
    bound = [bind(lane) for lane in lanes]
    used = [
        lane.run("redeem", gift, "--member", PHONE, "--operator", OPERATOR)
        for lane, gift in zip(lanes, gifts, strict=True)
    ]
    shop.reopen()
    synced = [lane.run("sync") for lane in (*lanes, *lanes)]

    assert [answer.code for answer in (*used, *synced)] == [0] * 6
    assert [answer.document["conflicts"] for answer in synced] == [0] * 4
    (ref,) = members_with_phone(shop)
    assert {document["member"]["ref"] for document in bound} > {ref}
    for lane in lanes:
        assert [member["ref"] for member in lane.run("member", "find", PHONE).document["members"]] == [ref]
    assert len([row for row in shop.redemptions() if row["coupon_id"].startswith(f"{GIFT}-")]) == 2
    excess = shop.server.command("report", "excess")
    assert [(row["campaign"], row["uses"]) for row in excess] == [(GIFT, 2)]
    files = [found for lane in lanes for found in files_that_hold(lane.home, PHONE, NAME)]
    assert files + files_that_hold(shop.root / "serving", PHONE) == []


def test_a_customer_who_scans_the_code_is_seen_at_the_counter(shop: Shop, tmp_path: Path) -> None:
    lane, picture = shop.lane(0), tmp_path / "code.png"
    assert lane.run("sync").code == 0
    command = ["bind", "--show", "--png", str(picture), "--wait", "60", "--promoter", "P1001", "--json"]
    showing = subprocess.Popen(
        [sys.executable, "-m", "pos_client", "--home", str(lane.home), *command],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {"POS_CLIENT_KEYRING": "file"},
    )  # fmt: skip
    assert showing.stderr is not None
    shown = json.loads(next(line for line in showing.stderr if line.startswith('{"scene"')))
    shop.server.command("bind", "--scene", shown["scene"], "--phone", PHONE, "--name", NAME)
    answer, _ = showing.communicate(timeout=60)
    document = json.loads(answer)

    assert (showing.returncode, document["reason"], document["is_new"]) == (0, "member-bound", True)
    assert document["member"]["masked"] == "欧*** 139****9000"
    assert document["owner_after"] == "澄水·湖滨店 王芳"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert lane.run("sync").document["conflicts"] == 0
    assert [member["ref"] for member in lane.run("member", "find", PHONE).document["members"]] == members_with_phone(
        shop
    )


def test_whoever_scans_in_the_last_second_is_seen(shop: Shop) -> None:
    lane = shop.lane(0)
    assert lane.run("sync").code == 0
    command = ["bind", "--show", "--wait", "2", "--json"]
    showing = subprocess.Popen(
        [sys.executable, "-m", "pos_client", "--home", str(lane.home), *command],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {"POS_CLIENT_KEYRING": "file"},
    )  # fmt: skip
    assert showing.stderr is not None
    shown = json.loads(next(line for line in showing.stderr if line.startswith('{"scene"')))
    showing.send_signal(signal.SIGSTOP)
    shop.server.command("bind", "--scene", shown["scene"], "--phone", PHONE)
    time.sleep(2.5)
    showing.send_signal(signal.SIGCONT)
    answer, _ = showing.communicate(timeout=60)

    assert (showing.returncode, json.loads(answer)["reason"]) == (0, "member-bound")


def test_what_no_picture_can_hold_is_a_wrong_command(shop: Shop) -> None:
    lane = shop.lane(0)
    assert lane.run("sync").code == 0

    long = lane.run("bind", "--show", "--wait", "0", "--link", "https://example.com/" + "x" * 4_000)
    large = lane.run("bind", "--show", "--wait", "0", "--campaign", str(2**32))

    assert (long.code, large.code) == (2, 2)
    assert long.document["reason"] == "usage"


def test_what_a_customer_says_need_not_stand_in_the_command(shop: Shop) -> None:
    with_gift(shop)
    lane = shop.lane(0)
    assert lane.run("sync").code == 0

    bound = lane.run("bind", "--phone", "-", "--name", "-", "--yes", typed=f"{PHONE}\n{NAME}\n")
    found = lane.run("member", "find", "-", typed=PHONE)
    nothing = lane.run("bind", "--phone", "-", typed="")

    assert (bound.code, bound.document["reason"]) == (0, "member-bound")
    assert [member["ref"] for member in found.document["members"]] == [bound.document["member"]["ref"]]
    assert nothing.code == 2
    assert lane.run("sync").document["quarantined"] == 0


def test_members_are_found_by_four_digits_beside_a_window(shop: Shop) -> None:
    lane = shop.lane(0)
    assert lane.run("sync").code == 0

    with WriterLock(lane.home / "lane.lock", WINDOW):
        found = [lane.run("member", "find", "0000", "--operator", OPERATOR) for _ in range(2)]

    assert [answer.code for answer in found] == [20, 20]
    assert {answer.document["reason"] for answer in found} == {"member-unknown"}
    counted = json.loads((lane.home / "lookups.json").read_text())
    assert [(who, len(looks)) for who, looks in counted.items()] == [(OPERATOR, 2)]


def test_a_phone_is_verified_and_changed(shop: Shop) -> None:
    with_gift(shop)
    lane = shop.lane(0)
    assert lane.run("sync").code == 0
    bind(lane)
    sent = lane.run("member", "send-code", "--phone", PHONE)
    again = lane.run("member", "send-code", "--phone", PHONE)
    code = json.loads((shop.root / "crm" / "sms.jsonl").read_text("utf-8").splitlines()[-1])["code"]
    wrong = lane.run("member", "verify", "--phone", PHONE, "--code", "000000" if code != "000000" else "111111")
    right = lane.run("member", "verify", "--phone", PHONE, "--code", code)
    changed = lane.run("member", "change-phone", "--member", PHONE, "--phone", "13700137000", "--supervisor", "E1002")

    assert [answer.document["reason"] for answer in (sent, again, wrong, right, changed)] == [
        "phone-code-sent", "phone-code-wait", "phone-code-wrong", "phone-verified", "number-changed",
    ]  # fmt: skip
    assert [answer.code for answer in (sent, again, wrong, right, changed)] == [0, 20, 20, 0, 0]
    assert lane.run("sync").document["conflicts"] == 0
    assert members_with_phone(shop) == []
    assert len(lane.run("member", "find", "13700137000").document["members"]) == 1


def test_without_the_network_no_code_can_be_sent(shop: Shop) -> None:
    lane = shop.lane(0)
    assert lane.run("sync").code == 0
    shop.close()

    sent = lane.run("member", "send-code", "--phone", PHONE)
    shop.reopen()

    assert (sent.code, sent.document["reason"]) == (1, "server-unreachable")
