"""A run: the same table gives the same figures, whoever asks, and nothing of it is about an individual."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from fairgate.fairness import actions, queries
from fairgate.fairness.models import Agreement, Run, RunResult
from fairgate.fairness.rules import Said
from fairgate.files import queries as kept
from fairgate.work.models import Job
from fairgate.work.rules import Problem

from .conftest import PROGRAM, SAID, TEAMS, recorded, table


def by_team(result):
    return {team["team"]: team for team in result.scores["teams"]}


@pytest.fixture
def scored(plant):
    plant.agreed()
    return plant.scored()


def test_the_strict_and_courteous_team_is_found_and_the_generous_one_looks_best(scored):
    teams = by_team(scored)
    assert teams["Ash"]["raw"] > teams["Oak"]["raw"]
    assert max(teams, key=lambda name: teams[name]["fair"]) == "Elder"
    assert teams["Elder"]["approval_effect"] > 10 > teams["Ash"]["approval_effect"] >= 0


def test_without_an_agreement_nothing_is_worked_out(plant):
    survey = plant.in_use()
    with pytest.raises(actions.NoAgreement):
        actions.request_run(by=plant.who("alice"), survey=survey.pk, done_at="/")
    plant.agreed()
    actions.withdraw_agreement(by=plant.who("gil"), unit=plant.unit, note="the pilot is over")
    with pytest.raises(actions.NoAgreement):
        actions.run_at_once(by=PROGRAM, survey=survey.pk)
    assert not Run.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.parametrize("who", ["bea", "charlie", "cleo", "dora", "emil", "fay"])
def test_only_importers_and_the_lead_have_scores_worked_out(plant, who):
    survey = plant.in_use()
    plant.agreed()
    with pytest.raises(PermissionDenied):
        actions.request_run(by=plant.who(who), survey=survey.pk, done_at="/")


def test_a_run_says_from_what_and_with_what_it_was_worked_out(scored):
    run = scored.run
    assert run.inputs == run.survey.findings["inputs"]
    assert {"fairgate", "engine", "numpy", "scipy"} <= run.versions.keys()
    assert Said.of(run.choices) == SAID
    assert run.choices["cutoffs"]["ballots"] == 20
    assert [entry.action for entry in recorded("fairness.run-requested") + recorded("fairness.run-done")] == [
        "fairness.run-requested",
        "fairness.run-done",
    ]


def test_doing_it_again_gives_the_same_figures_and_the_page_counts_them(plant, scored):
    again = actions.run_at_once(by=PROGRAM, survey=scored.run.survey_id)
    assert (again.scores, again.cells) == (scored.scores, scored.cells)
    page = queries.run_page(plant.who("dora"), again.run_id)
    assert (page.same, page.other) == (1, 0)


def test_rows_in_another_order_are_the_same_inputs_and_give_the_same_figures(plant, scored):
    head, *rows = table().decode().split("\n")
    other = plant.scored("\n".join([head, *reversed(rows)]).encode())
    assert other.run.survey.file_id != scored.run.survey.file_id
    assert other.run.inputs == scored.run.inputs
    assert other.scores == scored.scores


def test_a_job_that_is_done_twice_leaves_one_result(plant):
    survey = plant.in_use()
    plant.agreed()
    run = actions.request_run(by=plant.who("alice"), survey=survey.pk, done_at="/fairness/")
    assert Job.objects.get(pk=run.job_id).arguments == {"pk": str(run.pk)}
    said = []
    save = actions.compute(by=PROGRAM, pk=run.pk, progress=lambda done, note="": said.append(done))
    save()
    actions.compute(by=PROGRAM, pk=run.pk)()
    assert RunResult.objects.filter(run=run).count() == 1
    assert said == sorted(said)
    assert (said[0], said[-1] < 1.0) == (0.0, True)


def test_a_file_that_was_changed_is_not_scored(plant):
    survey = plant.in_use()
    plant.agreed()
    path: Path = kept.path_of(survey.file_id)
    path.chmod(0o600)
    path.write_bytes(table(seed=9))
    with pytest.raises(Problem, match="not what it was"):
        actions.run_at_once(by=PROGRAM, survey=survey.pk)


def test_a_team_with_two_deciders_has_no_figure_anywhere(plant):
    plant.agreed()
    teams = (("Ash", 0.1, 0.0, 3), ("Pair", 0.3, 2.0, 2), ("Oak", 0.2, 0.0, 4))
    result = plant.scored(table(teams=teams))
    assert set(by_team(result)) == {"Ash", "Oak"}
    assert result.scores["left_out"] == [{"team": "Pair", "deciders": 2}]
    assert "Pair" not in str({key: value for key, value in result.scores.items() if key != "left_out"})
    assert "Pair" not in str(result.cells)


def test_when_every_team_has_too_few_deciders_there_are_no_scores(plant):
    plant.agreed()
    result = plant.scored(table(teams=tuple((*team[:3], 2) for team in TEAMS)))
    assert result.scores["teams"] == []
    assert result.cells == []


def test_of_a_team_with_few_answers_not_even_the_raw_share_is_stored(plant):
    plant.agreed()
    few = b"\n".join([table(), *[b"5,approved,Yew,batch,Yew %d" % (n % 3) for n in range(12)]])
    result = plant.scored(few)
    yew = by_team(result)["Yew"]
    assert (yew["raw"], yew["fair"], yew["ballots"]) == (None, None, 12)
    assert [row for row in result.cells if row[0] == "Yew"] == [["Yew", "", "", 12]]


def test_nobody_who_decided_is_stored(scored):
    kept_here = str((scored.scores, scored.cells, scored.run.choices, scored.run.survey.findings))
    assert "Ash 0" not in kept_here
    assert "Elder 2" not in kept_here


@pytest.mark.parametrize("model", [Agreement, Run, RunResult])
def test_what_was_recorded_stays(scored, model):
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_only_the_privacy_officer_agrees_and_not_ahead_of_time(plant):
    from datetime import date, timedelta

    from fairgate.shared import clock

    facts = {"unit": plant.unit, "parties": "us", "document": "D"}
    for by in (PROGRAM, plant.who("alice"), plant.who("bob"), plant.who("emil")):
        with pytest.raises(PermissionDenied):
            actions.record_agreement(by=by, agreed_on=date(2026, 1, 1), **facts)
    with pytest.raises(actions.FromTheFuture):
        actions.record_agreement(
            by=plant.who("gil"), agreed_on=clock.now().date() + timedelta(days=3), **facts
        )
    with pytest.raises(actions.NoAgreement):
        actions.withdraw_agreement(by=plant.who("gil"), unit=plant.unit, note="x")
