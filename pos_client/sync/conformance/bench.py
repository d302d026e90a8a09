"""What every case works with: the probe, the throw-away lanes, and what was learnt so far.

Apart from the cases so that a lane is enrolled once, and what one case fetched need not be fetched by the next.
"""

import re
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.signed_document import DocumentPurpose, to_base64
from pos_client.sync.api_client import ApiClient
from pos_client.sync.enrol import EnrolmentAnswer, Machine, enrol
from pos_client.sync.server_time import ServerTime
from pos_client.usecases.ports import Clock

from .expectations import document, told
from .lane_journal import DeviceKey
from .probe import Heard, Probe
from .throwaway_lane import ThrowawayLane
from .unmet import NotApplicable, Unmet

MACHINE: Final = Machine(hw_hash="", app_ver="conformance", os="conformance")
KNOWN_WITHIN_S: Final = 60
_DEVICE: Final = re.compile(r"[A-Za-z0-9_.:-]{1,40}")


class Trust(Protocol):
    """Checks the centre's signatures."""

    def verify_document(self, purpose: DocumentPurpose, document: Mapping[str, Any], /) -> bool:
        """Whether a key that may sign such a document did."""

    def verify_time(self, server_time: str, request_id: str, key_id: str, signature: bytes, /) -> bool:
        """Whether a server key signed this time for this request."""


@dataclass(frozen=True, slots=True)
class Keys:
    """How keys are made and checked; the keys themselves live in another room.

    Attributes:
        generate: a new key of a lane.
        trust: of a trust list as received; raises a PosError where a key is none.
        clock: of this machine.
    """

    generate: Callable[[], DeviceKey]
    trust: Callable[[Sequence[Mapping[str, Any]]], Trust]
    clock: Clock


class Bench:
    """One check of one server.

    Args:
        codes: enrolment codes of throw-away lanes; the second is the neighbour's.
        coupons: throw-away signed coupons.
        waits: for a server that hears of a new lane from another one.
    """

    def __init__(
        self, probe: Probe, keys: Keys, codes: Sequence[str], coupons: Sequence[SignedCoupon], *, waits: bool = False
    ) -> None:
        self.probe = probe
        self._waits = waits
        self.keys = keys
        self.codes = tuple(codes)
        self.coupons = tuple(coupons)
        self._lanes: dict[int, ThrowawayLane] = {}
        self._lane_keys: dict[int, DeviceKey] = {}
        self._fetched: dict[str, Any] = {}

    @property
    def lane(self) -> ThrowawayLane:
        """The enrolled lane."""
        return self.lane_number(0)

    @property
    def neighbour(self) -> ThrowawayLane:
        """The second lane."""
        return self.lane_number(1)

    def lane_number(self, place: int) -> ThrowawayLane:
        """A lane that was enrolled before.

        Raises:
            NotApplicable: its enrolment failed.
        """
        if place not in self._lanes:
            raise NotApplicable("no lane could be enrolled")
        return self._lanes[place]

    @property
    def coupon(self) -> SignedCoupon:
        """The throw-away coupon."""
        return self.coupons[0]

    @property
    def trust(self) -> Trust:
        """The keys that the lane's enrolment named."""
        return self.keys.trust(self.lane.enrolment.trust)

    def ask_to_enrol(self, place: int, **changed: Any) -> Heard:
        """Send the enrolment of a lane; its key stays the same however often."""
        key = self._lane_keys.setdefault(place, self.keys.generate())
        code = self.codes[place] if place < len(self.codes) else ""
        return self.probe.ask("POST", "/v1/devices/enrol", {**enrolment_document(key, code), **changed})

    def enrol(self, place: int) -> EnrolmentAnswer:
        """Enrol as a real lane does, with the key of ``ask_to_enrol``; the lane can be used from here on."""
        key = self._lane_keys.setdefault(place, self.keys.generate())
        api = ApiClient(self.probe.base_url, ServerTime(self.keys.clock), version=self.probe.version)
        try:
            answer = enrol(api, self.codes[place], key.public_bytes(), MACHINE)
        finally:
            api.close()
        if not _DEVICE.fullmatch(answer.device_id):
            raise Unmet("the device's id is not 1 to 40 letters, digits or _.:-")
        self._lanes[place] = ThrowawayLane(self.probe, key, answer)
        if self._waits:
            self._wait_until_known(self._lanes[place])
        return answer

    def _wait_until_known(self, lane: ThrowawayLane) -> None:
        """Until the server lets the new lane in.

        Raises:
            Unmet: it did not.
        """
        until = time.monotonic() + KNOWN_WITHIN_S
        while (heard := lane.get("/v1/policy")).status == 401:
            if time.monotonic() > until:
                raise Unmet(f"{told(heard)}: the lane is not known here after {KNOWN_WITHIN_S} s")
            time.sleep(0.5)

    def fetched(self, name: str, fetch: Callable[[], Any]) -> Any:
        """What ``fetch`` gave when it was first asked for under this name.

        Raises:
            NotApplicable: it failed then, and the case that it failed in has told how.
        """
        if name not in self._fetched:
            self._fetched[name] = None
            self._fetched[name] = fetch()
        if self._fetched[name] is None:
            raise NotApplicable(f"{name} could not be had before")
        return self._fetched[name]

    def manifest(self) -> Mapping[str, Any]:
        """The lane's newest manifest."""
        wanted: Mapping[str, Any] = self.fetched(
            "the manifest", lambda: document(self.lane.get("/v1/snapshots/current"))
        )
        return wanted


def enrolment_document(key: DeviceKey, code: str) -> dict[str, Any]:
    """The body of an enrolment."""
    return {
        "code": code,
        "pubkey": to_base64(key.public_bytes()),
        "alg": "ed25519",
        "hw_hash": MACHINE.hw_hash,
        "app_ver": MACHINE.app_ver,
        "os": MACHINE.os,
    }


def invented_coupon() -> str:
    """The id of a coupon that nobody issued; a redemption of it is a fact all the same."""
    return f"conformance-{secrets.token_hex(8)}"
