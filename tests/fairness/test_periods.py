"""Closed periods as a source: what the voice kept, what the gate decided, and no figure that could give an answer away."""

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from fairgate import fairness
from fairgate.engines import disclosure
from fairgate.fairness import actions, queries
from fairgate.fairness.actions.rounding import rounded
from fairgate.fairness.dataset import periods as module
from fairgate.fairness.dataset import tables, told
from fairgate.fairness.dataset.periods import EMPTY, pulled
from fairgate.fairness.models import RunResult, Survey
from fairgate.fairness.rules import Part, Said
from fairgate.gate.models import Decision
from fairgate.gate.rules import APPROVING, Outcome
from fairgate.people.models import Person
from fairgate.readers.choices import Choices
from fairgate.voice import actions as voice
from fairgate.voice.models import Ballot
from fairgate.voice.queries import ballots_of
from fairgate.voice.queries.published import published_ballots
from fairgate.voice.rules import Answering, Answers
from fairgate.work.rules import Problem
from voice.conftest import PROGRAM, START, House, _own_keys, quick_protection

from .conftest import recorded, signed_in

__all__ = ["_own_keys", "quick_protection"]
NEXT = date(2026, 10, 1)
# Share refused, how it treats people: the second refuses most and treats people best.
TEAMS = ((0.25, 0.0), (0.5, 1.3), (0.3, -0.2))


class Heard(House):
    """Whose people were asked, and whose periods are closed."""

    def period(self, starts_on=START, people=150, seed=1, deciders=3, **about):
        """Everybody asked about their one decision, everybody answers, closed."""
        draw = Random(seed)
        for number, person in enumerate(self.crowd(people)):
            team = number // 3 % len(TEAMS)  # the crowd's seniorities go round by threes
            refused = draw.random() < TEAMS[team][0]
            outcome = Outcome.REFUSED if refused else Outcome.APPROVED
            decider = draw.randrange(deciders)
            self.decided(person, outcome, on=starts_on, team=team, decider=decider, **about)
        period = self.opened(starts_on)
        for one in self.invited(period):
            if one.decision is not None:
                team = self.teams.index(one.decision.team)
                said = self.said(team, one.decision.outcome == Outcome.REFUSED, draw)
                voice.answer(by=Answering(one.pk), answers=said, today=period.days.answers_until)
        return self.closed(self.ended(period))

    def said(self, team, refused, draw):
        mood = TEAMS[team][1] - 1.5 * refused + draw.gauss(0, 0.8)
        levels = [mood + draw.gauss(0, 1.7) for _ in range(8)]
        apart = Random(repr(levels))
        items = tuple(1 + sum(level > cut for cut in (-2.5, -1.5, -0.5, 1.0)) for level in levels)
        return Answers(items, apart.randrange(1, 6), apart.choice((True, False)))

    def more_decided(self, number, starts_on=START, **about):
        """Decisions on what nobody with an account asked for."""
        for at in range(number):
            self.decided(None, on=starts_on + timedelta(days=1), team=at % 3, **about)

    def agreed(self):
        return actions.record_agreement(
            by=self.gil, unit=self.quality.pk, agreed_on=date(2026, 1, 5), parties="all", document="W 7"
        )

    def used(self, *periods):
        return actions.use_periods(
            by=self.gil, unit=self.quality.pk, periods=[period.pk for period in periods]
        )

    def scored(self, *periods):
        return actions.run_at_once(by=PROGRAM, survey=self.used(*periods).pk)

    def rated(self, *periods):
        return pulled(self.quality, queries.periods_called([period.pk for period in periods]))


@pytest.fixture
def heard(db):
    return Heard()


def by_team(result):
    return {team["team"]: team for team in result.scores["teams"]}


def test_every_ballot_is_there_with_its_items_and_every_other_decision_counts_in_the_mix(
    heard, quick_protection
):
    period = heard.period()
    heard.more_decided(60)
    table = heard.rated(period)
    decisions = table.decisions
    kept = Ballot.objects.filter(period=period).count()
    assert decisions.per_answer().sum() == pytest.approx(kept)
    assert decisions.per_decision().sum() == pytest.approx(150 + 60)
    ballots = ballots_of([period.pk])
    given = sum(int((column >= 0).sum()) for column in ballots.ratings.values())
    assert int(decisions.answered.sum()) == given
    assert decisions.item.names == tuple(ballots.ratings)
    per_step = [sum(int((column == step).sum()) for column in ballots.ratings.values()) for step in range(5)]
    assert [int((decisions.rating == step).sum()) for step in range(5)] == per_step


