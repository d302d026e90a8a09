"""Who this lane is: what the centre said when it was enrolled, in one file without a secret in it.

Apart from settings because people write those, and only the centre decides these.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pos_client.domain import pins, store_server, trade_policy
from pos_client.domain.errors import NotEnrolled, StorageUnavailable
from pos_client.domain.limits import Limits
from pos_client.domain.limits import parse as parse_limits
from pos_client.domain.pins import PinBook
from pos_client.domain.store_profile import StoreProfile
from pos_client.domain.store_server import StoreServer
from pos_client.domain.trade_policy import TradePolicy

from .signing_keys import TrustedKey, parse_trusted_key
from .whole_file import replace_file

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class SyncIntervals:
    """How often to deliver, to fetch and to say where this lane stands, in seconds, as the centre's policy says."""

    push_s: float = 5.0
    pull_s: float = 60.0
    heartbeat_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One lane's identity.

    Attributes:
        trust: the centre's keys, of the enrolment or of the newest policy.
        policy: the newest signed policy, as received.
        secrets_in: ``keyring`` or ``file``: where this lane's key was put.
    """

    device_id: str
    epoch: int
    store: StoreProfile
    lane_no: int
    server_url: str
    trust: tuple[TrustedKey, ...]
    booth: str = ""
    policy: Mapping[str, Any] = field(default_factory=dict)
    secrets_in: str = "keyring"

    def limits(self) -> Limits:
        """The signed limits of this lane alone; defaults where the policy says nothing."""
        limits = self.policy.get("limits")
        return parse_limits(limits) if isinstance(limits, Mapping) else Limits()

    def trade(self) -> TradePolicy:
        """What the centre has settled about points, credit and issuing; defaults where the policy says nothing."""
        trade = self.policy.get("trade")
        return trade_policy.parse(trade) if isinstance(trade, Mapping) else TradePolicy()

    def pins(self, pepper: bytes) -> PinBook:
        """The PINs of this store's people; ``pepper`` is the store's."""
        return pins.parse(self.policy.get("pins"), pepper)

    def store_server(self) -> StoreServer | None:
        """The store's own server, None where the policy names none."""
        return store_server.parse(self.policy.get("store_server"))

    def parts(self) -> Mapping[int, int]:
        """Uses of limited campaigns that this lane may grant alone, by the campaign's number."""
        shares, found = self.policy.get("shares"), dict[int, int]()
        for share in shares if isinstance(shares, list) else ():
            campaign, lanes = (share.get(name) for name in ("campaign", "lanes"))
            part = lanes.get(str(self.lane_no)) if isinstance(lanes, Mapping) else None
            if isinstance(campaign, int) and isinstance(part, int):
                found[campaign] = part
        return found

    def policy_version(self) -> int:
        """Of the newest policy, 0 before the first."""
        version = self.policy.get("ver")
        return version if isinstance(version, int) else 0

    def intervals(self) -> SyncIntervals:
        """How often to sync; a figure that is absent or out of range keeps its default."""
        sync = self.policy.get("sync")
        found = sync if isinstance(sync, Mapping) else {}
        usable = {
            name: float(value)
            for name in ("push_s", "pull_s", "heartbeat_s")
            if isinstance(value := found.get(name), int | float) and 1 <= value <= 86_400
        }
        return SyncIntervals(**usable)


def parse_store(document: Mapping[str, Any]) -> StoreProfile:
    """A store profile as the centre writes it.

    Raises:
        StorageUnavailable: a field is missing or wrong.
    """
    try:
        return StoreProfile(
            number=int(document["number"]),
            id=str(document["id"]),
            name=str(document["name"]),
            zone=str(document["zone"]),
            currency=str(document["currency"]),
            booth=str(document.get("booth", "")),
            offline_by_design=bool(document.get("offline_by_design", False)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise StorageUnavailable(f"the enrolment's store is not usable: {error}") from error


def read(path: Path) -> Enrolment:
    """The enrolment of this home.

    Raises:
        NotEnrolled: there is none.
        StorageUnavailable: the file cannot be read.
        SettingsInvalid: a trusted key in it is not usable.
    """
    try:
        document = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise NotEnrolled(path=str(path.parent)) from error
    except (OSError, ValueError) as error:
        raise StorageUnavailable(f"{path.name}: {type(error).__name__}", path=str(path)) from error
    try:
        return _parse(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StorageUnavailable(f"{path.name}: {error}", path=str(path)) from error


def write(path: Path, enrolment: Enrolment) -> None:
    """Replace the file as a whole.

    Raises:
        DiskFull, StorageUnavailable: the old one stays.
    """
    document = {
        "v": VERSION,
        "device_id": enrolment.device_id,
        "epoch": enrolment.epoch,
        "store": _store_document(enrolment.store),
        "lane_no": enrolment.lane_no,
        "booth": enrolment.booth,
        "server_url": enrolment.server_url,
        "trust": [key.as_document() for key in enrolment.trust],
        "policy": dict(enrolment.policy),
        "secrets_in": enrolment.secrets_in,
    }
    replace_file(path, json.dumps(document, ensure_ascii=False, indent=1).encode())


def _parse(document: Mapping[str, Any]) -> Enrolment:
    return Enrolment(
        device_id=str(document["device_id"]),
        epoch=int(document["epoch"]),
        store=parse_store(document["store"]),
        lane_no=int(document["lane_no"]),
        server_url=str(document["server_url"]),
        trust=tuple(parse_trusted_key(key) for key in document["trust"]),
        booth=str(document["booth"]),
        policy=dict(document["policy"]),
        secrets_in=str(document["secrets_in"]),
    )


def _store_document(store: StoreProfile) -> dict[str, Any]:
    return {
        "number": store.number,
        "id": store.id,
        "name": store.name,
        "zone": store.zone,
        "currency": store.currency,
        "booth": store.booth,
        "offline_by_design": store.offline_by_design,
    }
