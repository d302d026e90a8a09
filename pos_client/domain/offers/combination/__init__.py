"""The best combination of coupons for a basket, a search of its own: ``choice`` is its door, the rest its machinery."""

from .choice import Alternative, Applied, Best, Candidate, Left, LeftOut, best

__all__ = ["Alternative", "Applied", "Best", "Candidate", "Left", "LeftOut", "best"]
