"""Made-up organisations for the tests: who was asked, who answered what, over several periods, with people joining, leaving and
units merging."""

from dataclasses import dataclass

import numpy as np

from fairgate.engines.disclosure import Answers, Table
from fairgate.engines.disclosure.answers import Ints


@dataclass(frozen=True)
class World:
    """``answers``: all answered ballots of all periods. ``steps``: the tables published one after another, and up to which period
    the ballots reach then."""

    answers: Answers
    steps: tuple[tuple[int, tuple[Table, ...]], ...]

    def until(self, period: int) -> Answers:
        return self.answers.only(self.answers.attributes["period"] <= period)


def codes(generator: np.random.Generator, n: int, among: int) -> Ints:
    """Uneven shares of ``among`` codes."""
    weights = generator.dirichlet(np.full(among, 1.5))
    return generator.choice(among, n, p=weights)


def ratings(generator: np.random.Generator, refused: Ints, unable: float) -> Ints:
    """Sometimes all alike, as groups that agree are; sometimes spread."""
    spread, centre = generator.choice([0.2, 0.8, 1.4]), generator.uniform(1.0, 3.5)
    rated = np.clip(np.rint(generator.normal(centre - refused, spread)), 0, 4).astype(np.int64)
    return np.where(generator.random(len(refused)) < unable, -1, rated)


def random_world(seed: int) -> World:
    """One to three periods, each with the same tables; then some of these over all periods, of units that merged."""
    generator = np.random.default_rng(seed)
    periods, teams = int(generator.integers(1, 4)), int(generator.integers(2, 5))
    n = int(generator.integers(15, 45)) * periods
    return _random(generator, periods, teams, n, most=4)


def small_world(seed: int) -> World:
    """The same, small enough for thousands: two to four periods of two or three teams, two tables each."""
    generator = np.random.default_rng(seed)
    periods, teams = int(generator.integers(2, 5)), int(generator.integers(2, 4))
    return _random(generator, periods, teams, int(generator.integers(10, 22)) * periods, most=2)


def _random(generator: np.random.Generator, periods: int, teams: int, n: int, *, most: int) -> World:
    period, team = generator.integers(0, periods, n), codes(generator, n, teams)
    refused = (generator.random(n) < generator.uniform(0.15, 0.5)).astype(np.int64)
    band = codes(generator, n, int(generator.integers(1, most)))
    attributes = {"period": period, "team": team, "outcome": refused, "seniority": band}
    items = {"respect": ratings(generator, refused, float(generator.choice([0.0, 0.1, 0.4])))}
    deciders = team * 10 + generator.integers(0, generator.integers(2, 6), n)
    answers = Answers(attributes, items, deciders)
    ways = [(), ("team",), ("outcome",), ("team", "outcome"), ("seniority", "outcome"), ("team", "seniority")]
    chosen = generator.permutation(len(ways))[: generator.integers(2, most + 1)]
    steps = []
    for now in range(periods):
        tables = tuple(_table(f"{now}-{at}", ways[at], {"period": (now,)}) for at in chosen)
        steps.append((now, tables))
    if periods > 1:
        merge = {"team": {teams - 1: 0}}
        last = tuple(_table(f"all-{at}", ways[at], {}, merge) for at in chosen[:2])
        steps.append((periods - 1, last))
    return World(answers, tuple(steps))


def _table(
    name: str,
    by: tuple[str, ...],
    within: dict[str, tuple[int, ...]],
    merge: dict[str, dict[int, int]] | None = None,
) -> Table:
    least = 10 if by == ("seniority", "outcome") else 5
    used = {key: pairs for key, pairs in (merge or {}).items() if key in by}
    return Table(name, by, ("respect",), least, within=within, merge=used)


def crafted_world(seed: int) -> World:
    """Sequences made to be subtracted from each other: one small group, and everything around it told."""
    generator = np.random.default_rng(seed)
    return (_rest, _sum_of_periods, _merger, _square, _unanimous, _twins)[seed % 6](generator)


def _made(
    generator: np.random.Generator,
    cells: list[tuple[int, int, int, int, float]],
    steps: tuple[tuple[int, tuple[Table, ...]], ...],
) -> World:
    """``cells``: (period, team, outcome, ballots, share unable to judge)."""
    columns = np.concatenate([np.tile(cell[:3], (cell[3], 1)) for cell in cells])
    unable = np.concatenate([np.full(cell[3], cell[4]) for cell in cells])
    n = len(columns)
    rated = np.where(generator.random(n) < unable, -1, generator.integers(0, 5, n))
    names = ("period", "team", "outcome")
    attributes = {name: columns[:, at] for at, name in enumerate(names)}
    return World(Answers(attributes, {"respect": rated}, generator.integers(0, 9, n)), steps)


