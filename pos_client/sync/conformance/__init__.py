"""The contract's conformance cases: whether a server in any language answers as lanes rely on.

Apart from the sync itself because it means to send what no lane ever sends; it reads answers with the sync's own eyes.
"""

from .bench import Keys
from .case import CaseResult, Outcome
from .suite import Throwaways, run

__all__ = ["CaseResult", "Keys", "Outcome", "Throwaways", "run"]
