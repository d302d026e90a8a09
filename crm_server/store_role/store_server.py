"""A store's server, opened: tables, keys, the data that it mirrors, and what claims are judged by.

Apart from the web application because commands use the same without a port.
"""

import json
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Row, bindparam, select, text

from crm_server.centre import Centre, Clock, ensure_instance, utc_now
from crm_server.claims import Ground
from crm_server.coupon_facts import ShownCoupon
from crm_server.database import open_database
from crm_server.keys import open_store_ring, signing_key
from crm_server.problems import Problem
from crm_server.schema import STORE
from pos_client.domain.business_time import local_date
from pos_client.domain.coupon import CouponFacts

from . import identity as identities
from . import mirrored, rebuilding
from .cache_copy import CacheCopy
from .centre_time import CentreTime
from .identity import Identity
from .mirrored_facts import MirroredFacts
from .trusted import Trusted
from .upstream import Upstream

_STORE: Final = select(STORE.c.secret, STORE.c.zone).where(STORE.c.number == bindparam("of_store"))
# Any number that no other lock of these tables has; two claims on one red packet must see each other's part.
_LOCK: Final = text("SELECT pg_advisory_xact_lock(7077002, hashtext(:coupon_id))")


@dataclass
class StoreServer:
    """An opened store server.

    Attributes:
        centre: what the resources reach for; its word is the store's.
        url, pin: where lanes find it; both are announced to the centre.
        time: learns the centre's time, None where another clock was given. lines: to the centre, all that are open.
    """

    centre: Centre
    folder: Path
    identity: Identity
    device_key: Ed25519PrivateKey
    cache: CacheCopy
    trusted: Trusted
    url: str = ""
    pin: str = ""
    time: CentreTime | None = None
    lines: "weakref.WeakSet[Upstream]" = field(default_factory=weakref.WeakSet)

    def upstream(self) -> Upstream:
        """A line to the centre for one thread."""
        line = Upstream(self.identity.upstream, self.identity.device, self.device_key, self._hear)
        self.lines.add(line)
        return line

    def hang_up(self) -> None:
        """End every conversation with the centre, for good."""
        for line in list(self.lines):
            line.hang_up()

    def adopt_trust(self, trust: Sequence[dict[str, Any]]) -> None:
        """Trust the keys of the newest policy."""
        self.trusted = Trusted(trust)

    def adopt_key_id(self, key_id: int) -> None:
        """Take the number that the centre gave the store key; it is the same from the first time on."""
        if key_id != self.identity.key_id:
            self.identity = replace(identities.read(self.folder), key_id=key_id)
            identities.write(self.folder, self.identity)
            self.centre = replace(self.centre, keys=open_store_ring(self.folder / "keys", key_id))

    def mirror_file(self, sha256: str) -> Path:
        """Where a mirrored snapshot's file lies, named by its content."""
        return self.folder / "mirror" / f"{sha256}.db"

    def ground(self) -> Ground:
        """What claims are judged by here."""
        return Ground(self.centre.keys, "B", self._facts, self._own_ref, _lock, self._check)

    def close(self) -> None:
        """Let go of files and tables."""
        self.cache.close()
        self.centre.close()

    def _hear(self, headers: Mapping[str, str], request_id: str) -> None:
        if self.time is not None:
            self.time.hear(headers, request_id, self.trusted.has_signed_time)

    def _check(self, connection: Connection) -> None:
        rebuilding.must_be_open(connection)
        if not self.cache.is_there:
            raise Problem("store-rebuilding", "the store's data is not here yet", retry_after_s=rebuilding.RETRY_S)

    def _facts(self, connection: Connection, shown: ShownCoupon, holders: Sequence[Row[Any]]) -> CouponFacts:
        return self._known(connection).known(connection, shown, holders)

    def _own_ref(self, connection: Connection, ref: str) -> str:
        return self._known(connection).own_ref(ref) if ref else ref

    def _known(self, connection: Connection) -> MirroredFacts:
        store = connection.execute(_STORE, {"of_store": self.identity.store}).one()
        return MirroredFacts(self.cache, store.secret, self.trusted, local_date(self.centre.now(), store.zone))


def open_store(folder: Path, url: str | None = None, now: Clock | None = None) -> StoreServer:
    """Open the store server of a folder, which must have joined; it goes by the centre's time unless told another.

    Raises:
        NotJoined.
    """
    known = identities.read(folder)
    keys = open_store_ring(folder / "keys", known.key_id)
    database = open_database(folder, url)
    instance = database.write(ensure_instance).result()
    time = CentreTime() if now is None else None
    centre = Centre(folder, database, keys, instance, now or time or utc_now)
    epoch = database.write(lambda job: rebuilding.begin(job, known.store_epoch, centre.now_ms())).result()
    identities.note_epoch(folder, epoch)
    policy = database.read(lambda job: mirrored.kept(job, mirrored.POLICY)).result()
    trusted = Trusted(json.loads(policy.body)["trust"] if policy else known.trust)
    key = signing_key(folder / "keys" / "device.key")
    cache = CacheCopy(folder / "cache")
    return StoreServer(centre, folder, identities.read(folder), key, cache, trusted, time=time)


def _lock(connection: Connection, coupon_id: str) -> None:
    # With SQLite there is one writer anyway.
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"coupon_id": coupon_id})
