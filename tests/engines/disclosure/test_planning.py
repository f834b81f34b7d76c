"""What is promised before collecting: probabilities against brute-force simulation, people and tickets one by one."""

from dataclasses import dataclass
from math import comb, exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from fairgate.engines.disclosure.planning import BadPlan, Plan, Rules, Team, asked_about, plan
from fairgate.engines.disclosure.planning.rules import APPROVING, BANDS, OUTCOMES
from fairgate.engines.disclosure.planning.scores import Team as ScoredTeam
from fairgate.engines.disclosure.planning.scores import scored
from fairgate.engines.disclosure.planning.tables import at_most_two_of, group, shown

RULES = Rules()


def decisions(approved=0.0, conditions=0.0, returned=0.0, refused=0.0):
    return {"approved": approved, "conditions": conditions, "returned": returned, "refused": refused}


UNEVEN = Plan(
    people=90,
    teams=(
        Team("Ash", decisions(150, 20, 40, 15), 3),
        Team("Birch", decisions(90, 0, 10, 20), 5),
        Team("Cedar", decisions(10, 5, 0, 8), 1),
    ),
    response=0.55,
    seniority=(0.4, 0.35, 0.25),
    concentration=0.8,
)


@dataclass
class Period:
    """One simulated period, told without any formula: by ballot its team, outcome, decider and the person's band."""

    asked: np.ndarray  # outcome of the decision, by person asked
    team: np.ndarray
    outcome: np.ndarray
    decider: np.ndarray
    band: np.ndarray

    def kept(self) -> np.ndarray:
        cell = self.team * 2 + (self.outcome >= len(APPROVING))
        return np.bincount(cell, minlength=100)[cell] >= RULES.share

    def kept_by_band(self) -> np.ndarray:
        cell = (self.band * 20 + self.team) * 2 + (self.outcome >= len(APPROVING))
        return np.bincount(cell, minlength=400)[cell] >= RULES.share


def lived(what: Plan, months: int, rng: np.random.Generator) -> Period:
    """People ask, tickets are drawn, the first one low enough or in the end the lowest is asked about, some answer."""
    rates = np.array([[team.decisions[o] for o in OUTCOMES] for team in what.teams])
    shape = 1 / what.concentration if what.concentration else 0
    often = rng.gamma(shape, 1 / shape, what.people) if shape else np.ones(what.people)
    count = rng.poisson(often * rates.sum() * months / 12 / what.people)
    who = np.repeat(np.arange(what.people), count)
    cell = rng.choice(rates.size, len(who), p=(rates / rates.sum()).ravel())
    team, outcome = np.divmod(cell, len(OUTCOMES))
    weight = np.where(np.isin(outcome, [OUTCOMES.index(o) for o in APPROVING]), 1.0, what.oversampling)
    ticket, when = rng.exponential(1 / weight), rng.random(len(who))
    soon = ticket < -np.log(1 - what.at_once)
    order = np.lexsort((np.where(soon, when, ticket), ~soon, who))
    first = order[np.unique(who[order], return_index=True)[1]]
    answered = first[rng.random(len(first)) < what.response]
    limits = np.cumsum([round(what.people * share) for share in what.seniority])
    decider = np.array([rng.integers(what.teams[t].deciders) for t in team[answered]] or [0][:0])
    band = np.searchsorted(limits, who[answered], side="right")
    return Period(outcome[first], team[answered], outcome[answered], team[answered] * 100 + decider, band)


def enough(period: Period, some: np.ndarray, least: int) -> bool:
    return some.sum() >= least and len(np.unique(period.decider[some])) >= RULES.deciders


def figures_of(period: Period) -> dict[tuple[str, str], bool]:
    approving = np.isin(period.outcome, [OUTCOMES.index(o) for o in APPROVING])
    kept, by_band = period.kept(), period.kept_by_band()
    found = {("items", ""): enough(period, kept, RULES.raters)}
    asked_approving = np.isin(period.asked, [OUTCOMES.index(o) for o in APPROVING])
    for name, of_class, asked in (
        ("approving", approving, asked_approving),
        ("not-approving", ~approving, ~asked_approving),
    ):
        found["response", name] = asked.sum() >= RULES.raters
        found["items-by-outcome", name] = enough(period, kept & of_class, RULES.raters)
        bands = [
            enough(period, by_band & of_class & (period.band == b), RULES.by_seniority) for b in range(3)
        ]
        for band, it in zip(BANDS, bands, strict=True):
            found["items-by-seniority-and-outcome", f"{band} {name}"] = it
        found["gap", name] = bands[0] and bands[2]
    return found


