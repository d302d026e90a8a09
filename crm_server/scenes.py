"""Binding by a parametric code: what the program behind a customer's phone asks for, and what the lane hears of it.

Apart from the effects of entries because no lane has written anything yet: the code's signature says whose booth it is.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects import postgresql, sqlite

from pos_client.domain.business_time import local_date, to_ms
from pos_client.domain.codes import parametric_qr, phone_number
from pos_client.domain.codes.bad_code import BadCode
from pos_client.domain.codes.member_card import card_number
from pos_client.domain.codes.parametric_qr import LANE_KEY, ParametricQr, Presenter
from pos_client.domain.keyed_hash import phone_account
from pos_client.domain.signed_document import KeyPurpose, from_base64

from . import change_log, members
from .change_log import Change
from .devices import REVOKED, Caller
from .keys import KeyRing, is_signed_by, public_key
from .members import Newcomer, Touch
from .problems import Problem
from .schema import DEVICE, MEMBER, SCENE_BINDING, STORE
from .store_view import mask_name

_NOTE: Final = {
    "sqlite": sqlite.insert(SCENE_BINDING).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(SCENE_BINDING).on_conflict_do_nothing(),
}


@dataclass(frozen=True, slots=True)
class SceneRequest:
    """A customer scanned a code.

    Attributes:
        digits: of the code. phone: in E.164. name: may be empty.
        verified: the number is known to be his.
    """

    digits: str
    phone: str
    name: str
    verified: bool


def read_scene(connection: Connection, keys: KeyRing, digits: str, now: datetime) -> ParametricQr:
    """The code behind the digits, genuine and in time.

    Raises:
        Problem: scene-invalid, scene-expired.
    """
    try:
        scene = parametric_qr.parse(digits)
        content = scene.signed_bytes()
    except BadCode as error:
        raise Problem("scene-invalid") from error
    if scene.key_id == LANE_KEY:
        genuine = any(is_signed_by(public_key(key), scene.signature, content) for key in _keys_of(connection, scene))
    else:
        genuine = keys.verifies(KeyPurpose.PARAMETRIC, scene.key_id, scene.signature, content)
    if not genuine:
        raise Problem("scene-invalid")
    if not scene.is_current(now):
        raise Problem("scene-expired")
    return scene


def bind_by_scene(connection: Connection, keys: KeyRing, request: SceneRequest, now: datetime) -> dict[str, Any]:
    """Make or find the member, and let the owner follow the rule; the same request again changes nothing.

    Raises:
        Problem: scene-invalid, scene-expired.
    """
    scene = read_scene(connection, keys, request.digits, now)
    members.go_first(connection)
    zone = connection.execute(select(STORE.c.zone).where(STORE.c.number == scene.store)).scalar()
    if zone is None:
        raise Problem("scene-invalid")
    promoter = scene.staff if scene.presenter is Presenter.PROMOTER else ""
    touch = Touch(scene.store, promoter, local_date(now, zone))
    known = members.by_phone(connection, request.phone)
    if known is None:
        number, changes = _add(connection, request, touch)
    else:
        number, changes = known.number, members.touched(connection, known, touch)
        changes += members.checked(connection, known) if request.verified else []
    _note(connection, scene, request.digits, number, is_new=known is None, now_ms=to_ms(now))
    change_log.append(connection, changes)
    member = connection.execute(select(MEMBER).where(MEMBER.c.number == number)).one()
    return {"state": "bound", "is_new": known is None, "member_ref": member.ref, "masked": _masked(member)}


def scene_state(connection: Connection, caller: Caller, digest: str) -> dict[str, Any] | None:
    """Who was bound last by a code, for a lane of its store; None as long as nobody was.

    Raises:
        Problem: scene-other.
    """
    bound = connection.execute(
        select(SCENE_BINDING)
        .where(SCENE_BINDING.c.digest == digest)
        .order_by(SCENE_BINDING.c.at_ms.desc(), SCENE_BINDING.c.member_number.desc())
        .limit(1)
    ).one_or_none()
    if bound is None:
        return None
    if bound.store != caller.store:
        raise Problem("scene-other")
    member = connection.execute(select(MEMBER).where(MEMBER.c.number == bound.member_number)).one()
    secret: bytes = connection.execute(select(STORE.c.secret).where(STORE.c.number == caller.store)).scalar_one()
    return {
        "member_ref": member.ref,
        "member_number": member.number,
        "phone_key": phone_account(secret, member.phone),
        "masked": _masked(member),
        "is_new": bool(bound.is_new),
    }


def digest_of(digits: str) -> str:
    """What a lane asks by."""
    return hashlib.sha256(digits.encode()).hexdigest()


def _keys_of(connection: Connection, scene: ParametricQr) -> list[str]:
    """Public keys of the devices that stand, or stood, where the code says; none of one that was revoked."""
    asked = select(DEVICE.c.pubkey).where(
        DEVICE.c.store == scene.store, DEVICE.c.lane == scene.lane, DEVICE.c.state != REVOKED
    )
    return [text for text in connection.execute(asked).scalars() if len(from_base64(text)) == 32]


def _add(connection: Connection, request: SceneRequest, touch: Touch) -> tuple[int, list[Change]]:
    number = members.next_number(connection)
    ref, card = "m-" + secrets.token_hex(8), card_number(number)
    newcomer = Newcomer(number, ref, card, request.phone, request.name, touch, request.verified)
    return number, members.add(connection, newcomer)


def _note(connection: Connection, scene: ParametricQr, digits: str, number: int, *, is_new: bool, now_ms: int) -> None:
    row = {
        "digest": digest_of(digits),
        "member_number": number,
        "store": scene.store,
        "lane": scene.lane,
        "staff": scene.staff,
        "campaign": scene.campaign,
        "is_new": int(is_new),
        "at_ms": now_ms,
    }
    connection.execute(_NOTE[connection.dialect.name], row)


def _masked(member: Row[Any]) -> str:
    name = mask_name(member.name) if member.name else ""
    return f"{name} {phone_number.mask(member.phone)}".strip()
