"""What the scorecard says: no order that chance may have made, no figure beyond an edge, few sentences of many teams."""

from types import SimpleNamespace

import pytest

from fairgate.fairness.wording import effects, paper, points, scores, tables
from fairgate.shared.translations import ENGLISH


def team(name, raw, fair, effect=3.0, **more):
    return {
        "team": name, "raw": raw, "fair": fair, "interval": [fair - 5, fair + 5], "borrowed": False,
        "approval_effect": effect, "ballots": 90, "note": "", **more,
    }  # fmt: skip


def lead(*teams, best, alike=()):
    result = SimpleNamespace(scores={"teams": teams, "best": {"team": best, "alike": list(alike)}})
    card = SimpleNamespace(
        unit="Quality", survey=SimpleNamespace(periods=[]), agreement="WA", sees_teams=True, result=result
    )
    return scores.lead(card, ENGLISH)


def test_a_team_is_called_best_only_where_it_can_be_told_apart_from_every_other():
    teams = team("Ash", 80.0, 60.0), team("Elder", 70.0, 75.0)
    assert "Elder treats people best: 75" in lead(*teams, best="Elder")
    said = lead(*teams, best="Elder", alike=["Ash"])
    assert "best:" not in said
    assert "Elder has the highest score, 75 (70 to 80), but can’t be told apart from Ash" in said
    assert "Ash looks best as answered: 80" in said


def test_of_many_that_cannot_be_told_apart_the_number_is_said():
    teams = [team(name, 60.0, 60.0) for name in "ABCDEF"]
    assert "told apart from 5 other teams" in lead(*teams, best="A", alike="BCDEF")


def test_beyond_an_edge_nobody_is_first():
    said = lead(team("Ash", 99.0, 60.0), team("Elder", 91.0, 75.0), best="Elder")
    assert said.startswith("Elder is rated best as answered (≥90 good in 100)")


@pytest.mark.parametrize(
    ("share", "told", "drawn"),
    [(89.4, "89", 89), (89.6, "≥90", 90), (10.4, "≤10", 10), (0.0, "≤10", 10), (11.6, "12", 12)],
)
def test_edges_are_told_and_drawn_alike(share, told, drawn):
    assert (points.at_edges(share), points.shown(share)) == (told, drawn)


def test_of_many_teams_only_the_three_that_would_gain_most_have_a_sentence():
    teams = [team(f"Team {n:02}", 60.0, 60.0, effect=float(n)) for n in range(30)]
    said = effects.approval_effects({"teams": teams}, ENGLISH)
    assert [line.split("gained ")[1][:7] for line in said] == ["Team 29", "Team 28", "Team 27"]
    assert all("raw and, on average, nothing here" in line for line in said)


def test_long_names_are_shortened_in_the_picture():
    assert points.shortened("Regulatory Affairs and Documentation Europe") == "Regulatory Affairs an…"
    assert points.shortened("QA") == "QA"


def test_an_outcome_whose_ratings_are_all_on_one_side_has_a_direction_and_no_figure():
    estimated = {
        "refused": {"estimate": -6.2, "interval": [-7.7, -4.8], "leans": True},
        "returned": {"estimate": -0.69, "interval": [-1.1, -0.2], "leans": False},
    }
    refused, returned = effects.outcome_effects(
        {"outcome_effect": estimated, "outcome_reference": "approved"}, ENGLISH
    )
    assert "pulls ratings down" in refused
    assert "6.2" not in refused
    assert "odds of a better rating are 0.5 times as high (between 0.33 and 0.82 times)" in returned


def test_of_many_teams_without_a_score_the_first_are_told_and_the_others_counted():
    several = [team(f"T{at}", 50.0, 50.0, note="too few") for at in range(25)]
    found = {"teams": several, "left_out": [], "deciders_named": False}
    told = scores.notes(found, ENGLISH)
    assert told[0] == "T0: too few"
    assert told[-1] == "And 5 more teams with such a note."
    assert len(told) == 21


def test_more_teams_than_one_sees_at_a_glance_are_not_drawn():
    few, many = ([team(f"T{at}", 50.0, 50.0) for at in range(number)] for number in (60, 61))
    assert len(tables.drawn({"teams": few}, ENGLISH)) == 60
    assert tables.drawn({"teams": many}, ENGLISH) == []
    assert paper._table({"teams": many}, ENGLISH) == {
        "sentences": ["61 teams are too many for one page of paper: the page on the screen has them all."]
    }


def test_the_tipping_point_is_told_in_odds():
    known = {"sentence": "…", "teams": ["Elder", "Ash"]}
    tipping = {"delta": -1.8, "sentence": "… 1.8 lower on the scale of the link …"}
    said = effects.sensitivity({"sensitivity": {"e_value": known, "tipping_point": tipping}}, ENGLISH)[1]
    assert said.startswith("Elder falls to Ash if among those who didn’t answer")
    assert "were 0.17 times" in said
    stays = {"delta": None, "sentence": "It would stay ahead."}
    assert effects.sensitivity({"sensitivity": {"tipping_point": stays}}, ENGLISH) == ["It would stay ahead."]
