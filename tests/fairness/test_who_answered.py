"""Nothing that tells who answered is kept, nobody is scored alone, and nobody who is judged holds the file."""

import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied

from fairgate.fairness import actions, imports, queries
from fairgate.fairness.rules import Part, Said, SurveyState, tells_who_answered
from fairgate.files.models import StoredFile
from fairgate.people.models import RoleAssignment
from fairgate.people.rules import Role
from fairgate.readers.problems import ReadError

from .conftest import PARTS, SAID, signed_in, table


@pytest.mark.parametrize(
    "header",
    ["rater_id", "Respondent name (full)", "requester", "userId", "E-Mail", "answered by", "Submitter", "(respondent)", "IP"],
)  # fmt: skip
def test_names_of_columns_that_tell_who_answered_are_known_by_their_words(header):
    assert tells_who_answered(header)


@pytest.mark.parametrize(
    "header",
    [
        "rating",
        "team",
        "decider",
        "Requester unit",
        "seniority of respondent",
        "description",
        "kind",
        "reviewer",
    ],
)
def test_what_describes_a_group_or_the_request_is_let_in(header):
    assert not tells_who_answered(header)


def workbook(change):
    book = openpyxl.Workbook()
    book.active.title = "ratings"
    for line in table().decode().split("\n"):
        book.active.append(line.split(","))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hidden_people(book):
    sheet = book.create_sheet("people")
    sheet.sheet_state = "hidden"
    sheet.append(["row", "respondent"])
    sheet.append([2, "Anna"])


def address_elsewhere(book):
    sheet = book.create_sheet("notes")
    sheet.append(["what"])
    sheet.append(["ask ann@example.org"])


def comment(book):
    book.active["A3"].comment = openpyxl.comments.Comment("Anna said so", "x")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (hidden_people, "respondent, sheet people”: found a column that tells who answered"),
        (address_elsewhere, "row 2, column “sheet notes”: found an e-mail address"),
        (comment, "found comments on cells"),
    ],
)
def test_every_sheet_and_every_comment_of_a_workbook_is_looked_at(plant, change, told):
    with pytest.raises(ReadError, match=told):
        plant.came_in(workbook(change), name="ratings.xlsx")
    assert not StoredFile.objects.exists()


def test_a_workbook_with_other_harmless_sheets_is_let_in(plant):
    survey = plant.came_in(
        workbook(lambda book: book.create_sheet("legend").append(["a", "b"])), name="r.xlsx"
    )
    assert survey.state == SurveyState.READY


def said(**columns):
    kept = {part: column for part, column in SAID.columns.items() if part is not Part.DECIDER}
    return Said(
        {**kept, **{Part(part): column for part, column in columns.items()}}, ("approved",), SAID.levels, "4"
    )


@pytest.mark.parametrize("part", ["team", "kind"])
def test_the_column_of_deciders_is_nothing_else(plant, part):
    survey = plant.came_in(said=said(**{part: "decider"}))
    assert survey.state == SurveyState.FAULTY
    assert "column “decider”: found one person who decided in each team" in survey.problems[0]


def test_a_copy_of_the_deciders_under_another_name_is_no_team(plant):
    lines = table().decode().split("\n")
    copied = "\n".join(
        [",".join([*PARTS, "desk"]), *(f"{line},{line.split(',')[-1]}" for line in lines[1:])]
    ).encode()
    survey = plant.came_in(copied, said=said(team="desk"))
    assert "column “desk”: found one person who decided in each team" in survey.problems[0]


def test_deciders_are_counted_even_where_nobody_said_so(plant):
    teams = (("Ash", 0.1, 0.0, 3), ("Pair", 0.3, 2.0, 2), ("Oak", 0.2, 0.0, 4))
    plant.agreed()
    result = plant.scored(table(teams=teams), said=said())
    assert result.scores["left_out"] == [{"team": "Pair", "deciders": 2}]


def given(plant, who, *roles):
    for role in roles:
        RoleAssignment.objects.create(person=plant.people[who], role=role)
    return plant.who(who)


def test_a_lead_who_is_privacy_officer_too_neither_imports_nor_agrees_about_their_unit(plant):
    bob = given(plant, "bob", Role.PRIVACY_OFFICER)
    assert queries.may_import(bob)
    assert not queries.units_to_import(bob).filter(pk=plant.unit).exists()
    with pytest.raises(PermissionDenied):
        imports.open_file(by=bob, name="r.csv", content=[table()], unit=plant.unit)
    coming = plant.came_in()
    assert not queries.surveys_for(bob).exists()
    for action in (actions.apply_survey, actions.discard_survey):
        with pytest.raises(PermissionDenied):
            action(by=bob, pk=coming.pk)
    agreement = plant.agreed()
    for call in (
        lambda: actions.use_periods(by=bob, unit=plant.unit, periods=[]),
        lambda: actions.withdraw_agreement(by=bob, unit=plant.unit, note="x"),
        lambda: actions.record_agreement(
            by=bob, unit=plant.unit, agreed_on=agreement.agreed_on, parties="x", document="y"
        ),
    ):
        with pytest.raises(PermissionDenied):
            call()
    client = signed_in(plant.people["bob"])
    assert client.get(f"/fairness/tables/{coming.pk}/").status_code == 404
    assert client.get(f"/fairness/agreement/{plant.unit}/withdraw/").status_code == 403


def test_a_steward_sees_no_scores_whatever_else_they_are(plant):
    plant.agreed()
    result = plant.scored()
    alice = given(plant, "alice", Role.EXECUTIVE)
    assert not queries.sees_teams(alice, plant.unit)
    assert ">Elder<" not in signed_in(plant.people["alice"]).get("/fairness/").content.decode()
    assert signed_in(plant.people["alice"]).get(f"/fairness/runs/{result.run_id}/").status_code == 404
