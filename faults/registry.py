"""Finds the rows: every module ``fNN_what_it_does`` of this folder holds one as ``ROW``."""

import importlib
import pkgutil
import re
from functools import cache

import faults
from faults.row import Row

_ROW_MODULE = re.compile(r"f(\d\d)_\w+")


@cache
def all_rows() -> dict[str, Row]:
    """All rows by name, in the order of their numbers."""
    modules = sorted(found.name for found in pkgutil.iter_modules(faults.__path__) if _ROW_MODULE.fullmatch(found.name))
    rows = [importlib.import_module(f"faults.{name}").ROW for name in modules]
    return {row.name: row for row in rows}
