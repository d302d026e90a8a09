"""``Files`` for the window: exports go into one folder of the home, where a person finds them."""

from pathlib import Path

from pos_client.storage.failures import disk_fault


class ExportFolder:
    """A folder that is made when it is first needed.

    Args:
        folder: readable by its owner alone.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, content: bytes) -> str:
        """Write a file of that name and say where it is; an older one of the same name stays.

        Raises:
            DiskFull, StorageUnavailable: nothing was written.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._folder / name
            number = 1
            while path.exists():
                number += 1
                path = self._folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
            path.write_bytes(content)
        except OSError as error:
            raise disk_fault(error) from error
        return str(path)
