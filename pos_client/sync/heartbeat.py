"""Says where this lane stands, and hears what the centre lacks: gaps, copies and roll-backs are noticed here first.

Apart from push because it is sent even when nothing waits.
"""

from dataclasses import dataclass

from . import payloads
from .api_client import ApiClient, ApiRequest, encode
from .outbox_port import Outbox
from .payloads import Ranges


@dataclass(frozen=True, slots=True)
class HeartbeatAnswer:
    """The centre's view of this lane.

    Attributes:
        ack_seq: the highest entry below which nothing is missing.
        missing, resend: ranges that the centre lacks of this epoch.
        policy_ver, snapshot_gen: the newest it has.
        commands: names of what it asks for; unknown ones are for a newer program.
    """

    ack_seq: int
    missing: Ranges
    resend: Ranges
    policy_ver: int
    snapshot_gen: int
    commands: tuple[str, ...]


class Heartbeat:
    """Beats for one device.

    Args:
        api: the client with the rolling session token.
        outbox: the journal's rows. device: this device's id.
    """

    def __init__(self, api: ApiClient, outbox: Outbox, device: str) -> None:
        self._api = api
        self._outbox = outbox
        self._device = device

    def beat(self, cache_generation: int, time_quality: str, set_aside: int = 0) -> HeartbeatAnswer:
        """Ask once, and put back in line what the centre lacks; ``set_aside`` rows of its data cannot be read here.

        Raises:
            DeviceRevoked, DeviceForked, ServerRefused, ServerUnreachable.
        """
        head, counts = self._outbox.head(), self._outbox.counts()
        age = (self._api.time.now() - counts.oldest).total_seconds() if counts.oldest else 0
        document = {
            "epoch": head.epoch,
            "head_seq": head.seq,
            "head_hash": head.hash.hex(),
            "undelivered": counts.pending,
            "oldest_s": max(0, int(age)),
            "cache_gen": cache_generation,
            "time_quality": time_quality,
            "stuck": list(counts.stuck),
            # An older centre does not know the field: it is named where there is something to say.
            **({"set_aside": set_aside} if set_aside else {}),
        }
        path = f"/v1/devices/{self._device}/heartbeat"
        answer = self._api.ask(ApiRequest("POST", path, body=encode(document), rolls=True)).expect().document
        heard = HeartbeatAnswer(
            ack_seq=payloads.whole(answer, "ack_seq"),
            missing=payloads.ranges(answer, "missing"),
            resend=payloads.ranges(answer, "resend"),
            policy_ver=payloads.whole(answer, "policy_ver", 0),
            snapshot_gen=payloads.whole(answer, "snapshot_gen", 0),
            commands=payloads.texts(answer, "commands"),
        )
        if heard.missing or heard.resend:
            self._outbox.resend(head.epoch, heard.missing + heard.resend)
        return heard
