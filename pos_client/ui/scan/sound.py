"""Which sound belongs to which level: names only, so that the presenter needs no loudspeaker."""

from enum import StrEnum
from typing import Final

from pos_client.usecases.till_view import Level


class Sound(StrEnum):
    """Six sounds, files of the same name in ``resources/sounds``."""

    TICK = "tick"
    OK = "ok"
    OK_PENDING = "ok_pending"
    WARN = "warn"
    REPEAT = "repeat"
    NO = "no"


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
