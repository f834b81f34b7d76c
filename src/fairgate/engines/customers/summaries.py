"""Every unit of a log in one line, from the tallies at once: what a list needs, without each unit's whole answer."""

from collections.abc import Iterator

import numpy as np

from fairgate.engines.customers.answer import Summary
from fairgate.engines.customers.arrays import Places
from fairgate.engines.customers.figures import Figures
from fairgate.engines.customers.readings import CUSTOMER_FROM, mark
from fairgate.engines.customers.relations import Relations, share_of
from fairgate.engines.customers.tally import Tally


def summaries(figures: Figures, customer_from: float = CUSTOMER_FROM) -> Iterator[Summary]:
    """One for each named unit, by name; the figures are those of `Counts.answer`."""
    units, relations = figures.units, Relations(figures)
    needing = _needing(figures, relations, customer_from)
    decided = _decided(figures)
    documents = figures.part.total("documents", "unit", len(units))
    decisions = figures.authority.total("decisions", "gate", len(units))
    rejections = figures.authority.total("rejections", "gate", len(units))
    served = figures.served["value"].sum()
    named = np.flatnonzero(figures.named).tolist()
    for unit in sorted(named, key=lambda unit: units[unit]):
        yield Summary(
            unit=units[unit],
            cases=int(documents[unit]),
            by_need=int(needing[unit]),
            authority=int(decided[unit]),
            others=len(named) - 1,
            decisions=int(decisions[unit]),
            rejections=int(rejections[unit]),
            share_of_all=share_of(relations.worth[unit], served),
        )


def _needing(figures: Figures, relations: Relations, customer_from: float) -> Places:
    """How many units need each unit, from that share on. ``int64[units]``"""
    need = figures.need
    pairs = Tally.of({name: need[name] for name in ("supplier", "customer")}, {"either": need["either"]})
    worth = relations.worth[pairs["customer"]]
    share = np.divide(pairs["either"], worth, out=np.zeros(len(pairs)), where=worth > 0)
    return np.bincount(
        pairs["supplier"][np.minimum(share, 1.0) >= mark(customer_from)], minlength=len(figures.units)
    )


def _decided(figures: Figures) -> Places:
    """On how many other units each unit decides. ``int64[units]``"""
    authority = figures.authority
    pairs = Tally.of(
        {name: authority[name] for name in ("gate", "over")}, {"decisions": authority["decisions"]}
    )
    known = (pairs["over"] >= 0) & (pairs["gate"] >= 0)
    return np.bincount(pairs["gate"][known], minlength=len(figures.units))
