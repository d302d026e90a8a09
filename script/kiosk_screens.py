"""States of the kiosk for pictures and tests, by a scripted till and a fake clock."""

from collections.abc import Callable

from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from pos_client.ui.kiosk.states import Event
from pos_client.usecases.camera_view import CameraAdvice
from pos_client.usecases.till_view import TillFault
from script import kiosk_facts as kiosk
from script import screen_facts as facts
from script.kiosk_stage import KioskStage

SIZES = ((1080, 1920), (1920, 1080))
LANGUAGES = ("zh", "en")


def _nothing(_stage: KioskStage) -> None:
    """Nobody is there."""


def _begun(stage: KioskStage) -> None:
    stage.do(Event.BEGUN)


def _advised(stage: KioskStage) -> None:
    _begun(stage)
    stage.presenter.guide.on_advice(CameraAdvice.TOO_FAR)


def _long_unread(stage: KioskStage) -> None:
    _begun(stage)
    stage.wait(21)


def _phone(stage: KioskStage) -> None:
    _begun(stage)
    for digit in "1380013":
        stage.presenter.type_digit(digit)


def _coupons(count: int) -> Callable[[KioskStage], None]:
    return lambda stage: stage.scan_and(kiosk.greeted(count))


def _refused(reason: Reason, kind: VerdictKind = VerdictKind.REFUSED, **more: object) -> Callable[[KioskStage], None]:
    return lambda stage: stage.scan_and(facts.refused(reason, kind, **more))  # type: ignore[arg-type]


def _all_used(stage: KioskStage) -> None:
    stage.scan_and(kiosk.greeted(3))
    stage.presenter.use()
    for place, value in enumerate((2000, 1000, 500)):
        stage.answer(kiosk.used(place=place, value=value, left=0, later=place == 1))


def _printing(stage: KioskStage) -> None:
    stage.printer.has_printer = True
    stage.scan_and(kiosk.used())


def _no_paper(stage: KioskStage) -> None:
    _printing(stage)
    stage.wait(11)


def _explained(stage: KioskStage) -> None:
    stage.scan_and(facts.repeat())
    stage.screen.result.why.click()


def _unanswered(stage: KioskStage) -> None:
    stage.scan()
    stage.wait(9)


def _done(stage: KioskStage) -> None:
    stage.scan_and(kiosk.used())
    stage.do(Event.DONE)


def _help(stage: KioskStage) -> None:
    stage.scan_and(facts.repeat())
    stage.do(Event.HELP_ASKED)


def _help_taken(stage: KioskStage) -> None:
    _help(stage)
    if stage.calls.kept:
        stage.calls.take(stage.calls.kept, "小李")
    stage.wait(1)


def _help_late(stage: KioskStage) -> None:
    _help(stage)
    stage.wait(91)


def _help_unheard(stage: KioskStage) -> None:
    stage.calls.is_there = False
    _help(stage)


def _still_there(stage: KioskStage) -> None:
    _begun(stage)
    stage.wait(53)


def _staff(chosen: str, dots: int, fault: str = "") -> Callable[[KioskStage], None]:
    def play(stage: KioskStage) -> None:
        stage.do(Event.STAFF_ASKED)
        stage.screen.show_staff(kiosk.staff(chosen, dots, fault))

    return play


def _worn(play: Callable[[KioskStage], None], **changes: object) -> Callable[[KioskStage], None]:
    def wear(stage: KioskStage) -> None:
        stage.wear(**changes)
        play(stage)

    return wear


SCREENS: dict[str, Callable[[KioskStage], None]] = {
    "attract": _nothing,
    "attract-coupons": lambda stage: stage.wait(9),
    "attract-help": lambda stage: stage.wait(17),
    "access": lambda stage: stage.do(Event.ACCESS_ASKED),
    "guide": _begun,
    "guide-closer": _advised,
    "guide-long": _long_unread,
    "phone": _phone,
    "coupons": _coupons(3),
    "coupons-many": _coupons(8),
    "checking": lambda stage: stage.scan(),
    "used": lambda stage: stage.scan_and(kiosk.used()),
    "used-later": lambda stage: stage.scan_and(kiosk.used(later=True)),
    "all-used": _all_used,
    "used-printing": _printing,
    "used-no-paper": _no_paper,
    "no-coupons": lambda stage: stage.scan_and(kiosk.greeted(0)),
    "ready": lambda stage: stage.scan_and(facts.to_confirm()),
    "almost": _refused(Reason.BELOW_THRESHOLD, missing_minor=1200),
    "repeat": lambda stage: stage.scan_and(facts.repeat()),
    "repeat-why": _explained,
    "not-usable": _refused(Reason.EXPIRED),
    "not-ours": _refused(Reason.NOT_OUR_CODE, VerdictKind.UNKNOWN, name=None),
    "cannot-decide": _unanswered,
    "farewell": _done,
    "help": _help,
    "help-taken": _help_taken,
    "help-late": _help_late,
    "help-unheard": _help_unheard,
    "still-there": _still_there,
    "staff": _staff("", 0),
    "staff-pin": _staff("P11", 4),
    "out-of-order": lambda stage: stage.presenter.on_fault(TillFault("disk-full", 1)),
    "guide-low": _worn(_begun, is_low=True),
    "coupons-low": _worn(_coupons(5), is_low=True),
    "phone-low": _worn(_phone, is_low=True),
    "guide-large": _worn(_begun, is_large=True),
    "coupons-large": _worn(_coupons(5), is_large=True),
    "used-large": _worn(lambda stage: stage.scan_and(kiosk.used()), is_large=True),
    "guide-contrast": _worn(_begun, is_contrast=True),
    "coupons-contrast": _worn(_coupons(3), is_contrast=True),
    "access-everything": _worn(
        lambda stage: stage.do(Event.ACCESS_ASKED), is_large=True, is_contrast=True, is_low=True, has_voice=True
    ),
}