def test_what_a_period_holds_is_what_duckdb_counts_from_a_file_of_it(heard, quick_protection, tmp_path):
    period = heard.period(people=120)
    for person in Person.objects.filter(username__startswith="p")[:40]:
        heard.decided(person, Outcome.REFUSED, team=2)
    ours = heard.rated(period).decisions
    kept = [column.name for column in ours.cases]
    exact = all(one.outcome for one in Ballot.objects.all())
    ballots = [
        (
            (one.team.name, decided(one.outcome, one.approving, exact), *(ABOUT[part](one) for part in kept)),
            one.answers,
        )
        for one in Ballot.objects.select_related("team", "kind", "customer")
    ]
    others = Counter(
        (
            one.team.name,
            decided(one.outcome, one.outcome in APPROVING, exact),
            *(ASKED[part](one.request) for part in kept),
        )
        for one in Decision.objects.select_related("team", "request__kind", "request__unit")
    ) - Counter(cell for cell, _ in ballots)
    header = ("team", "outcome", *kept, "ballot", "item", "rating")
    rows = [
        (*cell, number, item, sign.strip("-"))
        for number, (cell, answers) in enumerate(ballots)
        for item, sign in zip(ours.item.names, answers, strict=False)
    ]
    file = tmp_path / "ratings.csv"
    with file.open("w", newline="") as out:
        csv.writer(out).writerows([header, *rows, *((*cell, "", "", "") for cell in others.elements())])
    said = Said({Part(name): name for name in header}, ours.approving, ours.levels, "4")
    theirs = tables.rated(file, said, Choices()).decisions
    assert len(kept) >= 2
    assert counted(theirs) == counted(ours)


def decided(outcome, approving, exact):
    """Which outcome it was, or where that was left out of ballots, whether it approved."""
    return outcome if exact else "approving" if approving else "not-approving"


ABOUT = {
    "kind": lambda one: one.kind.name,
    "risk": lambda one: one.risk,
    "seniority": lambda one: one.seniority,
    "unit": lambda one: one.customer.name,
}
ASKED = {
    "kind": lambda one: one.kind.name,
    "risk": lambda one: one.risk,
    "seniority": lambda one: one.submitted_by.seniority,
    "unit": lambda one: one.unit.name,
}


def counted(decisions):
    """How many rows there are by team, outcome, case, item and rating."""
    columns = (decisions.team, decisions.outcome, *decisions.cases, decisions.item)
    names = [[(*column.names, "")[code] for code in column.codes] for column in columns]
    found = Counter()
    for *cell, rating, number in zip(*names, decisions.rating.tolist(), decisions.counts, strict=True):
        found[(*cell, rating)] += number
    return found


def test_the_mix_is_that_of_all_decisions_and_not_that_of_those_asked_about(heard, quick_protection):
    period = heard.period(people=120)
    heard.more_decided(600)
    decisions = heard.rated(period).decisions
    approved = decisions.per_decision()[decisions.approved].sum()
    refused_ballots = Ballot.objects.filter(approving=False).count()
    refused = 720 - approved
    assert refused >= refused_ballots
    assert refused / 720 < 0.10 < refused_ballots / Ballot.objects.count()


def test_the_hash_that_pages_show_cannot_be_tried_without_the_key(heard, quick_protection, settings):
    """Whoever knows all ballots but one could hash what that one may say, were it a plain hash of the ballots."""
    period = heard.period()
    first = heard.rated(period).inputs
    assert heard.rated(period).inputs == first
    settings.PEOPLE_KEY = "another installation's key"
    assert heard.rated(period).inputs != first


