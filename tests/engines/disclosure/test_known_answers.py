"""Feasibility intervals that others published, or that can be counted by hand."""

from itertools import product

import numpy as np
import pytest

from fairgate.engines.disclosure import (
    Answers,
    Table,
    audit,
    mean_figure,
    protect,
    round_to_leave_one_out,
    share_figure,
)
from fairgate.engines.disclosure.coding import HIDDEN, LADDER, finest, tell
from fairgate.engines.disclosure.errors import BadAnswers, BadTable, TooFew
from fairgate.engines.disclosure.layout import lay_out
from fairgate.engines.disclosure.program import Program
from fairgate.engines.disclosure.published import Group, Publication, PublishedTable
from fairgate.engines.disclosure.system import PATTERNS, RATED, System, Told, told_from
from fairgate.engines.disclosure.witnesses import Proof

ALL = (("activity", "region"), ("activity",), ("region",), ())


def investments() -> tuple[System, dict[tuple[int, int], int]]:
    """Activity by region, the usual small example (Willenborg & de Waal 2001; Fischetti & Salazar 2001): 22 is sensitive, and
    three more cells are suppressed with it. Money is counted as answers; what isn't invested couldn't judge."""
    table = np.array([[20, 50, 10], [8, 19, 22], [17, 32, 12]])
    hidden = {(1, 0), (1, 2), (2, 0), (2, 2)}
    places = list(product(range(3), range(3)))
    codes = {"activity": np.array([a for a, _ in places]), "region": np.array([r for _, r in places])}
    layout = lay_out([Table(str(way), way, ("i",)) for way in ALL], codes)
    counts = np.zeros((9, 6), np.int64)
    counts[:, 0] = [table[place] for place in places]
    counts[:, 5] = 190 - counts[:, 0]
    truth = layout.summed(counts)
    sums = layout.members @ truth
    at = {key: group for group, key in enumerate(layout.keys[:9])}
    closed = {at[place] for place in hidden}
    rows = [(g, RATED, int(n), int(n)) for g, n in enumerate(sums[:, 0]) if g not in closed]
    return System(
        layout.members, truth, told_from(rows), np.zeros((len(layout.keys), len(PATTERNS)), np.int64)
    ), at


@pytest.mark.parametrize(
    ("cell", "interval"), [((1, 2), (5, 30)), ((1, 0), (0, 25)), ((2, 0), (0, 25)), ((2, 2), (4, 29))]
)
def test_the_published_intervals_of_suppressed_investments(
    cell: tuple[int, int], interval: tuple[int, int]
) -> None:
    system, at = investments()
    # All five steps together are what was invested: sum their bounds by putting everything into the first.
    rows = [(g, np.eye(6, dtype=np.int64)[step], 0, 0) for g in range(9) for step in range(1, 5)]
    told = system.told
    more = told_from(rows)
    columns = ("group", "weights", "low", "high")
    joined = Told(*(np.concatenate((getattr(told, f), getattr(more, f))) for f in columns))
    system = system.telling(joined, system.needed)
    found = Program(system).narrow(at[cell], 0, np.zeros_like(system.truth))
    assert (found.low, found.high) == interval


def test_the_proof_reaches_both_ends_that_programs_find() -> None:
    system, at = investments()
    needed = system.needed.copy()
    needed[at[1, 2], 0] = 25
    proof = Proof(system.telling(system.told, needed))
    proof.search(0)
    assert proof.unproved(0, at[1, 2], 0) is None


def test_a_remainder_is_found_by_the_audit_with_its_value() -> None:
    """Eight rated; three of them in a team that is hidden, five in one that is told."""
    answers = Answers(
        {"team": np.repeat([0, 1], (20, 6))},
        {"respect": np.concatenate((np.tile([0, 1, 2, 3, 4], 4), [3, 3, 4, -1, -1, -1]))},
    )
    tables = (Table("all", (), ("respect",)), Table("team", ("team",), ("respect",)))
    shown = {
        "all": [((), 26, tell(np.array([4, 4, 4, 6, 5, 3]), 0))],
        "team": [((0,), 20, tell(np.array([4, 4, 4, 4, 4, 0]), 0)), ((1,), 6, None)],
    }
    published = Publication(
        tuple(
            PublishedTable(
                table,
                tuple(Group(key, n, {"respect": one} if one else {}) for key, n, one in shown[table.name]),
            )
            for table in tables
        ),
        protect(answers, tables).audit,
    )
    found = audit(answers, [published])
    assert not found.passed
    values = {finding.steps: (finding.low, finding.high) for finding in found.findings if not finding.insider}
    assert values[3,] == (2, 2)
    assert values[4,] == (1, 1)
    assert "findings" not in found.to_dict()