def agrees(chance: float, hits: int, of: int) -> bool:
    """Within what chance allows, at one in 100,000 for each comparison."""
    return binom.cdf(hits, of, chance) > 5e-6 and binom.sf(hits - 1, of, chance) > 5e-6


@pytest.mark.parametrize("months", [3, 12])
def test_chances_of_tables_agree_with_periods_lived_through(months):
    rng, periods = np.random.default_rng(20_261_122 + months), 3_000
    lives = [lived(UNEVEN, months, rng) for _ in range(periods)]
    told = [figures_of(period) for period in lives]
    length = plan(UNEVEN, [months]).at(months)
    compared = 0
    for figure in length.figures:
        if (figure.code, figure.about) in told[0]:
            hits = sum(one[figure.code, figure.about] for one in told)
            assert agrees(figure.chance, hits, periods), (figure, hits / periods)
            compared += 0.02 < figure.chance < 0.98
    assert compared >= 2, "some of the figures are neither certain nor impossible"
    answers, kept = [len(one.team) for one in lives], [one.kept().sum() for one in lives]
    asked = [len(one.asked) for one in lives]
    for expected, found in ((length.asked, asked), (length.answers, answers), (length.kept, kept)):
        assert abs(expected - np.mean(found)) < 4.5 * np.std(found) / np.sqrt(periods)


def test_chances_of_scores_agree_with_periods_lived_through():
    """Kept ballots of up to four quarters add up, in 1,500 lives."""
    rng, lives, quarters = np.random.default_rng(5), 1_500, 4
    hits = np.zeros((2, len(UNEVEN.teams), quarters), dtype=int)
    for _ in range(lives):
        periods = [lived(UNEVEN, 3, rng) for _ in range(quarters)]
        for t in range(len(UNEVEN.teams)):
            for upto in range(quarters):
                own = [(p, p.kept() & (p.team == t)) for p in periods[: upto + 1]]
                total = sum(some.sum() for _, some in own)
                who = np.unique(np.concatenate([p.decider[some] for p, some in own]))
                no = sum((some & ~np.isin(p.outcome, [0, 1])).sum() for p, some in own)
                score = total >= RULES.ballots and len(who) >= RULES.deciders
                hits[0, t, upto] += score
                hits[1, t, upto] += score and no >= RULES.not_approved
    length = plan(UNEVEN, [3]).at(3)
    for row, code in enumerate(("score", "refusal")):
        for t, figure in enumerate(length.of(code)):
            chances = chances_of(UNEVEN, t, quarters, with_refusals=code == "refusal")
            assert figure.chance == pytest.approx(chances[0])
            for quarter in range(quarters):
                assert agrees(chances[quarter], hits[row, t, quarter], lives), (figure, quarter)
            if figure.periods and figure.periods <= quarters:
                assert chances[figure.periods - 1] >= 0.9
    assert length.of("score")[2].because == "deciders"
    assert 0.02 < hits[0, 0, 1] / lives < 0.98


def chances_of(what: Plan, team: int, periods: int, *, with_refusals: bool):
    """What stands behind a figure: all quarters, not only the first."""
    approvals = sum(t.of(*APPROVING) for t in what.teams)
    others = what.decisions - approvals
    yes, no = asked_about(
        approvals / 4 / what.people,
        others / 4 / what.people,
        oversampling=what.oversampling,
        concentration=what.concentration,
        at_once=what.at_once,
    )
    own = what.teams[team]
    if own.deciders < 3:
        return np.zeros(periods)
    cells = (what.response * yes * own.of(*APPROVING) / approvals,)
    rest = (what.response * no * own.of("returned", "refused") / others,)
    of_team = ScoredTeam(what.people, cells, rest, own.deciders)
    return scored(of_team, RULES, periods, with_refusals=with_refusals)


def test_with_one_cell_and_many_deciders_it_is_the_binomial():
    one = group(60, [[0.1]], [50])
    few = sum(binom.pmf(n, 60, 0.1) * at_most_two_of(50, n) for n in range(5, 61))
    assert shown(one, RULES, 5) == pytest.approx(binom.sf(4, 60, 0.1) - few, abs=1e-12)
    assert shown(one, RULES, 10) == pytest.approx(
        sum(binom.pmf(n, 60, 0.1) * (1 - at_most_two_of(50, n)) for n in range(10, 61)), abs=1e-12
    )