def _small(generator: np.random.Generator) -> tuple[int, float]:
    """A group of so many ballots, of which too few can judge."""
    n = int(generator.integers(5, 8))
    return n, 1 - int(generator.integers(1, 5)) / n


def _rest(generator: np.random.Generator) -> World:
    """Everybody, less the team that is told."""
    n, unable = _small(generator)
    tables = (_table("all", (), {}), _table("team", ("team",), {}))
    return _made(
        generator, [(0, 0, 0, int(generator.integers(8, 30)), 0.0), (0, 1, 0, n, unable)], ((0, tables),)
    )


def _sum_of_periods(generator: np.random.Generator) -> World:
    """A quarter too small to tell, then the half-year, of which the other quarter was told."""
    n, unable = _small(generator)
    cells = [(0, 0, 0, int(generator.integers(8, 25)), 0.1), (1, 0, 0, n, unable)]
    cells += [(0, 1, 0, 12, 0.1), (1, 1, 0, 14, 0.1)]
    quarters = [(now, (_table(f"q{now}", ("team",), {"period": (now,)}),)) for now in (0, 1)]
    return _made(generator, cells, (*quarters, (1, (_table("half", ("team",), {}),))))


def _merger(generator: np.random.Generator) -> World:
    """A unit too small to tell joins a larger one that was told, and the two are told together."""
    n, unable = _small(generator)
    cells = [(0, 0, 0, int(generator.integers(8, 25)), 0.0), (0, 1, 0, n, unable), (0, 2, 0, 15, 0.1)]
    before = _table("before", ("team",), {})
    after = _table("after", ("team",), {}, {"team": {1: 0}})
    return _made(generator, cells, ((0, (before,)), (0, (after, _table("all", (), {})))))


def _square(generator: np.random.Generator) -> World:
    """Two-way with both margins, and one cell too small."""
    n, unable = _small(generator)
    size = int(generator.integers(2, 4))
    cells = [
        (0, team, refused, int(generator.integers(5, 25)), 0.05) for team in range(size) for refused in (0, 1)
    ]
    cells[1] = (0, 0, 1, n, unable)
    ways = (("team", "outcome"), ("team",), ("outcome",), ())
    return _made(generator, cells, ((0, tuple(_table(f"t{at}", way, {}) for at, way in enumerate(ways))),))


def _unanimous(generator: np.random.Generator) -> World:
    """A team that agrees, among others that don't; then with its period added."""
    world = _sum_of_periods(generator)
    alike = (world.answers.attributes["team"] == 1) & (world.answers.items["respect"] >= 0)
    rated = np.where(alike, int(generator.integers(0, 5)), world.answers.items["respect"])
    return World(Answers(world.answers.attributes, {"respect": rated}, world.answers.decider), world.steps)


def _twins(generator: np.random.Generator) -> World:
    """The same groups in two tables, of which one asks for more raters."""
    cells = [(0, team, 0, int(generator.integers(5, 16)), 0.1) for team in range(3)]
    strict = Table("strict", ("team",), ("respect",), least=10)
    return _made(
        generator, cells, ((0, (strict,)), (0, (_table("plain", ("team",), {}), _table("all", (), {}))))
    )


def invited_world(seed: int) -> tuple[World, dict[int, int]]:
    """Twelve or more asked in every team, but of three teams only three or four answered, and agree; how many were asked."""
    generator = np.random.default_rng(seed)
    asked = {team: int(generator.integers(12, 30)) for team in range(5)}
    answered = {team: int(generator.integers(3, 5)) if team > 1 else asked[team] for team in asked}
    team = np.repeat(list(answered), list(answered.values()))
    content = generator.choice([3, 4], len(team), p=[0.2, 0.8])
    rated = np.where(team > 1, content, generator.integers(0, 5, len(team)))
    nothing = np.zeros(len(team), np.int64)
    attributes = {"period": nothing, "team": team, "outcome": nothing}
    answers = Answers(attributes, {"respect": rated}, generator.integers(0, 9, len(team)))
    return World(answers, ((0, (_table("team", ("team",), {}), _table("all", (), {}))),)), asked
