"""Ballots of closed periods, and every decision of those days, as the decisions the engine takes.

A ballot becomes a row for each item, held together by (1|ballot). Every other decision counts in π without a rating: the gate's
own record has them all. Both are read with the same coarseness: an attribute that had to be left out of the ballots of one of
the periods is left out everywhere, and so is which outcome it was.
"""

import hmac
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.conf import settings

from fairgate.engines.ordinal import Category, OrdinalError
from fairgate.engines.ordinal.fair import Decisions
from fairgate.fairness.dataset.tables import CantBeScored, Rated
from fairgate.fairness.queries.closed import Decided, decided_between
from fairgate.fairness.rules import APPROVED, CASES, FEWEST_DECIDERS, GOOD, LEVELS, NOT_APPROVED, Part
from fairgate.gate.rules import APPROVING, Outcome
from fairgate.organisation.models import Unit
from fairgate.people.rules import Seniority
from fairgate.voice.queries import ballots_of
from fairgate.voice.rules import ClosedPeriod
from fairgate.voice.rules.ballots import BallotTable, Column

EMPTY = "(empty)"
AS_CALLED = {Part.KIND: "kind", Part.RISK: "risk", Part.SENIORITY: "seniority", Part.UNIT: "customer"}

Cell = tuple[str, ...]
"""Team, outcome, then what is left of the case."""


@dataclass(frozen=True, slots=True)
class _Coarseness:
    """What every period's ballots have: ``cases``, and whether which ``outcome`` it was."""

    cases: tuple[Part, ...]
    exact: bool

    def outcome(self, code: str) -> str:
        if self.exact or code in {APPROVED, NOT_APPROVED}:
            return code
        return APPROVED if code in APPROVING else NOT_APPROVED

    def cell(self, team: str, outcome: str, about: dict[Part, str]) -> Cell:
        return (team, self.outcome(outcome), *(about[part] or EMPTY for part in self.cases))


def pulled(unit: Unit, periods: Sequence[ClosedPeriod]) -> Rated:
    """What the closed ``periods`` say of the teams of ``unit``. Raises `CantBeScored`."""
    tables = [ballots_of([period.pk]) for period in periods]
    found = [_ballots_about(unit.name, table) for table in tables]
    coarse = _coarseness(found)
    # In the order of what they say: whatever it was before says nothing, and equal inputs have equal hashes.
    told = sorted(
        (coarse.cell(one.team, one.outcome, one.about), one.ratings)
        for each in found
        for one in each
        if one.team
    )
    ballots, ratings = [cell for cell, _ in told], [given for _, given in told]
    if not ballots:
        raise CantBeScored(f"No ballot of these periods is about a decision of {unit.name}.")
    every = [row for period in periods for row in decided_between(unit.pk, period.starts_on, period.ends_on)]
    counts, without_team = _counted(every, coarse)
    others = {cell: number for cell, number in sorted((counts - Counter(ballots)).items()) if number > 0}
    decisions = _decisions(ballots, ratings, others, coarse, tables)
    try:
        decisions.check()
    except OrdinalError as error:
        raise CantBeScored(str(error)) from error
    enough = frozenset[str]().union(*(table.enough_deciders for table in tables))
    deciders = {team: FEWEST_DECIDERS * (team in enough) for team in decisions.team.names}
    left_out = sum(not one.team for each in found for one in each) + without_team
    rows = len(ballots) + round(sum(others.values()))
    return Rated(decisions, rows, left_out, deciders, _hash(ballots, ratings, others))


@dataclass(frozen=True, slots=True)
class _Ballot:
    """As the voice gives it; "" where something was left out or isn't known."""

    team: str
    outcome: str
    about: dict[Part, str]
    ratings: tuple[int, ...]


def _ballots_about(unit: str, table: BallotTable) -> list[_Ballot]:
    names, teams, outcomes = _texts(table.unit), _texts(table.team), _texts(table.outcome)
    cases = [_texts(getattr(table, AS_CALLED[part])) for part in CASES]
    ratings = np.column_stack(list(table.ratings.values())).tolist()
    return [
        _Ballot(
            teams[at],
            outcomes[at],
            {part: column[at] for part, column in zip(CASES, cases, strict=True)},
            tuple(ratings[at]),
        )
        for at, name in enumerate(names)
        if name == unit
    ]


