"""Tells a screen reader what was decided, at once and once.

Apart because Qt's accessibility names are slow to load and nobody hears them before the first paint.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent


def announce(subject: QObject, text: str) -> None:
    """Say a text before whatever else is being said."""
    event = QAccessibleAnnouncementEvent(subject, text)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