def test_with_two_cells_it_is_the_trinomial_counted_out():
    """By hand: all pairs of counts, deciders counted by their own inclusion and exclusion over both teams."""
    people, one, other, few, many = 30, 0.2, 0.25, 3, 4
    found = {5: 0.0, 10: 0.0}
    for a in range(people + 1):
        for b in range(people + 1 - a):
            chance = comb(people, a) * comb(people - a, b) * one**a * other**b * 0.55 ** (people - a - b)
            kept = (a if a >= 5 else 0, b if b >= 5 else 0)
            for least in found:
                if sum(kept) >= least:
                    found[least] += chance * at_least_three(kept, (few, many))
    both = group(people, [[one], [other]], [few, many])
    assert shown(both, RULES, 5) == pytest.approx(found[5], abs=1e-12)
    assert shown(both, RULES, 10) == pytest.approx(found[10], abs=1e-12)


def at_least_three(kept: tuple[int, int], deciders: tuple[int, int]) -> float:
    """Distinct deciders of two teams, from the distribution of each (a Markov chain, ballot by ballot)."""
    of_team = []
    for ballots, size in zip(kept, deciders, strict=True):
        state = np.zeros(size + 1)
        state[0] = 1.0
        for _ in range(ballots):
            seen = np.arange(size + 1) / size
            state = state * seen + np.concatenate([[0.0], (state * (1 - seen))[:-1]])
        of_team.append(state)
    both = np.convolve(*of_team)
    return float(both[3:].sum())


def test_the_decision_asked_about_adds_up_and_follows_the_weights():
    for concentration in (0.0, 0.5, 2.0):
        yes, no = asked_about(0.7, 0.2, oversampling=3, concentration=concentration)
        c = concentration
        none = (1 + c * 0.9) ** (-1 / c) if c else exp(-0.9)
        assert yes + no == pytest.approx(1 - none, abs=1e-9)
        alike = asked_about(0.7, 0.2, oversampling=1, concentration=concentration)
        assert alike[1] / alike[0] == pytest.approx(0.2 / 0.7, rel=1e-9)
        assert no / yes > 0.2 / 0.7
    assert asked_about(0.5, 0.0, oversampling=3)[1] == 0.0
    few = asked_about(
        1e-4, 1e-4, oversampling=3
    )  # who has one decision is asked about it, whatever its weight
    assert few[0] / few[1] == pytest.approx(1.0, rel=1e-3)
    many = asked_about(5_000, 5_000, oversampling=3, at_once=0.0)  # with many, the weights say it all
    assert many[1] / many[0] == pytest.approx(3.0, rel=1e-3)


def test_it_picks_as_the_voice_does():
    """The same constant, and the same probabilities as the voice states for given decisions, night by night."""
    from fairgate.voice.rules import OVERSAMPLING
    from fairgate.voice.rules.picking import AT_ONCE, probabilities

    assert Plan(1, ()).at_once == pytest.approx(1 - exp(-AT_ONCE))
    assert Plan(1, ()).oversampling == OVERSAMPLING
    rng, found, approvals, others = np.random.default_rng(8), np.zeros(2), 1.3, 0.4
    draws = 20_000
    for _ in range(draws):
        refused = rng.permutation(np.repeat([0, 1], rng.poisson([approvals, others])))
        chances = probabilities([[OVERSAMPLING if it else 1.0] for it in refused])
        for it, (chance,) in zip(refused, chances, strict=True):
            found[it] += chance / draws
    assert asked_about(approvals, others, oversampling=OVERSAMPLING) == pytest.approx(found, abs=0.012)


def test_ballots_are_kept_by_the_rule_that_closing_uses():
    """The same attributes that are never coarsened, and the same ballots kept by the real recoding, where nothing else is known
    of them."""
    from fairgate.engines.disclosure import Answers, recode
    from fairgate.voice.dataset import FIXED

    assert {"team", "approving"} <= set(FIXED)
    rng = np.random.default_rng(12)
    for _ in range(20):
        period = lived(UNEVEN, 6, rng)
        columns = {"team": period.team, "approving": (period.outcome < len(APPROVING)).astype(int)}
        real = recode(
            Answers(columns, {"respect": np.zeros(len(period.team), int)}),
            fixed=("team", "approving"),
            may_be_left_out=["respect"],
        )
        assert (real.kept == period.kept()).all()


