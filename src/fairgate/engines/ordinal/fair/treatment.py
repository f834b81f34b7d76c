"""The model of treatment: ratings on item, outcome, item x not approved, and the case; random intercepts of the team,
of the team's way with each outcome, of the ballot, and of the rater where a table brings raters."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.ordinal.arrays import Amounts, Flags
from fairgate.engines.ordinal.cutpoints import Link
from fairgate.engines.ordinal.errors import NothingToCompare
from fairgate.engines.ordinal.fair.cutoffs import Cutoffs
from fairgate.engines.ordinal.fair.decisions import Decisions
from fairgate.engines.ordinal.fair.mix import Cells
from fairgate.engines.ordinal.fitting import fit
from fairgate.engines.ordinal.ratings import Category, Interaction, Ratings, Term
from fairgate.engines.ordinal.result import Fit
from fairgate.engines.ordinal.search import OnStep

TEAM, TEAM_OUTCOME = "team", "team:outcome"
BALLOT, RATER = "ballot", "rater"


@dataclass(frozen=True, slots=True, eq=False)
class Treatment:
    """``design`` float64[C, items, p]: what each cell and item adds to eta, by fixed effect; ``known`` bool[C]: whether
    any ballot speaks for the cell's case and outcome; ``threshold``: the place of the one below *good*; ``spread``: the
    standard deviation of what is averaged over."""

    fit: Fit
    design: NDArray[np.float64]
    known: Flags
    threshold: int
    spread: float
    items: int


def treatment(
    decisions: Decisions,
    cells: Cells,
    link: Link,
    cutoffs: Cutoffs,
    *,
    by_outcome: bool,
    on_step: OnStep | None,
) -> Treatment:
    """Fit and lay out the cells. Errors: OrdinalError."""
    terms = _terms(decisions)
    random = _random(decisions, by_outcome)
    few = len(decisions.team.names) < cutoffs.teams
    found = fit(
        Ratings(decisions.rating, decisions.levels, terms, random, decisions.counts),
        link,
        penalised=(TEAM, TEAM_OUTCOME) if few else (),
        weak_prior=True,
        standard_errors=False,
        on_step=on_step,
    )
    below = sum(decisions.levels.index(level) < decisions.good for level in found.levels)
    if not 0 < below < len(found.levels):
        word = "good" if below == 0 else "below good"
        raise NothingToCompare(f"Every rating is {word}: nothing tells teams apart.")
    averaged = [one.sd for one in found.random if one.factor in {BALLOT, RATER}]
    items = 1 if decisions.item is None else len(decisions.item.names)
    return Treatment(
        found,
        _design(decisions, cells, found, items),
        _known(decisions, cells),
        below - 1,
        float(np.sqrt(sum(sd * sd for sd in averaged))),
        items,
    )


def refused(decisions: Decisions) -> Category:
    return Category("not", (~decisions.approved).astype(np.int32), ("", " approved"))


def outcome_first(decisions: Decisions) -> Category:
    """The outcome with "approved" as the reference of its effects."""
    names = decisions.outcome.names
    first = names.index(decisions.approving[0])
    order = [first, *(k for k in range(len(names)) if k != first)]
    place = np.empty(len(names), dtype=np.int32)
    place[order] = np.arange(len(names))
    return Category("outcome=", place[decisions.outcome.codes], tuple(names[k] for k in order))


def _terms(decisions: Decisions) -> tuple[Term, ...]:
    terms: list[Term] = [outcome_first(decisions)]
    if decisions.item is not None:
        item = Category("item=", decisions.item.codes, decisions.item.names)
        terms += [item, Interaction(item, refused(decisions))]
    terms += [Category(f"{column.name}=", column.codes, column.names) for column in decisions.cases]
    return tuple(terms)


def _random(decisions: Decisions, by_outcome: bool) -> tuple[Category, ...]:
    random = [Category(TEAM, decisions.team.codes, decisions.team.names)]
    if by_outcome:
        outcomes = len(decisions.outcome.names)
        pairs = tuple(f"{t}:{o}" for t in decisions.team.names for o in decisions.outcome.names)
        codes = decisions.team.codes * outcomes + decisions.outcome.codes
        random.append(Category(TEAM_OUTCOME, codes.astype(np.int32), pairs))
    answered = decisions.answered
    if decisions.ballot is not None and _repeats(decisions.ballot, answered, decisions.counts):
        random.append(Category(BALLOT, decisions.ballot.codes, decisions.ballot.names))
    if decisions.rater is not None:
        random.append(Category(RATER, decisions.rater.codes, decisions.rater.names))
    return tuple(random)


def _repeats(ballot: Category, answered: Flags, counts: Amounts) -> bool:
    """Whether some ballot has several answers: otherwise its effect can't be told from chance."""
    answers = counts[answered].sum()
    return bool(answers > len(np.unique(ballot.codes[answered])))


def _design(decisions: Decisions, cells: Cells, found: Fit, items: int) -> NDArray[np.float64]:
    place = {one.name: j for j, one in enumerate(found.fixed)}
    design = np.zeros((len(cells), items, len(place)))

    def put(where: Flags | slice, item: int | slice, name: str) -> None:
        if name in place:
            design[where, item, place[name]] = 1.0

    everywhere = slice(None)
    approving = [decisions.outcome.names.index(name) for name in decisions.approving]
    for o, name in enumerate(decisions.outcome.names):
        put(cells.outcome == o, everywhere, f"outcome={name}")
    for j, column in enumerate(decisions.cases):
        for k, name in enumerate(column.names):
            put(cells.case[:, j] == k, everywhere, f"{column.name}={name}")
    if decisions.item is not None:
        not_approved = ~np.isin(cells.outcome, approving)
        for i, name in enumerate(decisions.item.names):
            put(everywhere, i, f"item={name}")
            put(not_approved, i, f"item={name}:not approved")
    return design


def _known(decisions: Decisions, cells: Cells) -> Flags:
    answered = decisions.answered
    known = np.isin(cells.outcome, decisions.outcome.codes[answered])
    for j, column in enumerate(decisions.cases):
        known &= np.isin(cells.case[:, j], column.codes[answered])
    return known
