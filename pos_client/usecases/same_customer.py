"""Whether two codes that were shown at the counter are of one customer, and whether they are one showing."""

from typing import Final

from .recognise import MemberShown

# A phone that was held up a little longer is no second showing of its code.
STILL_HELD_UP_S: Final = 30


def is_still_held_up(known: MemberShown, again: MemberShown) -> bool:
    """Whether the customer in hand merely went on showing the slot code under which he has just redeemed."""
    is_same_code = bool(again.presence.code_hash) and again.presence.code_hash == known.presence.code_hash
    return is_same_code and again.presence.seen_s < STILL_HELD_UP_S


def is_same(one: MemberShown, other: MemberShown) -> bool:
    """Whether two codes show one member; of one whom this lane does not know only the tag is there."""
    return (one.view.ref, one.presence.tag) == (other.view.ref, other.presence.tag)
