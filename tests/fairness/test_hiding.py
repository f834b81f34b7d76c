"""What may not follow from what is shown: from edges, from sums, from a second table."""

import pytest

from fairgate.fairness import actions, queries
from fairgate.fairness.rules import Hidden, changed, gives_away
from fairgate.fairness.wording import scores, tables
from fairgate.shared.translations import ENGLISH

from .conftest import TEAMS, signed_in, table

EDGES = (("Ash", 0.0, 9.0, 3), ("Elder", 0.9, -4.0, 3), ("Oak", 0.2, 0.0, 4))


def page(plant, who):
    return signed_in(plant.people[who]).get("/fairness/").content.decode()


def rows(team, good, bad, deciders=3):
    ratings = ["5"] * good + ["1"] * bad
    return [f"{rating},approved,{team},batch,{team} {n % deciders}" for n, rating in enumerate(ratings)]


def with_rows(*more, seed=1, teams=TEAMS):
    return "\n".join([table(seed=seed, teams=teams).decode(), *more]).encode()


def team_named(result, name):
    return next(team for team in result.scores["teams"] if team["team"] == name)


def test_a_share_at_the_edge_is_shown_as_such_in_the_sentence_and_in_the_picture(plant):
    plant.agreed()
    result = plant.scored(table(teams=EDGES))
    assert team_named(result, "Ash")["raw"] > 91
    card = queries.scorecard_for(plant.who("bob"))
    assert "≥90" in scores.lead(card, ENGLISH)
    assert f"{team_named(result, 'Ash')['raw']:.0f} good" not in scores.lead(card, ENGLISH)
    rings = {label: ring for label, _, ring, *_ in tables.drawn(card.result.scores, ENGLISH)}
    assert (rings["Ash"], rings["Elder"]) == (90.0, 10.0)
    assert rings["Oak"] == round(rings["Oak"])


@pytest.mark.parametrize(
    ("teams", "expected"),
    [
        ({"A": (90, None), "B": (40, None)}, False),
        ({"A": (90, None), "B": (40, Hidden.FEW_DECIDERS)}, True),
        ({"A": (90, None), "B": (9, Hidden.FEW_BALLOTS), "C": (8, Hidden.FEW_BALLOTS)}, True),
        ({"A": (90, None), "B": (12, Hidden.FEW_BALLOTS), "C": (8, Hidden.FEW_BALLOTS)}, False),
        ({"A": (90, None), "B": (0, Hidden.FEW_BALLOTS)}, False),
    ],
)
def test_what_all_got_gives_away_one_hidden_team_or_a_few_answers(teams, expected):
    assert gives_away(teams) is expected


def test_where_one_team_is_hidden_nobody_reads_what_all_got_together(plant):
    plant.agreed()
    survey = plant.in_use(with_rows(*rows("Small", 1, 5)))
    assert survey.findings["withheld"]
    assert (survey.findings["good"], survey.findings["distribution"]) == (None, {})
    for who in ("bob", "charlie", "emil"):
        said = page(plant, who)
        assert "call the treatment good" not in said
        assert "How all answers are spread" not in said
        assert "could be worked out from it" in said


def test_where_two_hidden_teams_have_enough_answers_it_is_shown(plant):
    plant.agreed()
    survey = plant.in_use(with_rows(*rows("Duo", 9, 9, deciders=2), *rows("Pair", 9, 9, deciders=2)))
    assert not survey.findings["withheld"]
    assert "call the treatment good" in page(plant, "charlie")


def test_a_second_table_with_one_more_answer_hides_the_team_it_is_about(plant):
    plant.agreed()
    first = plant.scored()
    second = plant.scored(with_rows(*rows("Oak", 0, 1)), name="again.csv")
    oak = team_named(second, "Oak")
    assert (oak["raw"], oak["fair"], oak["refusal"], oak["approval_effect"]) == (None,) * 4
    assert "fewer than 5" in oak["note"]
    assert team_named(second, "Ash")["raw"] == team_named(first, "Ash")["raw"]
    assert [row[:3] for row in second.cells if row[0] == "Oak"] == [["Oak", "", ""]]
    assert "Oak" not in str([second.scores["best"], second.scores["sensitivity"]])
    assert "call the treatment good" not in page(plant, "charlie")


def test_a_table_that_differs_by_enough_is_shown_and_so_is_the_same_one_again(plant):
    plant.agreed()
    plant.scored()
    assert team_named(plant.scored(name="same.csv"), "Oak")["raw"] is not None
    more = plant.scored(with_rows(*rows("Oak", 3, 3)), name="more.csv")
    assert team_named(more, "Oak")["raw"] is not None


def test_a_changed_answer_counts_as_one_that_left_and_one_that_came():
    then = {("approved", "5"): 10, ("refused", "1"): 4}
    assert changed(then, then) == 0
    assert changed(then, {("approved", "5"): 9, ("refused", "1"): 5}) == 1
    assert changed(then, {("approved", "5"): 17, ("refused", "1"): 4}) == 7
    assert changed({}, then) == 14


def test_what_was_worked_out_under_a_withdrawn_agreement_is_not_shown_under_a_new_one(plant):
    plant.agreed()
    old = plant.scored()
    actions.withdraw_agreement(by=plant.who("gil"), unit=plant.unit, note="over")
    plant.agreed()
    assert queries.scorecard_for(plant.who("emil")).result is None
    client = signed_in(plant.people["emil"])
    assert client.get(f"/fairness/runs/{old.run_id}/").status_code == 404
    again = actions.run_at_once(by=plant.who("gil"), survey=old.run.survey_id)
    assert queries.scorecard_for(plant.who("emil")).result == again


def test_a_run_whose_agreement_is_withdrawn_meanwhile_keeps_nothing(plant):
    from fairgate.fairness.models import RunResult
    from fairgate.work.rules import Problem

    plant.agreed()
    survey = plant.in_use()
    run = actions.request_run(by=plant.who("gil"), survey=survey.pk, done_at="/")
    save = actions.compute(by=plant.who("gil"), pk=run.pk)
    actions.withdraw_agreement(by=plant.who("gil"), unit=plant.unit, note="over")
    plant.agreed()
    with pytest.raises(Problem, match="withdrawn"):
        save()
    with pytest.raises(Problem, match="withdrawn"):
        actions.compute(by=plant.who("gil"), pk=run.pk)
    assert not RunResult.objects.exists()
