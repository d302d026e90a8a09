"""The sentences' table, read once a process."""

from functools import cache
from pathlib import Path

from pos_client.config import settings
from pos_client.config.paths import find_home
from pos_client.config.wording import Wording
from pos_client.domain.errors import SettingsInvalid
from pos_client.ui.assets import resources_folder


@cache
def wording() -> Wording:
    """Sentences for what happens before a store is known."""
    return Wording.load(resources_folder())


def language(given: Path | None) -> str:
    """The station's language; Chinese where the settings cannot be read, since that fault is told next."""
    try:
        return settings.load(find_home(given).settings).screen.language
    except SettingsInvalid:
        return "zh"
