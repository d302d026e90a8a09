"""The one exception of every code parser, so that hostile input has a single way out."""

from enum import StrEnum


class CodeFault(StrEnum):
    """What is wrong with a text that looks like one of our codes."""

    TOO_LONG = "code-too-long"
    TRUNCATED = "code-incomplete"
    WRONG_CHARACTER = "code-damaged"
    WRONG_CHECK = "code-damaged-check"
    WRONG_VERSION = "code-version"


class BadCode(ValueError):
    """A text that is not a well-formed code of its family."""

    def __init__(self, fault: CodeFault) -> None:
        super().__init__(fault.value)
        self.fault = fault
