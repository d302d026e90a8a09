"""What both sides of a binding show; no Qt, so that the logic and the tests need no window."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pos_client.usecases.bind_side import OnShow
from pos_client.usecases.binding import Binding


class BindMode(StrEnum):
    """Which question is open."""

    CODE = "code"
    PHONE = "phone"
    TOLD = "told"
    MEMBER = "member"
    PROMOTER = "promoter"
    DONE = "done"


class BindHint(StrEnum):
    """What is said beside what is typed."""

    NONE = ""
    PHONE_MORE = "phone-more"
    PHONE_WRONG = "phone-wrong"
    PHONE_READY = "phone-ready"
    ASKING = "asking"
    TOLD_SENT = "told-sent"
    TOLD_LATER = "told-later"
    SAID = "said"
    KEPT = "kept"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class BindView:
    """All of it.

    Attributes:
        on_show: the code; None before it is there.
        text: what its picture holds.
        shown_at: since when it is shown to this customer, aware UTC.
        bound_at: when he was bound; None as long as he is not.
        typed: digits of the phone number or of the one-time code.
        missing: how many digits are still to come.
        said: why it could not be done, a verdict; with ``BindHint.SAID``.
        members: who may be meant, masked.
        is_online: somebody can be asked who scanned it.
        waited_s: since ``shown_at``.
        kept_as: name of the file with the code on paper.
    """

    mode: BindMode = BindMode.CODE
    on_show: OnShow | None = None
    text: str = ""
    shown_at: datetime | None = None
    bound_at: datetime | None = None
    typed: str = ""
    missing: int = 0
    hint: BindHint = BindHint.NONE
    said: Binding | None = None
    done: Binding | None = None
    members: tuple[str, ...] = ()
    is_online: bool = True
    waited_s: float = 0.0
    kept_as: str = ""
