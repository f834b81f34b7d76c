"""Planted in the survey: Birch approves more and looks best as answered, and isn't; Rowan is strict and treats people best. Page
and command line find both, in the same file. At sixty people there is no score, and a sentence says what to do instead."""

import json

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from fairgate.cli import main
from fairgate.demo import actions
from fairgate.demo.pharma import HALDEN_PHARMA, MFG
from fairgate.demo.ratings import ratings_csv
from fairgate.demo.small import HALDEN_SMALL
from fairgate.fairness import actions as fairness
from fairgate.fairness import queries
from fairgate.fairness.models import Agreement, RunResult
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.shared.actor import System

PROGRAM = System("tests")
pytestmark = pytest.mark.xdist_group("halden-pharma")
CASES = ("--case", "kind", "--case", "risk", "--case", "seniority", "--case", "unit")


@pytest.fixture
def pharma(halden):
    return HALDEN_PHARMA


@pytest.fixture
def small(db):
    actions.make(name="halden-small")
    return HALDEN_SMALL


def scored(plant, folder, *more):
    """The command line's answer about the plant's own file."""
    file = folder / "ratings.csv"
    file.write_bytes(ratings_csv(plant))
    columns = ("--rating", "rating", "--outcome", "outcome", "--team", "team", "--levels", "1,2,3,4,5")
    said = CliRunner().invoke(
        main, ["score", str(file), *columns, "--approving", "approved", *more, "--json"]
    )
    assert said.exit_code == 0, said.output
    return json.loads(said.stdout)


def page(person, **parameters):
    client = Client()
    client.force_login(person)
    return client.get(reverse("fairness:scorecard"), parameters).content.decode()


def lead_of(unit):
    return Person.objects.get(memberships__unit__name=unit, assignments__role=Role.LEAD)


def best(teams, what):
    return max((team for team in teams if team[what] is not None), key=lambda team: team[what])["team"]


def test_the_command_line_finds_the_team_that_looks_best_and_the_one_that_treats_people_best(tmp_path):
    teams = scored(HALDEN_PHARMA, tmp_path, "--approving", "conditions", *CASES)["teams"]
    by_name = {team["team"]: team for team in teams}
    assert len(teams) == 8
    assert 2_700 <= sum(team["ballots"] for team in teams) <= 3_300
    assert (best(teams, "raw"), best(teams, "fair"), best(teams, "refusal")) == ("Birch", "Rowan", "Rowan")
    assert by_name["Rowan"]["interval"][0] > by_name["Birch"]["interval"][1]
    assert by_name["Rowan"]["approval_effect"] > 3 * by_name["Birch"]["approval_effect"] > 0


def test_the_page_says_so_first_and_shows_the_same_whole_points(pharma, tmp_path):
    said = page(lead_of(pharma.function))
    teams = {
        team["team"]: team for team in scored(pharma, tmp_path, "--approving", "conditions", *CASES)["teams"]
    }
    lead = said[said.index('<p class="lead">') :]
    assert (
        lead.index("Birch looks best as answered")
        < lead.index("Rowan treats people best")
        < lead.index("</p>")
    )
    for name, team in teams.items():
        row = said[said.index(f'<th scope="row">{name}</th>') :]
        shown = row[: row.index("</tr>")]
        low, high = team["interval"]
        for figure in (
            f"{team['raw']:.0f}",
            f"{team['fair']:.0f}",
            f"{low:.0f} to {high:.0f}",
            f"{team['refusal']:.0f}",
        ):
            assert f">{figure}<" in shown, (name, figure)
        gain = round(team["approval_effect"])
        points = "point" if gain == 1 else "points"
        assert (
            f"Approving everything would have gained {name} {gain} {points} raw and, on average, nothing here."
            in said
        )


def test_guardrails_stand_beside_it_with_the_team_that_lets_most_out(pharma):
    card = queries.scorecard_for(PROGRAM)
    share = {rail.team: rail.escaped / rail.passed for rail in card.by_team}
    assert set(sorted(share, key=share.__getitem__)[-2:]) == {"Birch", "Elm"}
    assert "Proved wrong, of passed" in page(lead_of(pharma.function))
    assert "per" not in card.result.guardrails
    assert card.result.guardrails["escapes"]["value"] > 0


def test_the_privacy_officer_recorded_the_agreement(pharma):
    agreement = Agreement.objects.get()
    officer = Person.objects.get(assignments__role=Role.PRIVACY_OFFICER)
    assert agreement.by_id == officer.actor_id
    assert agreement.document in page(officer)


def test_a_customer_sees_what_all_teams_got_and_no_team(pharma):
    said = page(lead_of(MFG))
    assert "answers" in said
    assert not any(team.name in said for team in pharma.teams)


def test_doing_it_again_gives_the_same_figures(pharma):
    first = RunResult.objects.order_by("id")[0]
    again = fairness.run_at_once(by=PROGRAM, survey=first.run.survey_id)
    assert again.pk != first.pk
    assert again.scores == first.scores
    assert again.cells == first.cells


def test_at_sixty_people_the_command_line_says_why_there_is_no_score(tmp_path):
    (team,) = scored(HALDEN_SMALL, tmp_path, "--case", "kind")["teams"]
    assert team["fair"] is None
    assert "nothing to compare it with" in team["note"]
    assert "conversations tell more" in team["note"]


def test_at_sixty_people_the_page_says_why_there_is_no_score_and_shows_no_figure(small):
    said = page(lead_of(small.function))
    assert "No fair score. One team: there is nothing to compare it with." in said
    assert "conversations tell more" in said
    result = RunResult.objects.get()
    assert result.scores["teams"][0]["raw"] is None
    assert not (result.scores["outcome_effect"])
    assert not (result.scores["sensitivity"])
    assert not (result.scores["warnings"])
    assert "scale of the link" not in said
    assert result.run.survey.findings["distribution"] == {}
    assert all(rating == "" for _, _, rating, _ in result.cells)
