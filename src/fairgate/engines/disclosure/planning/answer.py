"""From a plan to what can be published when, for each length of a period."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from math import ceil, log, log1p
from typing import Any

from scipy.stats import binom

from fairgate.engines.disclosure.planning import scores
from fairgate.engines.disclosure.planning.asking import asked_about
from fairgate.engines.disclosure.planning.rules import (
    APPROVING,
    BANDS,
    FARTHEST,
    LENGTHS,
    OUTCOMES,
    SURE,
    BadPlan,
    Plan,
    Team,
)
from fairgate.engines.disclosure.planning.tables import Group, group, shown

CLASSES = ("approving", "not-approving")
A_YEAR, HALF_A_YEAR = 12, 6


@dataclass(frozen=True, slots=True)
class Figure:
    """``code``: response, items, items-by-outcome, items-by-seniority-and-outcome, gap, score, refusal. ``about``: an outcome
    class, a band and a class, a team, or "" (all). ``ballots`` expected of a period that count for it (answers to invitations
    for response). ``chance`` to be publishable when the first period is closed; ``periods`` to wait until that is 0.90 (of
    any of them; scores add up), None when it isn't within five years. ``because``: why it never is: deciders (fewer than
    three), one-team (nothing to compare with), no-decisions."""

    code: str
    about: str
    ballots: float
    chance: float
    periods: int | None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Length:
    """One length of a period: expected people asked, answers, answers that can be counted (``kept``), and figures."""

    months: int
    asked: float
    answers: float
    kept: float
    figures: tuple[Figure, ...]

    def of(self, code: str) -> list[Figure]:
        return [figure for figure in self.figures if figure.code == code]

    def months_until(self, figure: Figure) -> int | None:
        """When it is publishable with probability 0.90, in months from the beginning of the first period, without the days
        that answers are taken afterwards."""
        return None if figure.periods is None else figure.periods * self.months


@dataclass(frozen=True, slots=True)
class Planned:
    """``advised``: months of the shortest period whose first closing shows treatment, of all and by outcome; None if none
    does. ``verdict``: scores (two teams or more have a fair score within a year), tables (treatment by outcome has within half
    a year), conversations (neither; what comes once a year changes little)."""

    people: int
    decisions: float
    response: float
    lengths: tuple[Length, ...]
    advised: int | None
    verdict: str

    def at(self, months: int) -> Length:
        return next(length for length in self.lengths if length.months == months)

    def to_dict(self) -> dict[str, Any]:
        """As JSON; figures with ``months`` until they are publishable."""
        made = asdict(self)
        for length, shown_length in zip(self.lengths, made["lengths"], strict=True):
            for figure, shown_figure in zip(length.figures, shown_length["figures"], strict=True):
                shown_figure["months"] = length.months_until(figure)
        return made


def plan(what: Plan, lengths: Sequence[int] = LENGTHS) -> Planned:
    """What can be published when. Raises `BadPlan`."""
    what.check()
    if not lengths or not set(lengths) <= set(LENGTHS):
        raise BadPlan(
            f"period: found {', '.join(map(str, lengths)) or 'none'}; expected 1, 3, 6 or 12 months."
        )
    found = tuple(_length(what, months) for months in sorted(set(lengths)))
    return Planned(what.people, what.decisions, what.response, found, _advised(found), _verdict(found))


def _length(what: Plan, months: int) -> Length:
    chances = _Chances.of(what, months)
    everybody = _group(what, chances, what.people, CLASSES)
    figures = (*_responses(what, chances), *_tables(what, chances), *_scores(what, chances, months))
    figures = tuple(_waiting(figure, months) for figure in figures)
    asked = what.people * (chances.approving + chances.others)
    return Length(months, asked, asked * what.response, everybody.expected_kept(what.rules.share), figures)


@dataclass(frozen=True, slots=True)
class _Chances:
    """A person's probabilities to be asked in a period about an approval and about a non-approval, and what stands by how
    many of each there are a year."""

    approving: float
    others: float
    approvals: float
    non_approvals: float

    @classmethod
    def of(cls, what: Plan, months: int) -> "_Chances":
        approvals = sum(team.of(*APPROVING) for team in what.teams)
        others = what.decisions - approvals
        per_person = months / A_YEAR / what.people
        asked = asked_about(
            approvals * per_person,
            others * per_person,
            oversampling=what.oversampling,
            concentration=what.concentration,
            at_once=what.at_once,
        )
        return cls(*asked, approvals, others)

    def of_class(self, name: str) -> float:
        return self.approving if name == "approving" else self.others

    def about(self, team: Team, of_class: str) -> float:
        """To be asked about such a decision of this team: within a class all weigh the same."""
        of = self.approvals if of_class == "approving" else self.non_approvals
        return self.of_class(of_class) * team.of(*_outcomes(of_class)) / of if of else 0.0


def _group(what: Plan, chances: _Chances, people: int, classes: Sequence[str]) -> Group:
    """Cells are team × whether it approves: these are never coarsened, all else may be left out for everybody."""
    cells = [[what.response * chances.about(team, of_class) for of_class in classes] for team in what.teams]
    return group(people, cells, [team.deciders for team in what.teams])


def _outcomes(of_class: str) -> tuple[str, ...]:
    return APPROVING if of_class == "approving" else tuple(o for o in OUTCOMES if o not in APPROVING)


def _responses(what: Plan, chances: _Chances) -> Iterator[Figure]:
    """Among those asked, so that many have to be asked."""
    for about, chance in (
        ("", chances.approving + chances.others),
        ("approving", chances.approving),
        ("not-approving", chances.others),
    ):
        probable = float(binom.sf(what.rules.raters - 1, what.people, min(chance, 1.0)))
        answers = what.people * chance * what.response
        yield Figure("response", about, answers, probable, None, "" if chance else "no-decisions")


def _tables(what: Plan, chances: _Chances) -> Iterator[Figure]:
    rules = what.rules
    everybody = _group(what, chances, what.people, CLASSES)
    yield _shown("items", "", everybody, what, rules.raters, chances.approving + chances.others)
    for of_class in CLASSES:
        everybody = _group(what, chances, what.people, [of_class])
        yield _shown("items-by-outcome", of_class, everybody, what, rules.raters, chances.of_class(of_class))
    for of_class in CLASSES:
        by_band: dict[str, Figure] = {}
        for band, share in zip(BANDS, what.seniority, strict=True):
            some = _group(what, chances, round(what.people * share), [of_class])
            by_band[band] = _shown(
                "items-by-seniority-and-outcome",
                f"{band} {of_class}",
                some,
                what,
                rules.by_seniority,
                chances.of_class(of_class),
            )
        yield from by_band.values()
        low, high = by_band["junior"], by_band["senior"]  # different people: independent
        fewer = min(low.ballots, high.ballots)
        yield Figure("gap", of_class, fewer, low.chance * high.chance, None, low.because or high.because)


def _shown(code: str, about: str, some: Group, what: Plan, least: int, chance: float) -> Figure:
    """``chance`` to be asked about such a decision at all."""
    because = ""
    if not chance:
        because = "no-decisions"
    elif some.cells and sum(some.deciders) < what.rules.deciders:
        because = "deciders"
    kept = some.expected_kept(what.rules.share)
    return Figure(code, about, kept, shown(some, what.rules, least), None, because)


def _scores(what: Plan, chances: _Chances, months: int) -> Iterator[Figure]:
    periods = FARTHEST // months
    for code, with_refusals in (("score", False), ("refusal", True)):
        for team in what.teams:
            approving, others = (
                tuple(q for q in (what.response * chances.about(team, of_class),) if q > 0)
                for of_class in CLASSES
            )
            of_team = scores.Team(what.people, approving, others, team.deciders)
            kept = group(what.people, [(*approving, *others)], [team.deciders]).expected_kept(
                what.rules.share
            )
            because = _never(what, team, with_refusals=with_refusals, others=others)
            if because:
                yield Figure(code, team.name, kept, 0.0, None, because)
                continue
            chance = scores.scored(of_team, what.rules, periods, with_refusals=with_refusals)
            sure = next((k for k, found in enumerate(chance, 1) if found >= SURE), None)
            yield Figure(code, team.name, kept, float(chance[0]), sure)


def _never(what: Plan, team: Team, *, with_refusals: bool, others: Sequence[float]) -> str:
    if len(what.teams) < 2:
        return "one-team"
    if team.deciders < what.rules.deciders:
        return "deciders"
    return "no-decisions" if not team.of(*OUTCOMES) or (with_refusals and not others) else ""


def _waiting(figure: Figure, months: int) -> Figure:
    """Figures of a period by itself: how many of them until one is publishable with 0.90."""
    if figure.code in {"score", "refusal"} or figure.because or figure.chance <= 1e-9:
        return figure
    periods = 1 if figure.chance >= SURE else ceil(log(1.0 - SURE) / log1p(-figure.chance) - 1e-9)
    return Figure(
        figure.code,
        figure.about,
        figure.ballots,
        figure.chance,
        periods if periods * months <= FARTHEST else None,
    )


def _advised(lengths: Sequence[Length]) -> int | None:
    for length in lengths:
        needed = [
            f for f in (*length.of("items"), *length.of("items-by-outcome")) if f.because != "no-decisions"
        ]
        if needed and all(figure.periods == 1 for figure in needed):
            return length.months
    return None


def _verdict(lengths: Sequence[Length]) -> str:
    for length in lengths:
        within = [f for f in length.of("score") if (length.months_until(f) or FARTHEST + 1) <= A_YEAR]
        if len(within) >= 2:
            return "scores"
    for length in lengths:
        needed = [f for f in length.of("items-by-outcome") if f.because != "no-decisions"]
        if needed and all((length.months_until(f) or FARTHEST + 1) <= HALF_A_YEAR for f in needed):
            return "tables"
    return "conversations"
