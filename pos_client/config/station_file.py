"""Changes single values of ``station.toml`` and leaves everything else in it as a person wrote it, comments included.

Apart from reading it because only this needs a parser that keeps comments.
"""

from collections.abc import Mapping
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from pos_client.config import settings
from pos_client.config.settings import Settings
from pos_client.config.whole_file import replace_file
from pos_client.domain.errors import SettingsInvalid, StorageUnavailable


def set_values(path: Path, section: str, values: Mapping[str, int | str]) -> Settings:
    """Write values into one section and return the settings as they are then.

    Args:
        path: the file; made where it is absent.
        section: its table, for example ``wedge``; made where it is absent.
        values: by key; other keys stay.

    Raises:
        SettingsInvalid: the file, or the file with these values, is not what settings are; nothing was written.
        StorageUnavailable, DiskFull: the old file stays.
    """
    document = _read(path)
    table = document.setdefault(section, tomlkit.table())
    if not isinstance(table, Table):
        raise SettingsInvalid(f"{section}: not a table", path=str(path))
    for key, value in values.items():
        table[key] = value
    changed = settings.parse(document.unwrap(), str(path))
    replace_file(path, tomlkit.dumps(document).encode())
    return changed


def _read(path: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return tomlkit.document()
    except OSError as error:
        raise StorageUnavailable(f"{path.name}: {error.strerror}", path=str(path)) from error
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise SettingsInvalid(f"{path.name}: {error}", path=str(path)) from error
