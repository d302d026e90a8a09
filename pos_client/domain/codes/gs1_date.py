"""Six-digit dates of GS1 codes (GS1 General Specifications 7.12), read beside a day that the caller knows.

Apart from the parsers because a code is the same on every day, and only the judge knows which day it is.
"""

import calendar
from datetime import date

from .bad_code import BadCode, CodeFault
from .decimal_token import is_decimal


def is_date(yymmdd: str, *, whole_month: bool = False) -> bool:
    """Whether six digits name a day; with ``whole_month``, day 00 (the month's last) counts as one.

    Years are those of 2000 to 2099 here: of the centuries that two digits can mean, only their leap days differ.
    """
    if len(yymmdd) != 6 or not is_decimal(yymmdd):
        return False
    year, month, day = int(yymmdd[:2]), int(yymmdd[2:4]), int(yymmdd[4:])
    if not 1 <= month <= 12:
        return False
    return (whole_month and day == 0) or 1 <= day <= calendar.monthrange(2000 + year, month)[1]


def date_of(yymmdd: str, near: date) -> date:
    """The day that six digits mean beside ``near``: at most 49 years before its year and 50 after.

    Raises:
        BadCode: no day.
    """
    if not is_date(yymmdd, whole_month=True):
        raise BadCode(CodeFault.WRONG_CHARACTER)
    year = near.year - near.year % 100 + int(yymmdd[:2])
    if year - near.year > 50:
        year -= 100
    elif year - near.year < -49:
        year += 100
    month, day = int(yymmdd[2:4]), int(yymmdd[4:])
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day, last) or last)
