"""Guesses, and how much better than chance they are.

Within a cell of n people and n ballots, pairing them at random gets one right on average, with variance one (n ≥ 2), whatever n
is; over many cells the number that is right is as good as Poisson (the first n moments are the same). A clue's advantage is
what it gets right beyond that, per ballot. Its interval is exact for Poisson, and simultaneous over all clues tried
(Bonferroni), as the attacker would take the best.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from operator import eq
from random import Random
from typing import Any

from scipy.stats import gamma, poisson

from voice.attack.clues import Clue, Suspects, key, suspects
from voice.attack.world import Attacked

Cells = list[tuple[list[int], list[str]]]
"""People and ballots of each cell whose people are all known."""
Truth = dict[str, str]
"""What stands in each ballot."""


@dataclass(frozen=True)
class Advantage:
    """Of one way to guess: ``mean`` is the share of ballots it links beyond chance, between ``low`` and ``high``."""

    clue: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Verdict:
    """Of all ways: the best one, over how many periods, cells, ballots and clues. ``bound``: no clue's advantage is above it,
    at 95%. ``luck``: how probable it is, were there nothing in any clue, that the best looks as good (or is 1)."""

    best: Advantage
    bound: float
    luck: float
    periods: int
    cells: int
    ballots: int
    clues: int

    def __str__(self) -> str:
        return (
            f"{self.periods} periods, {self.cells} cells, {self.ballots} ballots, {self.clues} clues: no clue links more than "
            f"{self.bound:.1%} of ballots beyond chance (simultaneous 95% bound); the best, {self.best.clue}, "
            f"{self.best.mean:.1%} ({self.best.low:.1%} to {self.best.high:.1%})"
        )


class Judge:
    """Counts what each clue gets right over many periods."""

    def __init__(self, seed: int) -> None:
        self._draw = Random(seed)
        self._right: Counter[str] = Counter()
        self._chance: dict[str, float] = defaultdict(float)
        self.periods = self.cells = self.ballots = 0

    def look_at(self, attacked: Attacked) -> None:
        found = suspects(attacked.before, attacked.after)
        truth = self._truth(attacked)
        whole = [
            cell for cell in found.ballots if len(found.people.get(cell, ())) == len(found.ballots[cell])
        ]
        cells = [(found.people[cell], found.ballots[cell]) for cell in whole if len(found.ballots[cell]) > 1]
        assert cells, "no cell whose people are all known: nothing to attack"
        self.periods, self.cells = self.periods + 1, self.cells + len(cells)
        self.ballots += sum(len(ballots) for _, ballots in cells)
        self._by_order(found, cells, truth, attacked)
        self._by_equality(found, cells, truth, attacked)

    def verdict(self) -> Verdict:
        each = 0.025 / len(self._right)
        found = [self._advantage(clue, each) for clue in self._right]
        tails = {
            clue: float(poisson.sf(right - 1, self._chance[clue])) for clue, right in self._right.items()
        }
        luckiest = min(tails, key=lambda clue: tails[clue])
        return Verdict(
            next(one for one in found if one.clue == luckiest),
            max(one.high for one in found),
            min(1.0, tails[luckiest] * len(tails)),
            self.periods,
            self.cells,
            self.ballots,
            len(found),
        )

    def _advantage(self, clue: str, each: float) -> Advantage:
        """Where a clue was not there to be used, nothing is won by it."""
        right, chance = self._right[clue], self._chance[clue]
        low = float(gamma.ppf(each, right)) if right else 0.0
        high = float(gamma.ppf(1 - each, right + 1)) if chance else 0.0
        return Advantage(clue, *(((number - chance) / self.ballots) for number in (float(right), low, high)))

    def _by_order(self, found: Suspects, cells: Cells, truth: Truth, attacked: Attacked) -> None:
        """Every order of people beside every order of ballots, forwards and backwards. Ties are broken at random."""
        lucky = sum(self._lucky(who, which, truth, attacked) for who, which in cells)
        said = {
            one: [[attacked.said[person] for person in self._sorted(who, clue)] for who, _ in cells]
            for one, clue in found.of_people.items()
        }
        there = {
            one: [[truth[ballot] for ballot in self._sorted(which, clue)] for _, which in cells]
            for one, clue in found.of_ballots.items()
        }
        for one, people in said.items():
            for other, ballots in there.items():
                for way, name in ((1, ""), (-1, " reversed")):
                    guesses = zip(people, ballots, strict=True)
                    right = sum(sum(map(eq, texts, kept[::way])) for texts, kept in guesses)
                    clue = f"order: {one} ~ {other}{name}"
                    self._right[clue] += right
                    self._chance[clue] += lucky

    def _by_equality(self, found: Suspects, cells: Cells, truth: Truth, attacked: Attacked) -> None:
        """A value that stands on both sides, or one that begins as the other does."""
        for one, people in found.of_people.items():
            for other, ballots in found.of_ballots.items():
                name = f"equal: {one} = {other}"
                self._right[name] += 0
                for who, which in cells:
                    values = {str(people[person][1])[:12]: person for person in who if person in people}
                    for ballot in which:
                        guess = values.get(str(ballots.get(ballot, (0, ""))[1])[:12])
                        if guess is not None and len(values) == len(who):
                            self._right[name] += attacked.said[guess] == truth[ballot]
                            self._chance[name] += 1 / len(which)

    def _sorted(self, what: list[Any], clue: Clue) -> list[Any]:
        return sorted(what, key=lambda one: (clue.get(one, (-1, 0)), self._draw.random()))

    @staticmethod
    def _lucky(who: list[int], which: list[str], truth: Truth, attacked: Attacked) -> float:
        """What drawing at random gets right on average: one, and more where people said the same."""
        said = Counter(attacked.said[person] for person in who)
        there = Counter(truth[ballot] for ballot in which)
        return sum(said[text] * there[text] for text in said) / len(who)

    @staticmethod
    def _truth(attacked: Attacked) -> Truth:
        rows = attacked.after.tables["voice_ballot"]
        return {key(row["id"]): row["answers"] for row in rows}


def judged(attacked: Iterable[Attacked], seed: int) -> Verdict:
    judge = Judge(seed)
    for one in attacked:
        judge.look_at(one)
    return judge.verdict()
