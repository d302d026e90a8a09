"""Stand-ins at the ports of binding: what the centre would say of one-time codes and of pictures that were scanned.

The seal is the real one; ``opened`` reads it with the centre's half of the key.
"""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from crm_server.sealing import open_sealed
from pos_client.config.sealing import CentreSealer
from pos_client.config.signing_keys import DeviceKey
from pos_client.domain.errors import ServerUnreachable
from pos_client.domain.signed_document import to_base64
from pos_client.usecases.bind_port import BindPorts, CodeCheck, CodeSent, SceneBound


@dataclass
class BindingCentre:
    """One centre, for both ports.

    Attributes:
        codes: the code that was sent, by phone. scenes: who was bound, by digest.
        sent: phones to which a code went.
    """

    is_reachable: bool = True
    codes: dict[str, str] = field(default_factory=dict)
    scenes: dict[str, SceneBound] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    wait_s: int = 0
    blocked: bool = False
    seal: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)

    def ports(self, key: DeviceKey) -> BindPorts:
        """What a lane with this key reaches for."""
        public = to_base64(self.seal.public_key().public_bytes_raw())
        return BindPorts(CentreSealer(lambda: public), key.sign, self, self)

    def opened(self, sealed: str) -> str:
        """What the centre reads."""
        return open_sealed(self.seal, sealed)

    def bound(self, digest: str) -> SceneBound | None:
        """The port ``Scenes``."""
        self._answer()
        return self.scenes.get(digest)

    def send(self, phone_sealed: str) -> CodeSent:
        """The port ``PhoneCodes``."""
        self._answer()
        phone = self.opened(phone_sealed)
        if self.wait_s or self.blocked:
            return CodeSent(self.wait_s or 80_000, blocked=self.blocked)
        self.sent.append(phone)
        self.codes[phone] = "123456"
        return CodeSent(0, 600)

    def check(self, phone_sealed: str, code: str) -> CodeCheck:
        """The port ``PhoneCodes``."""
        self._answer()
        if self.blocked:
            return CodeCheck.BLOCKED
        return CodeCheck.PASSED if self.codes.get(self.opened(phone_sealed)) == code else CodeCheck.WRONG

    def _answer(self) -> None:
        if not self.is_reachable:
            raise ServerUnreachable("unplugged", cause="timeout")
