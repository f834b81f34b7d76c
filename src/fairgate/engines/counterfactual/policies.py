"""Ways of checking.

=============================== ==============================================================
today                           the share of lots the scenario says, one full review each
less:share=0.5                  a share of today's lots, picked at random
exception                       only lots that carry a sign of risk
single:n=80,c=2                 every lot, by a sample of n items; stopped if more than c are wrong
skip:n=80,c=2,i=8,f=0.25        the same, but after i accepted lots in a row only a share f of lots (SkSP-2, Perry 1973)
csp1:i=30,f=0.1                 full reviews of every lot; after i good ones in a row of a share f (CSP-1, Dodge 1943)
all                             every lot, one full review
more:reviews=2                  every lot, several reviews that know nothing of each other; one stops it
nobody                          no lot, and nobody outside notices that
nobody:licence=ends             no lot, and the licence ends at once, as the law says of medicines
=============================== ==============================================================
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from fairgate.engines.counterfactual.errors import UnknownPolicy

PolicyKind = Literal["today", "less", "exception", "single", "skip", "csp1", "all", "more", "nobody"]

# Of each kind its parameters with their defaults and ranges; None: must be given.
_PLAN = {"n": (None, 1, 10**6), "c": (None, 0, 10**6)}
_RARE = {"i": (None, 1, 100_000), "f": (None, 0, 1)}
KINDS: dict[str, dict[str, tuple[float | None, float, float]]] = {
    "today": {},
    "less": {"share": (0.5, 0, 1)},
    "exception": {},
    "single": {**_PLAN},
    "skip": {**_PLAN, **_RARE},
    "csp1": {**_RARE},
    "all": {},
    "more": {"reviews": (2, 1, 10)},
    "nobody": {},
}
WHOLE = ("n", "c", "i", "reviews")


@dataclass(frozen=True, slots=True)
class Policy:
    """``kind`` and its numbers. ``licence_ends`` belongs to ``nobody`` only."""

    kind: PolicyKind
    numbers: dict[str, float] = field(default_factory=dict, hash=False)
    licence_ends: bool = False

    @property
    def name(self) -> str:
        """As written on a command line."""
        inside = [f"{key}={value:g}" for key, value in self.numbers.items()]
        inside += ["licence=ends"] if self.licence_ends else []
        return self.kind + (":" + ",".join(inside) if inside else "")

    def __getitem__(self, key: str) -> float:
        return self.numbers[key]


def policy(text: str) -> Policy:
    """``"single:n=80,c=2"`` read. Errors: UnknownPolicy, saying what is wrong."""
    kind, _, rest = text.strip().partition(":")
    if kind not in KINDS:
        raise UnknownPolicy(text, "there is no such policy", tuple(KINDS))
    given = dict(_pairs(text, rest))
    if kind == "nobody" and given:
        if given != {"licence": "ends"}:
            raise UnknownPolicy(text, "it takes nothing, or licence=ends", tuple(KINDS))
        return Policy("nobody", {}, licence_ends=True)
    numbers = {key: _number(text, key, given.pop(key, None), *range_) for key, range_ in KINDS[kind].items()}
    if given:
        takes = ", ".join(KINDS[kind]) or "nothing"
        raise UnknownPolicy(text, f"it does not take {next(iter(given))}, but {takes}", tuple(KINDS))
    if numbers.get("c", 0) > numbers.get("n", math.inf):
        raise UnknownPolicy(text, "c is larger than n", tuple(KINDS))
    if kind in ("skip", "csp1") and numbers["f"] == 0:
        raise UnknownPolicy(text, "f must be above 0", tuple(KINDS))
    return Policy(kind, numbers)  # type: ignore[arg-type]


def policies(texts: Iterable[str]) -> tuple[Policy, ...]:
    """Several, each once. Errors: UnknownPolicy."""
    made = {one.name: one for one in map(policy, texts)}
    return tuple(made.values())


def _pairs(text: str, rest: str) -> Iterable[tuple[str, str]]:
    for part in filter(None, (piece.strip() for piece in rest.split(","))):
        key, equals, value = part.partition("=")
        if not equals:
            raise UnknownPolicy(text, f"“{part}” is not of the form name=number", tuple(KINDS))
        yield key.strip(), value.strip()


def _number(
    text: str, key: str, found: str | None, default: float | None, least: float, most: float
) -> float:
    if found is None:
        if default is None:
            raise UnknownPolicy(text, f"{key} is missing", tuple(KINDS))
        return default
    try:
        value = float(found)
    except ValueError:
        value = math.nan
    if not least <= value <= most or (key in WHOLE and not value.is_integer()):
        what = "a whole number" if key in WHOLE else "a number"
        raise UnknownPolicy(
            text, f"{key} is {found}; expected {what} from {least:g} to {most:g}", tuple(KINDS)
        )
    return value


TODAY = policy("today")
COMPARED = policies(["today", "less", "exception", "more", "nobody", "nobody:licence=ends"])
"""The default comparison: less, by exception and more; and nobody, in its two readings."""