def test_an_attribute_that_one_period_lacks_is_left_out_everywhere(heard, quick_protection):
    first = heard.period(START, people=360)
    second = heard.period(NEXT, people=45, seed=2)
    there = [
        {
            name
            for name in ("kind", "seniority", "customer")
            if (getattr(ballots_of([one.pk]), name).codes >= 0).any()
        }
        for one in (first, second)
    ]
    assert "seniority" in there[0] - there[1]
    kept = {column.name for column in heard.rated(first, second).decisions.cases}
    assert kept == {{"customer": "unit"}.get(name, name) for name in there[0] & there[1]}
    assert "seniority" in {column.name for column in heard.rated(first).decisions.cases}


def test_which_outcome_it_was_is_left_out_of_decisions_as_it_is_of_ballots():
    coarse = module._coarseness(
        [[module._Ballot("Ash", "not-approving", dict.fromkeys(module.CASES, ""), ())]]
    )
    assert (coarse.exact, coarse.cases) == (False, ())
    cells = [coarse.cell("Ash", code, {}) for code in ("approved", "conditions", "returned", "refused")]
    assert [outcome for _, outcome in cells] == ["approving", "approving", "not-approving", "not-approving"]


def test_decisions_of_unknown_seniority_are_spread_as_the_others_are():
    everybody = module._Coarseness((module.Part.SENIORITY,), exact=True)
    row = module.Decided("Ash", "approved", "change", "", "junior", "Manufacturing", 20)
    counts, without = module._counted(
        [
            row,
            row._replace(seniority="senior", number=10),
            row._replace(seniority="", number=30),
            row._replace(team="", seniority="", number=4),
        ],
        everybody,
    )
    assert dict(counts) == pytest.approx(
        {("Ash", "approved", "junior"): 40.0, ("Ash", "approved", "senior"): 20.0}
    )
    assert without == 4
    alone, _ = module._counted([row._replace(seniority="", number=3)], everybody)
    assert dict(alone) == {("Ash", "approved", EMPTY): 3.0}


def test_the_team_that_treats_people_best_is_found_though_another_looks_better(heard, quick_protection):
    heard.agreed()
    result = heard.scored(heard.period(START), heard.period(NEXT, seed=2))
    teams = by_team(result)
    assert max(teams, key=lambda name: teams[name]["fair"]) == heard.teams[1].name
    assert result.cells == []
    assert all(team["ballots"] >= 20 for team in teams.values())
    assert result.run.choices["columns"] == {}


def test_scores_are_whole_points_in_steps_no_finer_than_what_one_ballot_moves(heard, quick_protection):
    heard.agreed()
    period = heard.period(people=150)
    result = heard.scored(period)
    decisions = heard.rated(period).decisions
    from fairgate.engines.ordinal.fair import score

    exact = score(decisions, leaving_out=True)
    for place, team in enumerate(result.scores["teams"]):
        move = float(exact.moves.fair[place])
        step = team["steps"]["fair"]
        assert step >= max(1.0, move)
        assert team["fair"] % step == 0
        assert abs(team["fair"] - exact.teams[place].fair) <= step / 2
        low, high = exact.teams[place].interval
        assert team["interval"][0] <= low
        assert high <= team["interval"][1]
        assert all(isinstance(team[name], int) for name in ("fair", "raw") if team[name] is not None)
    again = rounded(exact)
    assert [team["fair"] for team in again["teams"]] == [team["fair"] for team in result.scores["teams"]]


def test_a_team_of_two_deciders_has_no_figure_and_nobody_learns_how_many_there_are(heard, quick_protection):
    heard.agreed()
    result = heard.scored(heard.period(deciders=2))
    assert result.scores["teams"] == []
    assert [left["deciders"] for left in result.scores["left_out"]] == [None] * 3
    said = signed_in(heard.cast["bob"]).get(reverse("fairness:scorecard")).content.decode()
    assert "Elder: fewer than 3 people decided on what was answered" in said


