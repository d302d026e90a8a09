"""The sounds by name, and which of them belongs to which level: the presenter needs no loudspeaker."""

from enum import StrEnum
from typing import Final

from pos_client.domain.reasons import Reason
from pos_client.domain.reward import HANDED_OVER
from pos_client.usecases.till_view import Level, TillAnswer


class Sound(StrEnum):
    """Files of the same name in ``resources/sounds``.

    Six belong to verdicts; ``WIN`` to a prize, ``HELP`` to a customer who calls, ``DONE`` to a day that is closed.
    """

    TICK = "tick"
    OK = "ok"
    OK_PENDING = "ok_pending"
    WARN = "warn"
    REPEAT = "repeat"
    NO = "no"
    WIN = "win"
    HELP = "help"
    DONE = "done"


SOUND_OF: Final = {
    Level.OK: Sound.OK,
    Level.PENDING: Sound.OK_PENDING,
    Level.READY: Sound.TICK,
    Level.MEMBER: Sound.TICK,
    Level.WARN: Sound.WARN,
    Level.REPEAT: Sound.REPEAT,
    Level.REPEAT_SELF: Sound.WARN,
    Level.NO: Sound.NO,
    Level.SYSTEM: Sound.NO,
    Level.UNDONE: Sound.REPEAT,
}


def sound_of(answer: TillAnswer) -> Sound:
    """What is heard with a verdict; a thing in the customer's hand is more than one code more."""
    verdict = answer.verdict
    gave = verdict.reason is Reason.HANDED_OVER or any(reward.kind in HANDED_OVER for reward in verdict.rewards)
    is_short = any(notice.reason == "out-of-stock" for notice in verdict.notices)
    happened = answer.level in {Level.OK, Level.PENDING}
    return Sound.WIN if happened and gave and not is_short else SOUND_OF[answer.level]
