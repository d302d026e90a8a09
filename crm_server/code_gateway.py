"""Where one-time codes leave the centre: a port, and the implementation that this program carries.

A gateway to an SMS provider is a contract of each brand's own. Until it is one program more, a small adapter follows
``sms.jsonl`` as ``tail -F`` does, sends each line, and keeps where it stopped.
"""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from pos_client.domain.journal_entry import wire_time

from .phone_codes import FreshCode

_TEXT: Final = "您的验证码是 {code}，10 分钟内有效，只告诉为您办理的店员。"


class CodeGateway(Protocol):
    """Carries a code to a phone."""

    def send(self, fresh: FreshCode, now: datetime) -> None:
        """Take it over. Raises OSError where it could not."""


class FileGateway:
    """Appends one JSON line a code: ``at``, ``phone``, ``code``, ``text``.

    Beside the members' own table this is the only place where a phone stands in clear, so nobody but the server's user
    may read it.

    Args:
        path: of the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, fresh: FreshCode, now: datetime) -> None:
        """One whole line, on disk."""
        line = {"at": wire_time(now), "phone": fresh.phone, "code": fresh.code, "text": _TEXT.format(code=fresh.code)}
        number = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(number, "ab") as file:
            file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
