"""A table on its way in: looked into before it is kept, its columns said, every problem told, then used or not."""

import gzip

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from fairgate.fairness import actions, imports
from fairgate.fairness.models import Survey
from fairgate.fairness.rules import Part, Said, SurveyState
from fairgate.files.models import StoredFile
from fairgate.readers.problems import ReadError

from .conftest import SAID, recorded, signed_in, table


@pytest.mark.parametrize("who", ["bea", "bob", "charlie", "dora", "emil", "fay", "kim"])
def test_neither_the_function_nor_its_customers_bring_a_table(plant, who):
    with pytest.raises(PermissionDenied):
        plant.came_in(by=who)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("column", ["Respondent", "e-mail", "User ID", "rater"])
def test_a_column_that_tells_who_answered_is_refused_and_nothing_is_kept(plant, column):
    content = f"rating,outcome,team,{column}\n5,approved,Ash,x\n".encode()
    with pytest.raises(ReadError, match="tells who answered"):
        plant.came_in(content)
    assert not StoredFile.objects.exists()
    assert not Survey.objects.exists()


def test_an_address_in_any_cell_is_refused_with_its_row(plant):
    content = b"rating,outcome,team,note\n5,approved,Ash,fine\n4,approved,Ash,ask ann@example.org\n"
    with pytest.raises(ReadError, match=r"ratings\.csv, row 3, column “note”: found an e-mail address"):
        plant.came_in(content)
    assert not StoredFile.objects.exists()


def test_columns_levels_and_what_approves_are_proposed(plant):
    found = plant.came_in(said=None).proposal
    assert found["columns"] == {name: name for name in ("rating", "outcome", "team", "kind", "decider")}
    assert (found["levels"], found["good"], found["approving"]) == (list("12345"), "4", ["approved"])


def test_of_those_who_decided_no_name_is_kept_outside_the_file(plant):
    for said in (None, SAID):
        survey = plant.came_in(said=said)
        kept_here = str((survey.proposal, survey.said, survey.findings, survey.problems))
        assert "Elder 0" not in kept_here


def test_words_that_refuse_are_not_proposed_as_approving(plant):
    content = b"rating,outcome,team\n" + b"".join(
        b"3,%s,Ash\n" % word
        for word in (b"disapproved", b"approved with conditions", b"approved", b"not accepted")
    )
    assert plant.came_in(content, said=None).proposal["approving"] == ["approved", "approved with conditions"]


def test_the_dry_run_counts_and_uses_nothing(plant):
    survey = plant.came_in()
    assert (survey.state, survey.problems) == (SurveyState.READY, [])
    assert survey.findings["decisions"] == 600
    assert survey.findings["teams"] == 3
    assert sum(survey.findings["distribution"].values()) == survey.findings["ballots"]
    assert recorded("fairness.survey-asked")
    assert recorded("fairness.survey-ready")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (b"6,approved,Ash,batch,a\n7,approved,Ash,batch,a", ["row 602", "found “6”", "row 603", "found “7”"]),
        (b"good,approved,Ash,batch,a", ["row 602", "column “rating”", "found “good”; expected one of “1”"]),
    ],
)
def test_every_rating_that_is_no_level_is_told_with_its_row(plant, rows, told):
    survey = plant.came_in(table() + b"\n" + rows)
    assert survey.state == SurveyState.FAULTY
    assert all(word in "\n".join(survey.problems) for word in told), survey.problems


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            Said(SAID.columns, ("yes",), SAID.levels, "4"),
            "no outcome “yes”, said to approve; expected some of “approved”",
        ),
        (
            Said({**SAID.columns, Part.TEAM: "group"}, SAID.approving, SAID.levels, "4"),
            "no column “group”, chosen for the team",
        ),
        (Said(SAID.columns, SAID.approving, SAID.levels, "1"), "good levels must be some of the levels"),
    ],
)
def test_what_was_said_wrongly_is_told(plant, said, told):
    survey = plant.came_in(said=said)
    assert survey.state == SurveyState.FAULTY
    assert told in "\n".join(survey.problems)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", gzip.compress(table())[:200], b"just words"])
def test_what_is_no_table_is_refused_with_its_name(plant, content):
    with pytest.raises(ReadError, match=r"ratings\.csv"):
        imports.open_file(by=plant.who("alice"), name="ratings.csv", content=[content], unit=plant.unit)


def test_nobody_answered_is_told(plant):
    survey = plant.came_in(table(answer=0.0))
    assert survey.state == SurveyState.FAULTY
    assert survey.problems[0].startswith("ratings.csv: ")


def test_few_answers_leave_no_spread_behind(plant):
    survey = plant.came_in(table(rows=20))
    assert (survey.findings["distribution"], survey.findings["good"]) == ({}, None)


def test_a_table_is_used_once_and_not_after_it_was_discarded(plant):
    survey = plant.in_use()
    with pytest.raises(actions.NotReady):
        actions.apply_survey(by=plant.who("alice"), pk=survey.pk)
    other = plant.came_in(table(seed=2))
    actions.discard_survey(by=plant.who("alice"), pk=other.pk)
    with pytest.raises(actions.NotReady):
        actions.apply_survey(by=plant.who("alice"), pk=other.pk)


def posted(plant, found, **changed):
    fields = {f"column_{part}": column for part, column in found.proposal["columns"].items()}
    fields |= {"approving": "approved", "levels": "1, 2, 3, 4, 5", "good": "4", **changed}
    return signed_in(plant.people["alice"]).post(reverse("fairness:columns", args=[found.pk]), fields)


def test_by_page_from_the_file_to_use(plant):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = signed_in(plant.people["alice"])
    file = SimpleUploadedFile("ratings.csv", table())
    answer = client.post(reverse("fairness:new-survey"), {"file": file, "unit": plant.unit}, follow=True)
    assert "What are its columns?" in answer.content.decode()
    found = Survey.objects.get()
    assert posted(plant, found).status_code == 302
    said = client.get(reverse("fairness:survey", args=[found.pk])).content.decode()
    assert "600 decisions" in said
    assert "three people are needed" in said
    client.post(reverse("fairness:apply-survey", args=[found.pk]))
    assert Survey.objects.get().state == SurveyState.APPLIED


def test_the_page_tells_beside_the_field_what_is_wrong_with_the_file(plant):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("ratings.csv", b"rating,outcome,team,email\n5,approved,Ash,x\n")
    client = signed_in(plant.people["gil"])
    answer = client.post(reverse("fairness:new-survey"), {"file": file, "unit": plant.unit})
    assert answer.status_code == 422
    assert "column “email”: found a column that tells who answered" in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"good": "1"}, "not one of the levels above the lowest"),
        ({"levels": "5"}, "1 levels found"),
        ({"column_kind": "team"}, "chosen for something else"),
        ({"column_item": "kind", "column_kind": ""}, "which belong together"),
        ({"column_team": "nothing"}, "Select a valid choice"),
    ],
)
def test_what_is_said_about_columns_is_checked(plant, changed, told):
    answer = posted(plant, plant.came_in(said=None), **changed)
    assert answer.status_code == 422
    assert told in answer.content.decode()