def _coarseness(periods: Iterable[Sequence[_Ballot]]) -> _Coarseness:
    """An attribute is left if no period lacks it: what was left out of a period is empty in all of its ballots."""
    with_ballots = [ballots for ballots in periods if ballots]
    cases = tuple(
        part for part in CASES if all(any(one.about[part] for one in ballots) for ballots in with_ballots)
    )
    outcomes = {one.outcome for ballots in with_ballots for one in ballots}
    return _Coarseness(cases, exact=outcomes.isdisjoint({APPROVED, NOT_APPROVED}))


def _counted(every: Iterable[Decided], coarse: _Coarseness) -> tuple[Counter[Cell], int]:
    """Decisions by cell. Whoever isn't known to have an account has no known seniority either: their decisions are spread as
    those of the others are, and so count in parts."""
    known: Counter[str] = Counter()
    listed = list(every)
    for one in listed:
        known[one.seniority] += one.number
    del known[""]
    counts: Counter[Cell] = Counter()
    for one in listed:
        if not one.team:
            continue
        spread = {one.seniority: 1.0} if one.seniority else _shares(known)
        for seniority, share in spread.items():
            about = {
                Part.KIND: one.kind,
                Part.RISK: one.risk,
                Part.SENIORITY: seniority,
                Part.UNIT: one.customer,
            }
            counts[coarse.cell(one.team, one.outcome, about)] += one.number * share  # type: ignore[assignment]
    return counts, sum(one.number for one in listed if not one.team)


def _shares(known: Counter[str]) -> dict[str, float]:
    total = sum(known.values())
    return {name: number / total for name, number in known.items()} if total else {"": 1.0}


def _decisions(
    ballots: Sequence[Cell],
    ratings: Sequence[tuple[int, ...]],
    others: dict[Cell, int],
    coarse: _Coarseness,
    tables: Sequence[BallotTable],
) -> Decisions:
    items = tuple(tables[0].ratings)
    cells = [cell for cell in ballots for _ in items] + list(others)
    n, more = len(ballots) * len(items), len(others)
    nobody = np.full(more, -1, np.int32)
    item = np.tile(np.arange(len(items), dtype=np.int32), len(ballots))
    ballot = np.repeat(np.arange(len(ballots), dtype=np.int32), len(items))
    team, outcome, *cases = (
        _category(name, [cell[place] for cell in cells])
        for place, name in enumerate(("team", "outcome", *(part.value for part in coarse.cases)))
    )
    return Decisions(
        rating=np.concatenate((np.array(ratings, np.int32).reshape(n), nobody)),
        levels=LEVELS,
        good=LEVELS.index(GOOD),
        team=team,
        outcome=outcome,
        approving=tuple(
            name for name in (*Outcome, APPROVED) if name in APPROVING | {APPROVED} and name in outcome.names
        ),
        cases=tuple(cases),
        item=Category("item", np.concatenate((item, nobody)), items),
        ballot=Category("ballot", np.concatenate((ballot, nobody)), tuple(map(str, range(len(ballots))))),
        count=np.concatenate((np.ones(n), np.array(list(others.values()), np.float64))),
    )


_ORDER = {value: place for place, value in enumerate([*Seniority, *Outcome])}


def _category(name: str, values: Sequence[str]) -> Category:
    """In the order of the codes, names by alphabet: the first is the reference."""
    names = sorted(set(values), key=lambda value: (_ORDER.get(value, -1), value))
    place = {value: code for code, value in enumerate(names)}
    return Category(name, np.array([place[value] for value in values], np.int32), tuple(names))


def _texts(column: Column) -> list[str]:
    """The name of each ballot, "" where there is none."""
    names = (*column.names, "")
    return [names[code] for code in column.codes.tolist()]


def _hash(ballots: Sequence[Cell], ratings: Sequence[tuple[int, ...]], others: dict[Cell, int]) -> str:
    """Keyed, since pages show it: whoever knows all ballots but one could otherwise try what that one says. The key of the
    pseudonyms is outside the database and stays for good, so that a run can be repeated."""
    counted = repr((ballots, ratings, sorted(others.items()))).encode()
    return hmac.digest(settings.PEOPLE_KEY.encode(), b"fairgate.fairness.ballots\n" + counted, "sha256").hex()
