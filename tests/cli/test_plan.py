"""`fairgate plan`: what will be publishable when, in sentences, as a table and as JSON; refusals that help."""

import json

import pytest
from click.testing import CliRunner

from fairgate.cli import main
from fairgate.engines.disclosure.planning import Plan, Team, plan
from fairgate.voice.wording import plan as wording

SMALL = ("--people", 60, "--approved", 80, "--conditions", 5, "--returned", 35, "--refused", 20)
LARGE = (
    "--people",
    300,
    "--approved",
    2400,
    "--conditions",
    180,
    "--returned",
    300,
    "--refused",
    150,
    "--teams",
    3,
)


def run(*arguments):
    return CliRunner().invoke(main, ["plan", *map(str, arguments)])


def told(*arguments):
    said = run(*arguments, "--json")
    assert said.exit_code == 0, said.output
    return json.loads(said.stdout)


def test_sixty_people_are_led_to_conversations_first():
    said = run(*SMALL)
    assert said.exit_code == 0, said.output
    assert said.output.startswith("With 60 people and 140 decisions a year: conversations first.")
    assert "Interviews need no numbers" in said.output
    assert "If you ask nevertheless, close every year" in said.output
    assert "never: no other team to compare with" in said.output
    assert "Closing every quarter: about 22 people asked, 11 answers, 9 of them" in said.output


def test_three_hundred_people_get_scores_and_the_shortest_good_period():
    said = run(*LARGE).output
    assert said.startswith(
        "With 300 people and 3,030 decisions a year you can publish how people were treated, and fair scores"
    )
    assert "Close every quarter: that is the shortest period" in said
    assert "fair score of each of the" in said
    assert "after 2 months (61 in 100)" in said  # the first team's score, closing every month


def test_between_them_there_are_tables_and_no_scores():
    said = run("--people", 150, "--approved", 500, "--returned", 100, "--refused", 60).output
    assert "but no score of a team within a year" in said
    assert "Interviews need no numbers" in said


def test_what_is_assumed_is_said():
    said = " ".join(run(*LARGE, "--response", 0.4, "--oversampling", 5, "--concentration", 0).output.split())
    for words in (
        "40 in 100 of those asked answer",
        "5 times as likely",
        "Everybody asks equally often.",
        "a fair score needs 20 answers",
        "which is 14 days after the period’s end",
    ):
        assert words in said


def test_some_periods_can_be_chosen():
    found = told(*LARGE, "--period", 3, "--period", 6)
    assert [length["months"] for length in found["lengths"]] == [3, 6]
    assert run(*LARGE, "--period", 4).exit_code == 2


def test_json_is_what_the_engine_answers():
    each = {"approved": 800.0, "conditions": 60.0, "returned": 100.0, "refused": 50.0}
    teams = tuple(Team(f"team {n}", each, 4) for n in (1, 2, 3))
    assert told(*LARGE) == json.loads(json.dumps(plan(Plan(300, teams)).to_dict()))


TABLE = "Team;Approved;Approved with conditions;Returned;Rejected;Deciders\nAsh;1.200;40;100;30;4\nBirch;900;;50;60;2\n"


def test_a_thousand_is_a_thousand_however_it_is_written(tmp_path):
    file = tmp_path / "decisions.csv"
    for written in ("1200", "1.200", "1 200", "1'200", '"1,200"', '"1,200.0"'):
        file.write_text(f"team,approved\nAsh,{written}\n")
        assert told(file, "--people", 300, "--period", 12)["decisions"] == 1200, written


def test_a_table_names_teams_and_their_deciders(tmp_path):
    file = tmp_path / "decisions.csv"
    file.write_text(TABLE)
    found = told(file, "--people", 300, "--period", 12)
    assert found["decisions"] == 1200 + 40 + 100 + 30 + 900 + 50 + 60
    scores = {f["about"]: f for f in found["lengths"][0]["figures"] if f["code"] == "score"}
    assert scores["Ash"]["chance"] > 0.5
    assert (scores["Birch"]["chance"], scores["Birch"]["because"]) == (0.0, "deciders")
    assert "never: fewer than 3 people decide" in run(file, "--people", 300).output


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Team;Approved\nAsh;many\n", "row 2, column “Approved”: found “many”; expected a number of 0 or more"),
        ("Team;Approved\nAsh;-3\n", "row 2, column “Approved”: found “-3”"),
        ("Team;Approved\nAsh;3\nash;4\n", "row 3, column “Team”: found “ash” again, as in row 2; expected each team once"),
        ("Team;Approved\n;3\n", "row 2, column “Team”: found nothing; expected the team's name"),
        ("Who;Approved\nAsh;3\n", "expected a column called team"),
        ("Team;Colour\nAsh;red\n", "expected decisions a year by outcome"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_is_told_with_row_and_column(tmp_path, text, expected):
    file = tmp_path / "decisions.csv"
    file.write_text(text)
    said = run(file, "--people", 50)
    assert said.exit_code == 1
    assert "decisions.csv" in said.output
    assert expected in said.output


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (("--people", 50), 2, "one of the two"),
        (("nowhere.csv", "--people", 50), 1, "found no such file"),
        (("nowhere.csv", "--people", 50, "--approved", 3), 2, "one of the two"),
        (("--people", 0, "--approved", 3), 1, "people: found 0; expected 1 to"),
        (("--people", 50, "--approved", -3), 1, "found a number of decisions that can't be"),
        (("--people", 50, "--approved", 3, "--response", 50), 1, "response: found 50; expected 0 to 1"),
        (("--people", 50, "--approved", 3, "--juniors", 0.9, "--seniors", 0.9), 1, "seniority"),
        (("--people", 50, "--approved", "nan"), 1, "can't be"),
        (("--people", "many", "--approved", 3), 2, "many"),
    ],
)
def test_numbers_that_cannot_be_are_told(arguments, code, expected):
    said = run(*arguments)
    assert (said.exit_code, expected in said.output) == (code, True), said.output


def test_many_teams_are_counted_instead_of_listed():
    found = plan(Plan(2000, tuple(Team(f"T{n}", {"approved": 300 - n, "refused": 60}, 4) for n in range(15))))
    rows = {row.figure: row.cells for row in wording.rows(found)}
    assert rows["teams with a fair score within a year"][1].endswith("of 15")
    assert not [name for name in rows if "T1" in name]


@pytest.mark.parametrize("teams", [3, 15])
def test_teams_that_are_alike_share_a_line(teams):
    found = plan(Plan(2000, tuple(Team(f"T{n}", {"approved": 300, "refused": 60}, 4) for n in range(teams))))
    rows = {row.figure: row.cells for row in wording.rows(found)}
    assert f"fair score of each of the {teams} teams" in rows
    assert f"refusal score of each of the {teams} teams" in rows
    one = found.lengths[1].of("score")[0]
    assert rows[f"fair score of each of the {teams} teams"][1] == wording.when(found.lengths[1], one)
    assert not [name for name in rows if "T1" in name]


def test_every_figure_and_reason_has_words():
    found = plan(Plan(40, (Team("A", {"approved": 10}, 2), Team("B", {"refused": 3}, 5))))
    for length in found.lengths:
        for figure in length.figures:
            assert "{" not in wording.name(figure) + wording.when(length, figure)


@pytest.mark.parametrize(
    ("chance", "words"),
    [(0.0, "under 1 in 100"), (0.006, "1 in 100"), (0.5, "50 in 100"), (0.9949, "99 in 100"), (1.0, "over 99 in 100")],
)  # fmt: skip
def test_nothing_is_told_as_certain(chance, words):
    assert wording.chance_in_words(chance) == words