def test_what_was_told_holds_in_the_ballots_and_something_sharper_would_not_pass(heard):
    """The figures the attacker's program gets are true; a share that pins a hidden figure down is found."""
    heard.agreed()
    period = heard.period(people=60)
    here = told._Period(published_ballots(period.pk))
    team = heard.teams[0]
    there = here.team(heard.quality.pk, team.pk)
    ratings = np.concatenate([column[there] for column in here.ratings.values()])
    raw = 100.0 * (ratings >= 3).sum() / (ratings >= 0).sum()
    shares = told.shares_that_hold(heard.quality.pk, [period.pk], (), {team.name: float(raw)})
    if team.name in shares:
        share = shares[team.name]
        assert abs(share.percent - raw) <= share.points / 2
    figures = told._figures(
        period.pk,
        heard.quality.pk,
        {team.name: team.pk},
        [queries_share(period, team, raw)],
        {period.pk: here},
    )
    assert len(figures) == 16
    combined = here.answers.combinations()
    for figure in figures:
        counts = here.answers.counts(figure.item, combined.of, len(combined.ballots))
        value = int((counts[figure.inside(combined.codes)] @ np.array(figure.weights)).sum())
        assert figure.low <= value <= figure.high


def test_the_fairness_room_asks_the_voice_and_never_reads_its_tables():
    room = Path(fairness.__file__).parent
    assert [path.name for path in room.rglob("*.py") if "voice.models" in path.read_text()] == []


def queries_share(period, team, raw):
    from fairgate.fairness.queries.closed import ToldShare

    return ToldShare((period.pk,), team.name, int(np.floor(raw + 0.5)), 1)


@pytest.mark.parametrize(("passes", "points"), [(1, 1), (5, 5), (99, None)])
def test_a_raw_share_that_fails_the_audit_is_told_more_coarsely_and_then_not_at_all(
    heard, quick_protection, monkeypatch, passes, points
):
    """The audit's answer is played here; that it is a good one is shown in tests/engines/disclosure."""
    heard.agreed()
    period = heard.period()

    def audit(answers, publications, *, figures, width=5):
        wide = [figure for figure in figures if _points(figure, figures) < passes]
        return disclosure.Audit(1, 1, width, failed=len(wide))

    monkeypatch.setattr(disclosure, "audit", audit)
    teams = by_team(heard.scored(period))
    if points is None:
        assert {team["raw"] for team in teams.values()} == {None}
        assert RunResult.objects.get().scores["raw_hidden"] == sorted(teams)
        said = signed_in(heard.cast["bob"]).get(reverse("fairness:scorecard")).content.decode()
        assert "its raw share is hidden" in said
    else:
        assert {team["steps"]["raw"] for team in teams.values()} == {points}
        assert all(team["raw"] % points == 0 for team in teams.values())


def _points(figure, figures):
    """How finely the share was told that a figure comes of: its two edges differ by twice that."""
    other = next(
        each
        for each in figures
        if each.item == figure.item and each.where == figure.where and each.weights != figure.weights
    )
    return abs(other.weights[0] - figure.weights[0]) // 2


def test_shares_shown_of_other_choices_of_periods_go_into_the_audit(heard, quick_protection, monkeypatch):
    heard.agreed()
    first = heard.period(START)
    before = heard.scored(first)
    seen = []

    def audit(answers, publications, *, figures, width=5):
        seen.append(len(figures))
        return disclosure.Audit(1, 1, width)

    second = heard.period(NEXT, seed=2)
    monkeypatch.setattr(disclosure, "audit", audit)
    after = heard.scored(first, second)
    shown_before = sum(team["raw"] is not None for team in before.scores["teams"])
    shown_after = sum(team["raw"] is not None for team in after.scores["teams"])
    assert shown_before >= 1
    assert sorted(seen) == sorted([16 * (shown_before + shown_after), 16 * shown_after])


def test_only_the_latest_closed_periods_and_only_one_choice_of_them(heard, quick_protection):
    first = heard.period(START)
    one = heard.used(first)
    second = heard.period(NEXT, seed=2)
    for wrong in ([], [uuid4()], [first.pk], [second.pk, uuid4()]):
        with pytest.raises(actions.NotTheLatest):
            actions.use_periods(by=heard.gil, unit=heard.quality.pk, periods=wrong)
    both = heard.used(first, second)
    assert (both.name, both.periods) == ("2026-Q3, 2026-Q4", [str(first.pk), str(second.pk)])
    with pytest.raises(actions.AlreadyUsed, match="2026-Q3, 2026-Q4"):
        heard.used(second)
    assert heard.used(first, second).pk == both.pk != one.pk
    assert Survey.objects.count() == 2
    assert len(recorded("fairness.periods-used")) == 3


