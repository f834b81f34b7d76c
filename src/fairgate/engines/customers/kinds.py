"""What an act is: work, or one of three decisions. Read off the activity's name by patterns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.customers.errors import BadPattern


class Kind(IntEnum):
    WORK = 0
    APPROVE = 1
    REJECT = 2
    RETURN = 3


def _not_after(*words: str) -> str:
    """Python wants look-behinds of fixed width, so one for each word."""
    return "".join(f"(?<!{word}[ _])" for word in words)


# A decision starts at a word, or after an underscore: "FINAL_APPROVED" decides, "unreleased" doesn't.
_WORD = r"(?<![^\W_])"
# "SUBMITTED by APPROVALS OFFICE" names a unit, "send for approval" asks for a decision, "to be released"
# awaits one.
_DONE = _WORD + _not_after("by", "to be", "yet", "not")
_ASKED = _DONE + _not_after(
    "for", "request", "requests", "requested", "await", "awaiting", "awaits", "pending"
)
_NOT_SOUGHT = r"(?![ _](?:is[ _])?(?:requested|required|pending|needed))"
# "inspect returned goods" handles things; nobody's work is being sent back.
_THINGS = r"goods|items?|products?|parcels?|packages?|orders?|material|merchandise|shipments?|parts?|labels?"

APPROVE = (
    rf"{_DONE}(?:approved|released|accepted|certified)\b"
    rf"|{_ASKED}(?:approv(?:es?|ing)|releas(?:es?|ing)|accept(?:s|ing)?|certif(?:y|ies|ying))(?!\w){_NOT_SOUGHT}"
    rf"|{_ASKED}(?:approval|acceptance|certification)(?!\w)(?![ _]request){_NOT_SOUGHT}"
)
REJECT = (
    rf"{_DONE}(?:reject(?:s|ed|ing|ion)?|refus(?:es?|ed|al|ing)|declin(?:es?|ed|ing)|den(?:y|ied|ies|ial|ying))(?!\w)"
    rf"(?![ _](?:{_THINGS})\b)"
    rf"|{_WORD}disapprov"
    rf"|{_WORD}(?:not|non)[ _-](?:approv|releas|accept|certif)"
)
RETURN = (
    rf"{_DONE}(?<!goods )(?<!items )(?<!tax )return(?:s|ed|ing)?(?!\w)"
    rf"(?![ _](?:{_THINGS}|trip|flight|visit|call)\b)"
    rf"|{_WORD}(?:sent|sends?|sending|handed|hand|hands)[ _]back(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Patterns:
    """Regular expressions searched for in the activity, whatever the case of its letters.

    Reject is tried before approve and approve before return; what matches none is work. ``served``, if given,
    says by an activity of the final pass that a document was served, instead of by its last decision.
    """

    approve: str = APPROVE
    reject: str = REJECT
    return_: str = RETURN
    served: str | None = None

    def kinds(self, activities: Sequence[str]) -> NDArray[np.int8]:
        """``int8[len(activities)]`` of `Kind`. Raises `BadPattern`."""
        tried = ((Kind.REJECT, self.reject), (Kind.APPROVE, self.approve), (Kind.RETURN, self.return_))
        compiled = [(kind, _compiled(pattern)) for kind, pattern in tried if pattern]
        found = (next((k for k, p in compiled if p.search(name)), Kind.WORK) for name in activities)
        return np.fromiter(found, dtype=np.int8, count=len(activities))

    def serving(self, activities: Sequence[str]) -> NDArray[np.bool_] | None:
        """Which activities say that a document was served, or None when the last decision says it."""
        if not self.served:
            return None
        pattern = _compiled(self.served)
        return np.array([pattern.search(name) is not None for name in activities], dtype=np.bool_)


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as problem:
        raise BadPattern(pattern, str(problem)) from None