def test_a_rounded_share_told_elsewhere_narrows_a_hidden_team() -> None:
    answers = Answers({"team": np.zeros(12, np.int64)}, {"respect": np.array([4] * 3 + [-1] * 9)})
    published = protect(answers, [Table("team", ("team",), ("respect",))])
    assert published.value("team", (0,), "respect") is None
    assert audit(answers, [published]).passed
    mean = mean_figure("respect", {"team": (0,)}, 5.0)
    assert not audit(answers, [published], figures=mean).passed
    share = share_figure("respect", {"team": (0,)}, 100)
    assert not audit(answers, [published], figures=share).passed


@pytest.mark.parametrize("n", range(5, 13))
def test_a_group_alone_never_tells_that_nobody_or_everybody_said_a_thing(n: int) -> None:
    """By counting every table of n answers that fits what is told, for those outside and for every insider."""
    generator = np.random.default_rng(n)
    every = [c for c in product(range(n + 1), repeat=5) if sum(c) == n]
    for _ in range(25):
        counts = np.array([*generator.multinomial(n, generator.dirichlet(np.full(5, 0.5))), 0])
        rung = finest(counts, 0)
        if rung == HIDDEN:
            continue
        shown = tell(counts, rung)
        assert shown is not None
        assert shown.detail == LADDER[rung][0]
        fits = np.array(
            [c for c in every if all(p.low <= sum(c[s] for s in p.steps) <= p.high for p in shown.parts)]
        )
        for own in (None, *np.flatnonzero(counts[:5])):
            seen = fits if own is None else fits[fits[:, own] > 0]
            for part in shown.parts:
                if part.coding in ("at most", "at least"):
                    assert np.ptp(seen[:, list(part.steps)].sum(axis=1)) >= (2 if own is None else 1)


def test_few_raters_few_deciders_and_the_strict_cross_are_hidden() -> None:
    generator = np.random.default_rng(3)
    ratings = generator.integers(0, 5, 60)
    team = np.repeat([0, 1, 2], 20)
    few = np.where((team == 1) & (np.arange(60) % 20 > 3), -1, ratings)
    deciders = np.where(team == 2, 7, np.arange(60) % 4)
    answers = Answers({"team": team}, {"a": ratings, "b": few}, deciders)
    published = protect(answers, [Table("team", ("team",), ("a", "b"))])
    assert published.value("team", (0,), "a") is not None
    assert published.value("team", (1,), "a") is not None
    assert published.value("team", (1,), "b") is None
    assert published.value("team", (2,), "a") is None
    strict = protect(answers, [Table("team", ("team",), ("a",), least=21, deciders=0)])
    assert strict.tables[0].withheld
    assert strict.hidden == {"team": 3}


def test_what_is_told_is_true() -> None:
    generator = np.random.default_rng(4)
    answers = Answers({"team": np.repeat(np.arange(6), 15)}, {"a": generator.integers(-1, 5, 90)})
    published = protect(answers, [Table("team", ("team",), ("a",)), Table("all", (), ("a",))])
    for group in published.tables[0].groups:
        mine = answers.items["a"][answers.attributes["team"] == group.key[0]]
        assert group.ballots == 15
        for shown in group.shown.values():
            assert shown.raters == (mine >= 0).sum()
            assert all(part.low <= np.isin(mine, part.steps).sum() <= part.high for part in shown.parts)
    assert published.to_dict() == protect(answers, [one.table for one in published.tables]).to_dict()


def test_wrong_input_is_said_plainly() -> None:
    answers = Answers({"team": np.array([0, 0, 0, 0, 0, 1])}, {"a": np.zeros(6, np.int64)})
    with pytest.raises(TooFew, match="1 combinations of attributes are shared by fewer than 5"):
        protect(answers, [Table("team", ("team",), ("a",))])
    with pytest.raises(BadTable, match="no item 'b'"):
        protect(answers.only(answers.attributes["team"] == 0), [Table("team", ("team",), ("b",))])
    with pytest.raises(BadTable, match="no attribute 'unit'"):
        protect(answers.only(answers.attributes["team"] == 0), [Table("unit", ("unit",), ("a",))])
    with pytest.raises(BadAnswers, match="found 5; expected ratings from 0 to 4"):
        Answers({"team": np.array([0])}, {"a": np.array([5])})
    with pytest.raises(BadAnswers, match="different lengths"):
        Answers({"team": np.array([0])}, {"a": np.array([1, 2])})


@pytest.mark.parametrize(
    ("score", "without", "step", "value"),
    [(61.4, [61.2, 60.9], 1, 61), (61.4, [59.9, 61.0], 2, 62), (61.4, [57.0], 5, 60), (50.0, [39.0], 20, 60)],
)
def test_scores_are_rounded_to_what_one_ballot_moves(
    score: float, without: list[float], step: int, value: int
) -> None:
    found = round_to_leave_one_out(score, without)
    assert (found.step, found.value) == (step, value)