@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "dora", "emil", "fay", "rita"])
def test_only_the_privacy_officer_and_the_program_use_periods(heard, who):
    with pytest.raises(PermissionDenied):
        actions.use_periods(by=heard.cast[who], unit=heard.quality.pk, periods=[uuid4()])


def test_without_ballots_about_the_unit_nothing_is_used(heard, quick_protection):
    period = heard.opened()
    heard.closed(heard.ended(period))
    with pytest.raises(actions.CantBeScored, match="No ballot"):
        heard.used(period)
    assert not Survey.objects.exists()


def test_a_decision_that_changed_since_is_told_and_counted_when_used_again(heard, quick_protection):
    heard.agreed()
    period = heard.period()
    survey = heard.used(period)
    heard.more_decided(5)
    with pytest.raises(Problem, match="changed since"):
        actions.run_at_once(by=PROGRAM, survey=survey.pk)
    assert heard.used(period).findings["decisions"] == 155
    assert actions.run_at_once(by=PROGRAM, survey=survey.pk).scores["teams"]


def test_the_page_says_where_the_figures_come_from_and_tells_nothing_finer(heard, quick_protection):
    heard.agreed()
    heard.scored(heard.period())
    url = reverse("fairness:scorecard")
    said = signed_in(heard.cast["bob"]).get(url).content.decode()
    assert "From the closed period 2026-Q3." in said
    assert "whole points" in said
    assert "whoever controls the running server" in said
    assert "How all answers are spread" not in said
    customer = signed_in(heard.cast["charlie"]).get(url).content.decode()
    assert "published under Feedback" in customer
    assert not any(f">{team.name}<" in customer for team in heard.teams)
    agreement = signed_in(heard.cast["gil"]).get(reverse("fairness:agreement", args=[heard.quality.pk]))
    assert reverse("voice:pack") in agreement.content.decode()


def test_a_run_of_periods_shows_how_it_came_about_and_has_no_file(heard, quick_protection):
    heard.agreed()
    result = heard.scored(heard.period())
    said = signed_in(heard.cast["dora"]).get(reverse("fairness:run", args=[result.run_id])).content.decode()
    assert "Closed periods" in said
    assert "Hash of the file" not in said
    officer = signed_in(heard.gil)
    survey = result.run.survey_id
    assert officer.get(reverse("fairness:survey", args=[survey])).status_code == 200
    assert officer.get(reverse("fairness:columns", args=[survey])).status_code == 404
    assert "2026-Q3" in officer.get(reverse("fairness:surveys")).content.decode()
    pdf = signed_in(heard.cast["bob"]).get(reverse("fairness:scorecard-pdf"))
    assert pdf.content[:4] == b"%PDF"


def test_the_officer_chooses_from_which_period_on(heard, quick_protection):
    officer, url = signed_in(heard.gil), reverse("fairness:use-periods")
    assert "No period has been closed yet" in officer.get(url).content.decode()
    first, second = heard.period(START), heard.period(NEXT, seed=2)
    given = {"unit": heard.quality.pk, "first": str(first.pk)}
    assert officer.post(url, given).status_code == 302
    assert Survey.objects.get().name == "2026-Q3, 2026-Q4"
    refused = officer.post(url, {**given, "first": str(second.pk)})
    assert refused.status_code == 422
    assert "chosen before" in refused.content.decode()
    assert Person.objects.filter(username="gil").exists()


def test_tables_and_periods_stand_side_by_side_and_the_page_shows_the_one_asked_for(heard, quick_protection):
    heard.agreed()
    first = heard.used(heard.period(START))
    second = heard.used(*(queries_all()))
    bob = signed_in(heard.cast["bob"])
    url = reverse("fairness:scorecard")
    assert second.pk == first.pk
    assert "From the closed period 2026-Q3." in bob.get(url, {"source": str(first.pk)}).content.decode()
    assert bob.get(url, {"source": "nonsense"}).status_code == 200
    assert bob.get(url, {"source": str(uuid4())}).status_code == 200


def queries_all():
    from fairgate.voice.queries import closed_periods

    return closed_periods()
