"""Building blocks of request and response documents: bounds on every text and number, no unknown fields."""

from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

LARGEST: Final = 2**53 - 1
# No control characters: they mean nothing here and PostgreSQL refuses NUL.
_PRINTABLE: Final = r"^[^\x00-\x1f\x7f]*$"

Seq = Annotated[int, Field(ge=0, le=LARGEST)]
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]
Minor = Annotated[int, Field(ge=0, le=2**40)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:-]{1,40}$")]
ClaimId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
HashOrNone = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]*$")]
PublicKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]
ShortText = Annotated[str, StringConstraints(max_length=80, pattern=_PRINTABLE)]
CodeText = Annotated[str, StringConstraints(max_length=512, pattern=_PRINTABLE)]
SealedText = Annotated[str, StringConstraints(min_length=80, max_length=512, pattern=r"^[A-Za-z0-9_-]*$")]
SixDigits = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
SeqRange = tuple[int, int]


class Request(BaseModel):
    """A request document: what it does not name is refused (422)."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Reply(BaseModel):
    """A response document."""

    model_config = ConfigDict(extra="forbid")


class Signed(Reply):
    """A document that carries its own signature (``pos_client.domain.signed_document``)."""

    key_id: int
    sig: str


class TrustedKey(Reply):
    """A public key that devices trust for one purpose between two dates."""

    key_id: int
    purpose: str
    alg: str
    public: str
    not_before: str
    not_after: str


class StoreServer(Reply):
    """The store's own server: lanes may ask it beside the centre, over a connection whose certificate has the pin."""

    device: str
    url: str
    pin: str
    key_id: int
    store_epoch: int


class LaneShare(Reply):
    """Uses of a limited campaign that lanes of the store may grant alone, by the lane's number."""

    campaign: int
    lanes: dict[str, int]


class PinRecord(Reply):
    """A PIN: HMAC-SHA-256, under a key derived from the store's secret, of what scrypt makes of it."""

    kdf: str
    n: int
    r: int
    p: int
    salt: str
    check: str


class Pins(Reply):
    """PINs of who works in the store, by staff id; where ``required``, nobody decides by his id alone."""

    required: bool
    staff: dict[str, PinRecord]


class Policy(Signed):
    """Limits of a lane alone, rhythm of its sync, keys that it trusts; to ``seal_key`` (X25519) it seals phones."""

    ver: int
    issued_at: str
    limits: dict[str, int]
    sync: dict[str, int]
    trade: dict[str, Any]
    store_server: StoreServer | None
    shares: list[LaneShare]
    pins: Pins
    trust: list[TrustedKey]
    seal_key: PublicKey


JsonObject = dict[str, Any]
