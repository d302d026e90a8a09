"""What every source of pictures promises, whatever device or file stands behind it.

Apart from the sources so that the worker knows none of them.
"""

from typing import Protocol

from pos_client.scanner.frame import Frame


class FrameSource(Protocol):
    """Something that shows pictures; opened, read and closed by one thread, and opened again after it was lost."""

    @property
    def name(self) -> str:
        """What it is, as it was asked for: ``camera:0``, ``folder:DIR``."""
        ...

    @property
    def has_ended(self) -> bool:
        """Whether no further frame will come, ever: a file at its end."""
        ...

    def open(self) -> None:
        """Begin.

        Raises:
            CameraUnavailable: not there, in use, not permitted; trying again later may help.
            PictureUnreadable: the file or folder holds no picture; trying again does not help.
        """
        ...

    def read(self, timeout_s: float) -> Frame | None:
        """Return the newest frame that was not handed out yet; older ones are dropped, never queued.

        Args:
            timeout_s: how long to wait for one.

        Returns:
            None when there was none in that time.

        Raises:
            CameraUnavailable: the device was lost, or has shown nothing new for too long.
        """
        ...

    def close(self) -> None:
        """Let go of the device; nothing happens when it is not open."""
        ...
