"""`fairgate score FILE`: the fair score of each team."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from engines.ordinal.planted import Plan, organisation
from fairgate.cli import main

MODEL = (
    "--rating", "rating", "--outcome", "outcome", "--approving", "approved", "--team", "team", "--case", "kind",
)  # fmt: skip
TEAM_KEYS = {
    "team", "ballots", "support", "raw", "fair", "interval", "refusal", "approval_effect", "borrowed", "note",
}  # fmt: skip


def run(*arguments):
    return CliRunner().invoke(main, ["score", *map(str, arguments)])


def told(*arguments):
    said = run(*arguments, "--json")
    assert said.exit_code == 0, said.output
    return json.loads(said.stdout)


@pytest.fixture(scope="module")
def survey(tmp_path_factory):
    """Twelve teams; the first approves nearly everything and treats people worst, the last refuses and treats best."""
    made = organisation(Plan(teams=12, requesters=150, decisions=2_400, everybody_answers=True), 2)
    rng = np.random.default_rng(1)
    chance = np.where(made.team == 0, 0.08, np.where(made.team == 11, 0.75, 0.5))
    refused = rng.random(len(made.team)) < chance
    treatment = np.where(made.team == 0, -0.1, np.where(made.team == 11, 0.8, -0.2))
    latent = treatment - 2.4 * refused + made.generosity[made.requester] + rng.logistic(size=len(made.team))
    rating = (latent[:, None] > np.array([-2.6, -1.3, 0.0, 1.7])).sum(axis=1) + 1
    file = tmp_path_factory.mktemp("survey") / "ratings.csv"
    with file.open("w") as out:
        out.write("rating,outcome,team,kind,who\n")
        for i in range(len(rating)):
            answer = rating[i] if rng.random() < 0.7 else ""
            outcome = "refused" if refused[i] else "approved"
            out.write(f"{answer},{outcome},T{made.team[i]:02d},k{made.kind[i]},p{made.requester[i]}\n")
    return file


def test_the_strict_and_courteous_team_is_found_and_the_one_that_looks_best_is_not_best(survey):
    found = told(survey, *MODEL, "--rater", "who")
    teams = {one["team"]: one for one in found["teams"]}
    assert all(one.keys() >= TEAM_KEYS for one in teams.values())
    assert max(teams, key=lambda name: teams[name]["fair"]) == "T11"
    assert teams["T00"]["raw"] > teams["T11"]["raw"]
    assert max(teams, key=lambda name: teams[name]["raw"]) == "T00"
    assert teams["T11"]["approval_effect"] > 15 > teams["T00"]["approval_effect"]
    assert teams["T11"]["interval"][0] < teams["T11"]["fair"] < teams["T11"]["interval"][1]
    assert found["outcome_effect"]["refused"]["estimate"] == pytest.approx(-2.4, abs=0.4)
    assert {"e_value", "tipping_point", "r_indicator"} <= found["sensitivity"].keys()


def test_the_table_and_its_sentences_are_for_people(survey):
    said = run(survey, *MODEL)
    assert said.exit_code == 0
    assert "approving all adds" in said.output
    assert "refused against approved: -" in said.output
    assert "decisions have an answer" in said.output


def test_a_second_run_gives_the_same_figures(survey):
    assert told(survey, *MODEL) == told(survey, *MODEL)


def test_rows_without_an_answer_count_in_the_mix(survey, tmp_path):
    lines = survey.read_text().splitlines()
    answered = tmp_path / "answered.csv"
    answered.write_text("\n".join(line for line in lines if not line.startswith(",")) + "\n")
    assert any("Every row has a rating" in one for one in told(answered, *MODEL)["warnings"])
    assert not any("Every row has a rating" in one for one in told(survey, *MODEL)["warnings"])


def test_a_small_table_gives_reasons_instead_of_scores(tmp_path):
    file = tmp_path / "small.csv"
    rows = [f"{1 + i % 5},{'refused' if i % 3 else 'approved'},{'AB'[i % 2]},k" for i in range(30)]
    file.write_text("rating,outcome,team,kind\n" + "\n".join(rows) + "\n")
    for one in told(file, *MODEL)["teams"]:
        assert one["fair"] is None
        assert "a fair score needs 20" in one["note"]
        assert "interviews, promises kept" in one["note"]


def test_a_pull_that_so_few_ratings_cannot_tell_has_no_figure(tmp_path):
    file = tmp_path / "parted.csv"
    rows = ["5,approved,A", "4,approved,B", "2,refused,A", "1,refused,B", "3,approved,A", "2,refused,B"]
    file.write_text("\n".join(["rating,outcome,team", *rows]) + "\n")
    said = run(
        file, "--rating", "rating", "--outcome", "outcome", "--approving", "approved", "--team", "team"
    )
    assert (
        "refused against approved: rated lower; too few ratings, or too many alike, to say how far."
        in said.output
    )


def without(survey, folder, *levels):
    """The table with the ratings in ``levels`` one level up."""
    file = folder / "fewer.csv"
    lines = survey.read_text().splitlines(keepends=True)
    file.write_text("".join(f"{int(line[0]) + 1}{line[1:]}" if line[0] in levels else line for line in lines))
    return file


@pytest.mark.parametrize("level", ["1", "3", "4"])
def test_a_level_that_nobody_gave_is_one_all_the_same_and_is_told(survey, tmp_path, level):
    file = without(survey, tmp_path, level)
    found = told(file, *MODEL)
    assert f"No rating is {level}: left out of the levels." in found["warnings"]
    assert found == told(file, *MODEL, "--levels", "1,2,3,4,5")
    same_good_share = {one["team"]: one["raw"] for one in told(survey, *MODEL)["teams"]}
    if level != "3":
        assert {one["team"]: one["raw"] for one in found["teams"]} == pytest.approx(same_good_share)


def test_a_scale_that_ends_before_five_may_end_there_and_is_asked_for(survey, tmp_path):
    file = tmp_path / "three.csv"
    lines = survey.read_text().splitlines(keepends=True)
    file.write_text("".join(line for line in lines if line[0] not in "45"))
    said = run(file, *MODEL).output
    assert "found the levels 1, 2, 3; expected 1 to 5, or --good LEVEL" in said
    assert "--levels 1,2,3,4,5" in said
    assert any(one["fair"] is not None for one in told(file, *MODEL, "--good", "3")["teams"])


@pytest.mark.parametrize("levels", [(), ("--levels", "1,2,3,4,5")])
def test_a_column_without_any_rating_is_told(tmp_path, levels):
    file = tmp_path / "unrated.csv"
    file.write_text("rating,outcome,team\n,approved,A\n,refused,B\n")
    said = run(file, *MODEL[:8], *levels).output
    assert "unrated.csv, column “rating”: found no rating in any row; expected a rating in each row" in said


def test_an_empty_file_is_told_to_be_no_table(tmp_path):
    file = tmp_path / "empty.csv"
    file.write_bytes(b"")
    assert "found an empty file; expected a table (CSV, Parquet or XLSX" in run(file, *MODEL).output


def test_what_is_wrong_is_told(survey, tmp_path):
    assert (
        "No outcome is called granted. There are: approved, refused."
        in run(survey, *MODEL[:4], "--approving", "granted", *MODEL[6:]).output
    )
    assert "no column “kinds”, chosen for the case" in run(survey, *MODEL[:8], "--case", "kinds").output
    assert "A column was chosen for two things" in run(survey, *MODEL, "--rater", "team").output
    words = tmp_path / "words.csv"
    words.write_text("rating,outcome,team\nbad,approved,A\nwell,refused,B\n")
    said = run(words, *MODEL[:8], "--levels", "bad,well").output
    assert "words.csv: found the levels bad, well; expected 1 to 5, or --good LEVEL" in said
    assert (
        "expected one of bad, well" in run(words, *MODEL[:8], "--levels", "bad,well", "--good", "fine").output
    )
