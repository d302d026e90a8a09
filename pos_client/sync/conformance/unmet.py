"""The two ways in which a case ends other than well; apart so that what a case works with need not know cases."""


class Unmet(Exception):
    """The server did not do what the contract says; the text tells what it did."""


class NotApplicable(Exception):
    """The case cannot be asked here; the text tells why."""
