"""The scorecard: a sentence first, guardrails always, off until agreed, and each sees what is theirs to see."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from fairgate.fairness import actions, queries
from fairgate.fairness.models import RunResult
from fairgate.gate.rules import Outcome
from fairgate.ledger.models import Entry
from fairgate.protection.rules import WouldHave
from fairgate.work.models import Job

from .conftest import CAST, PROGRAM, signed_in, table

TEAMS = ("Ash", "Elder", "Oak")


def page(plant, who):
    return signed_in(plant.people[who]).get(reverse("fairness:scorecard")).content.decode()


def lead(said):
    start = said.index('<p class="lead">')
    return said[start : said.index("</p>", start)]


@pytest.fixture
def scored(plant):
    plant.agreed()
    return plant.scored()


def test_before_anything_the_page_says_what_is_missing(plant):
    assert "no table of ratings came in" in lead(page(plant, "bob"))
    assert "Import a table of ratings" in page(plant, "alice")
    assert "Import a table of ratings" not in page(plant, "bob")


def test_until_it_is_agreed_only_what_all_teams_got_together_is_shown(plant):
    plant.in_use()
    for who in ("bob", "emil", "dora", "gil", "charlie"):
        said = page(plant, who)
        assert "Scores of teams are off" in lead(said), who
        assert not any(f">{team}<" in said for team in TEAMS)
        assert "<svg" not in said
    assert "How all answers are spread" in page(plant, "bob")
    assert "Record the agreement" in page(plant, "gil")


def test_the_sentence_the_picture_and_the_table(plant, scored):
    said = page(plant, "bob")
    assert "Elder treats people best" in lead(said)
    assert said.index("<svg") < said.index("Team by team")
    assert "style=" not in said
    for team in scored.scores["teams"]:
        assert f">{team['fair']:.0f}<" in said
        gain = round(team["approval_effect"])
        if gain > 1:
            assert f"gained {team['team']} {gain} points raw and, on average, nothing here" in said
    assert "confidential, not anonymous" in said
    assert "at least 3 people deciding" in said


@pytest.mark.parametrize("who", sorted(set(CAST) - {"fay"}))
def test_guardrails_stand_beside_every_score(plant, scored, who):
    said = page(plant, who)
    has_score = ">Elder<" in said
    assert has_score == (who in {"bea", "bob", "kim", "dora", "emil", "gil"})
    if has_score:
        assert 'id="guardrails"' in said
        assert "Stopped needlessly" in said


def test_a_customer_sees_all_teams_together_and_the_steward_no_figure(plant, scored):
    said = page(plant, "charlie")
    assert "call the treatment good" in lead(said)
    assert not any(team in said for team in TEAMS)
    steward = page(plant, "alice")
    assert "Scores are for those" in lead(steward)
    assert "call the treatment good" not in steward
    assert "How all answers are spread" not in steward


def test_withdrawn_it_is_off_at_once_for_everybody(plant, scored):
    actions.withdraw_agreement(by=plant.who("gil"), unit=plant.unit, note="the pilot is over")
    for who in ("bob", "emil", "dora", "gil"):
        assert not any(f">{team}<" in page(plant, who) for team in TEAMS)
    client = signed_in(plant.people["dora"])
    assert client.get(reverse("fairness:run", args=[scored.run_id])).status_code == 404
    assert (
        "the pilot is over" in client.get(reverse("fairness:agreement", args=[plant.unit])).content.decode()
    )


def test_the_privacy_officer_records_and_withdraws_by_page(plant):
    client = signed_in(plant.people["gil"])
    at = reverse("fairness:agreement", args=[plant.unit])
    fields = {"agreed_on": "2026-09-01", "parties": "council", "document": "WA 7", "note": ""}
    late = client.post(at, {**fields, "agreed_on": "2999-01-01"})
    assert (late.status_code, "yet to come" in late.content.decode()) == (422, True)
    assert client.post(at, fields).status_code == 302
    assert queries.standing_agreement(plant.unit).document == "WA 7"
    client.post(reverse("fairness:withdraw", args=[plant.unit]), {"note": "over"})
    assert queries.standing_agreement(plant.unit) is None
    actions_said = set(
        Entry.objects.filter(action__startswith="fairness.agreement").values_list("action", flat=True)
    )
    assert actions_said == {"fairness.agreement-recorded", "fairness.agreement-withdrawn"}


def test_a_lead_has_scores_worked_out_in_the_background_and_sees_that_they_wait(plant):
    survey = plant.in_use()
    plant.agreed()
    assert "Work the scores out" in page(plant, "bob")
    answer = signed_in(plant.people["bob"]).post(reverse("fairness:new-run", args=[survey.pk]))
    job = Job.objects.get()
    assert answer["Location"] == reverse("work:job", args=[job.pk])
    assert "Scores are being worked out" in page(plant, "bob")


def test_a_job_that_ended_in_vain_is_told_and_can_be_asked_for_again(plant):
    survey = plant.in_use()
    plant.agreed()
    run = actions.request_run(by=plant.who("bob"), survey=survey.pk, done_at="/fairness/")
    Job.objects.filter(pk=run.job_id).update(state="failed")
    said = page(plant, "bob")
    assert "it ended without any" in said
    assert "Work the scores out" in said
    assert "Scores are being worked out" not in said


def test_asking_without_an_agreement_is_answered_with_a_sentence(plant):
    survey = plant.in_use()
    client = signed_in(plant.people["alice"])
    answer = client.post(reverse("fairness:new-run", args=[survey.pk]), follow=True)
    assert "no agreement about them is recorded" in answer.content.decode()


def test_a_rising_score_with_falling_guardrails_is_a_warning(plant):
    plant.agreed()
    for _ in range(60):
        plant.decided(Outcome.APPROVED, days_ago=60)
    first = plant.scored(table(teams=(("Ash", 0.3, 0.0, 3), ("Elder", 0.3, 0.0, 3), ("Oak", 0.3, 0.0, 4))))
    for _ in range(40):
        plant.judged(plant.decided(Outcome.REFUSED, days_ago=20), WouldHave.NOTHING, WouldHave.NOTHING)
    for _ in range(25):
        plant.escaped(delay=5, age=30)
    card = queries.scorecard_for(plant.who("bob"))
    assert (card.rose, card.fell) == ((), ())
    plant.scored(table(seed=3, teams=(("Ash", 0.3, 3.0, 3), ("Elder", 0.3, 0.0, 3), ("Oak", 0.3, 0.0, 4))))
    card = queries.scorecard_for(plant.who("bob"))
    assert "Ash" in card.rose
    assert "escapes" in card.fell
    said = page(plant, "bob")
    assert "the guardrails fell: more of what was passed proved wrong" in said
    assert "is no gain" in said
    assert first.guardrails["escapes"] is None or first.guardrails["escapes"]["value"] == 0


def test_a_borrowed_score_is_called_borrowed(plant):
    plant.agreed()
    teams = (("Ash", 0.0, 0.0, 3), *[(f"Tree{n}", 0.3, 0.0, 3) for n in range(4)])
    result = plant.scored(table(rows=900, teams=teams))
    ash = next(team for team in result.scores["teams"] if team["team"] == "Ash")
    assert ash["borrowed"]
    assert f"{ash['fair']:.0f} borrowed" in page(plant, "bob")
    assert "borrowed from the other teams" in page(plant, "bob")


def test_shares_near_nobody_and_near_everybody_are_shown_at_the_edge(plant):
    plant.agreed()
    plant.scored(table(teams=(("Ash", 0.0, 9.0, 3), ("Elder", 0.9, -4.0, 3), ("Oak", 0.2, 0.0, 4))))
    said = page(plant, "bob")
    assert ">≥90<" in said
    assert ">≤10<" in said


def test_one_page_of_paper_with_the_guardrails_on_it(plant, scored):
    answer = signed_in(plant.people["dora"]).get(reverse("fairness:scorecard-pdf"))
    reader = PdfReader(io.BytesIO(answer.content))
    text = " ".join(reader.pages[0].extract_text().split())
    assert len(reader.pages) == 1
    for words in (
        "Elder treats people best",
        "Guardrails",
        "confidential",
        "Approving everything would have gained Elder",
    ):
        assert words in text


def test_scores_are_counted_in_few_queries_however_many_teams(plant, django_assert_max_num_queries):
    plant.agreed()
    plant.scored(table(rows=900, teams=tuple((f"Tree{n:02}", 0.2, 0.0, 3) for n in range(9))))
    person = plant.who("emil")
    with django_assert_max_num_queries(40):
        queries.scorecard_for(person)


def test_a_result_is_stored_as_it_was_worked_out(plant, scored):
    assert queries.scorecard_for(PROGRAM).result.scores == RunResult.objects.get().scores
