"""To whom a member belongs after somebody served him.

The rule is data of the centre, its outcome is the same on lane and server, and a person sees it before it is written.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from .trade_policy import AttributionPolicy, OwnerRule


@dataclass(frozen=True, slots=True)
class Owner:
    """A store, and the promoter in it; ``promoter`` is empty where nobody gets the credit.

    ``store`` is whatever both sides of a comparison name a store by: its number at the centre, its name on a lane.
    """

    store: str
    promoter: str = ""


def owner_after(
    present: Owner | None, since: date | None, actor: Owner, today: date, policy: AttributionPolicy
) -> Owner:
    """The owner once ``actor`` has served the member.

    Args:
        present: the owner before; None, or one without a store, for nobody's member.
        since: the day on which the member was bound; None where it is not known, and then nothing protects.
        actor: who serves him now.
        today: in the store's calendar.
        policy: the rule.
    """
    if present is None or not present.store:
        return actor
    if present.store == actor.store and not actor.promoter:
        return present  # a till without a promoter takes nobody's member away from his colleague
    if policy.rule is OwnerRule.FIRST_TOUCH:
        return present
    if policy.rule is OwnerRule.LAST_TOUCH or since is None:
        return actor
    return present if today < since + timedelta(days=policy.protected_days) else actor
