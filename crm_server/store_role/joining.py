"""How a store's server joins: a one-time code becomes its identity, and it says where lanes find it.

Apart from the mirror because this needs the centre, and serving does not.
"""

import json
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from crm_server.keys import signing_key
from crm_server.store_servers import LANE
from pos_client.domain.signed_document import KeyPurpose, to_base64

from . import identity as identities
from . import rebuilding
from .identity import Identity
from .store_server import StoreServer
from .upstream import Answer, Upstream, UpstreamSilent

PATH: Final = "/v1/store-server"
ANNOUNCED: Final = "announced"
REPLACES: Final = "replaced-another"
BEHIND: Final = "tables-older"


class JoinRefused(RuntimeError):
    """The centre does not take it as this store's server."""


def join(folder: Path, upstream: str, store: int, code: str) -> Identity:
    """Turn a one-time code into an identity; the same code again, with the same key, gives the same one.

    Raises:
        JoinRefused, UpstreamSilent.
    """
    (folder / "keys").mkdir(parents=True, exist_ok=True, mode=0o700)
    key = signing_key(folder / "keys" / "device.key")
    asked = {"code": code, "pubkey": to_base64(key.public_key().public_bytes_raw()), "alg": "ed25519"}
    line = Upstream(upstream)
    try:
        answer = line.ask("POST", "/v1/devices/enrol", {**asked, "hw_hash": "", "app_ver": "", "os": ""})
    finally:
        line.close()
    told = _told(answer, {200, 201})
    if (told["lane_no"], told["store"]["number"]) != (LANE, store):
        raise JoinRefused(f"the code is for lane {told['lane_no']} of store {told['store']['number']}")
    known = Identity(str(told["device_id"]), store, upstream.rstrip("/"), 0, told["trust"])
    identities.write(folder, known)
    return known


def announce(store: StoreServer, line: Upstream, reason: str) -> None:
    """Tell the centre where this server stands, where it does not know that yet.

    Raises:
        JoinRefused, UpstreamSilent.
    """
    database = store.centre.database
    epoch, said = database.read(lambda job: (rebuilding.store_epoch(job), rebuilding.value(job, ANNOUNCED))).result()
    public = to_base64(store.centre.keys.private[KeyPurpose.STORE].public_key().public_bytes_raw())
    saying = {"url": store.url, "pin": store.pin, "public": public, "store_epoch": epoch}
    if said == json.dumps(saying) and store.identity.key_id:
        return
    told = _told(line.ask("PUT", PATH, {**saying, "reason": reason}), {200})
    store.adopt_key_id(int(told["key_id"]))
    now_ms, is_first, highest = store.centre.now_ms(), not said, int(told["store_epoch"])

    def note(job: Connection) -> int:
        rebuilding.keep(job, ANNOUNCED, json.dumps(saying))
        if highest > epoch:
            return rebuilding.take_new_epoch(job, BEHIND, now_ms, highest)
        if is_first and told["replaces"] and not rebuilding.why_rebuilding(job):
            rebuilding.keep(job, rebuilding.REBUILDING, REPLACES)
        return rebuilding.store_epoch(job)

    identities.note_epoch(store.folder, database.write(note).result())


def last_announced(connection: Connection) -> dict[str, Any]:
    """What the centre was told last; empty before the first time."""
    said = rebuilding.value(connection, ANNOUNCED)
    return dict(json.loads(said)) if said else {}


def announce_again(folder: Path, said: dict[str, Any], store_epoch: int) -> bool:
    """Tell the centre a new epoch without opening the tables; the running server will say the same.

    Raises:
        JoinRefused, UpstreamSilent.
    """
    known = identities.read(folder)
    line = Upstream(known.upstream, known.device, signing_key(folder / "keys" / "device.key"))
    try:
        _told(line.ask("PUT", PATH, {**said, "store_epoch": store_epoch, "reason": "restored"}), {200})
    finally:
        line.close()
    return True


def _told(answer: Answer, good: set[int]) -> dict[str, Any]:
    if answer.status in good:
        return answer.document()
    if answer.problem and answer.status < 500:
        raise JoinRefused(f"{answer.problem}: {answer.document().get('detail', '')}")
    raise UpstreamSilent(f"status {answer.status}")
