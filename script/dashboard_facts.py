"""Fixed figures for pictures and tests of the dashboard: a believable Sunday, an empty morning, a clerk's own view."""

from dataclasses import replace
from datetime import date, timedelta

from pos_client.domain.local_text import LocalText
from pos_client.usecases.day_figures import OTHERS, TEAM_MEAN, Amount, DayFigures, HourFigure, RankBand
from script.screen_facts import HUNDRED_OFF_20, NOW, SAMPLE, SHAMPOO_10, TODAY, TWO_HUNDRED_OFF_50

_HOURS = ((9, 4, 3.5), (10, 9, 7.25), (11, 14, 12.0), (12, 11, 13.5), (13, 17, 10.0), (14, 12, 9.75))
_USUAL = ((15, 11.0), (16, 14.5), (17, 18.0), (18, 21.25), (19, 16.0), (20, 8.5), (21, 3.0))
_CAMPAIGNS = (
    (HUNDRED_OFF_20, 24, 48000),
    (SHAMPOO_10, 15, 15000),
    (TWO_HUNDRED_OFF_50, 11, 55000),
    (SAMPLE, 8, 0),
    (
        LocalText("会员日洗护满79减15元（仅限金卡及以上会员）", "Member day: 15 off 79 on hair care (gold and above)"),
        5,
        7500,
    ),
    (LocalText("厂家券", "Makers' coupons"), 2, 1600),
    (LocalText("沐浴露第二件半价", "Second shower gel half price"), 1, 1250),
    (LocalText("牙膏立减3", "3 off toothpaste"), 1, 300),
)
_REASONS = (
    ("already-used", 6),
    ("expired", 4),
    ("below-threshold", 3),
    ("wrong-store", 2),
    ("not-our-code", 1),
)


def figures(**changes: object) -> DayFigures:
    """A Sunday at half past two, as a supervisor sees it."""
    hours = [HourFigure(*one) for one in _HOURS] + [HourFigure(hour, 0, usual) for hour, usual in _USUAL]
    values: dict[str, object] = {
        "day": TODAY,
        "today": TODAY,
        "at": NOW - timedelta(seconds=12),
        "redeemed": 67,
        "value_minor": 128650,
        "taken_back": 2,
        "bound": 9,
        "handed_over": 8,
        "refused": 16,
        "pending": 3,
        "hours": tuple(hours),
        "campaigns": tuple(Amount(*one) for one in _CAMPAIGNS),
        "promoters": tuple(
            Amount(LocalText(name, name), count, count * 1920)
            for name, count in (("小李", 26), ("小王", 19), ("阿芳", 13), ("小陈", 9))
        ),
        "reasons": _REASONS,
    }
    return DayFigures(**{**values, **changes})  # type: ignore[arg-type]


def many() -> DayFigures:
    """More campaigns than bars."""
    named = [Amount(LocalText(f"活动{number}", f"Campaign {number}"), 9 - number, 900) for number in range(8)]
    return figures(campaigns=(*named, Amount(OTHERS, 4, 400)))


def own_view() -> DayFigures:
    """What a promoter sees of the others: nobody."""
    own = (Amount(LocalText("小李", "小李"), 26, 49920), Amount(TEAM_MEAN, 14, 26240))
    return figures(promoters=own, band=RankBand(1, 4))


def empty() -> DayFigures:
    """Before the first customer."""
    nothing = {
        "redeemed": 0,
        "value_minor": 0,
        "taken_back": 0,
        "bound": 0,
        "handed_over": 0,
        "refused": 0,
        "pending": 0,
    }
    return replace(figures(**nothing), hours=(), campaigns=(), promoters=(), reasons=())


def old() -> DayFigures:
    """Counted a while ago."""
    return figures(at=NOW - timedelta(minutes=7), day=date(2026, 11, 22))