def test_few_people_are_led_to_conversations_and_many_to_scores():
    small = plan(Plan(60, (Team("Quality", decisions(80, 5, 35, 20), 4),)))
    assert small.verdict == "conversations"
    assert {f.because for length in small.lengths for f in length.of("score")} == {"one-team"}
    teams = tuple(Team(name, decisions(800, 60, 100, 50), 4) for name in "ABC")
    large = plan(Plan(300, teams))
    assert (large.verdict, large.advised) == ("scores", 3)


def test_longer_periods_and_more_answers_never_make_a_first_closing_poorer():
    lengths = plan(UNEVEN).lengths
    for code in ("items", "items-by-outcome", "score", "refusal", "gap"):
        for figures in zip(*(length.of(code) for length in lengths), strict=True):
            chances = [figure.chance for figure in figures]
            assert chances == sorted(chances)
    silent, loud = (plan(Plan(90, UNEVEN.teams, response=r), [6]).at(6) for r in (0.2, 0.9))
    assert all(a.chance <= b.chance + 1e-12 for a, b in zip(silent.figures, loud.figures, strict=True))


def test_nobody_answers_and_nothing_is_promised():
    found = plan(Plan(500, UNEVEN.teams, response=0.0))
    shown_anyway = [
        f for length in found.lengths for f in length.figures if f.code != "response" and f.chance > 0
    ]
    assert (shown_anyway, found.verdict, found.advised) == ([], "conversations", None)


def test_without_refusals_there_is_no_refusal_score():
    teams = tuple(Team(name, decisions(approved=900), 5) for name in "AB")
    found = plan(Plan(400, teams), [12]).at(12)
    assert [f.because for f in found.of("refusal")] == ["no-decisions"] * 2
    assert [f.chance > 0.99 for f in found.of("score")] == [True] * 2
    assert found.of("items-by-outcome")[1].because == "no-decisions"


def test_a_hundred_thousand_people_and_forty_teams_take_no_time():
    import time

    teams = tuple(Team(str(n), decisions(900, 60, 100, 50), 6) for n in range(40))
    began = time.process_time()
    found = plan(Plan(100_000, teams))
    assert time.process_time() - began < 20
    assert found.verdict == "scores"


@settings(max_examples=60, deadline=None)
@given(
    people=st.integers(1, 400),
    counts=st.lists(st.lists(st.floats(0, 500), min_size=4, max_size=4), min_size=1, max_size=3),
    deciders=st.integers(1, 6),
    response=st.floats(0, 1),
    concentration=st.floats(0, 5),
)
def test_any_plan_gives_probabilities(people, counts, deciders, response, concentration):
    teams = tuple(Team(str(n), dict(zip(OUTCOMES, it, strict=True)), deciders) for n, it in enumerate(counts))
    what = Plan(people, teams, response=response, concentration=concentration)
    if what.decisions <= 0:
        with pytest.raises(BadPlan, match="decisions"):
            plan(what, [3])
        return
    length = plan(what, [3]).at(3)
    assert -1e-9 <= length.kept <= length.answers + 1e-9 <= length.asked + 2e-9 <= people + 3e-9
    for figure in length.figures:
        assert 0.0 <= figure.chance <= 1.0
        assert not (figure.because and figure.chance)
        assert figure.periods is None or figure.periods * 3 <= 60


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"people": 0}, "people: found 0"),
        ({"response": 1.5}, "response: found 1.5; expected 0 to 1"),
        ({"oversampling": 0.5}, "oversampling"),
        ({"seniority": (0.5, 0.5, 0.5)}, "add up to 1"),
        ({"teams": ()}, "teams: found none"),
        ({"teams": (Team("A", {"refused": -1}),)}, "A: found a number"),
        ({"teams": (Team("A", {"lost": 1}),)}, "'lost'"),
        ({"teams": (Team("A", {"refused": 1}, 0),)}, "0 deciders"),
        ({"teams": (Team("A", {}),)}, "decisions: found none"),
    ],
)
def test_numbers_that_cannot_be_are_told(wrong, told):
    right = {"people": 10, "teams": (Team("A", {"approved": 5}),)}
    with pytest.raises(BadPlan, match="found") as refused:
        plan(Plan(**{**right, **wrong}))
    assert told in str(refused.value)


def test_the_answer_as_json_says_months():
    import json

    told = json.loads(json.dumps(plan(UNEVEN, [3]).to_dict()))
    figures = told["lengths"][0]["figures"]
    assert all(f["months"] == (f["periods"] and f["periods"] * 3) for f in figures)
