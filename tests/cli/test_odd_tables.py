"""`fairgate score` over the tables people really have: figures, or words that say what to put right."""

import json
import random

import pytest
from click.testing import CliRunner

from fairgate.cli import main

MODEL = (
    "--rating", "rating", "--outcome", "outcome", "--approving", "approved", "--team", "team", "--case", "kind",
)  # fmt: skip
HEADER = ("rating", "outcome", "team", "kind")


def rows(number=400, teams=6, outcomes=("approved", "refused"), seed=4):
    draw = random.Random(seed)
    for _ in range(number):
        outcome = draw.choice(outcomes)
        rating = max(1, min(5, round(draw.gauss(3.8 if outcome == "approved" else 2.6, 1.1))))
        shown = str(rating) if draw.random() < 0.7 else ""
        yield shown, outcome, f"T{draw.randrange(teams):02d}", draw.choice("ab")


def written(folder, table, header=HEADER, separator=",", encoding="utf-8", end="\n"):
    file = folder / "ratings.csv"
    text = "".join(separator.join(row) + end for row in (header, *table))
    file.write_bytes(text.encode(encoding))
    return file


def run(file, *more):
    return CliRunner().invoke(main, ["score", str(file), *MODEL, *more])


def told(file, *more):
    said = run(file, *more, "--json")
    assert said.exit_code == 0, said.output
    return json.loads(said.stdout)


@pytest.mark.parametrize(
    "form",
    [
        {"separator": ";"}, {"separator": "\t"}, {"encoding": "utf-16"}, {"end": "\r\n", "encoding": "utf-8-sig"},
        {"separator": ";", "encoding": "utf-16", "end": "\r\n"}, {"header": (" Rating ", "OUTCOME", "Team", "kind")},
    ],
)  # fmt: skip
def test_however_a_table_is_written_its_scores_are_the_same(tmp_path, form):
    plain = told(written(tmp_path, list(rows())))
    assert told(written(tmp_path, list(rows()), **form)) == plain


def test_numbers_with_a_point_and_a_nought_are_the_same_numbers(tmp_path):
    plain = told(written(tmp_path, list(rows())))
    pointed = [(rating and f"{rating}.0", *rest) for rating, *rest in rows()]
    assert told(written(tmp_path, pointed)) == plain


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (
            lambda table: [("n/a", *table[0][1:]), *table[1:]],
            "ratings.csv, row 2, column “rating”: found “n/a”; expected a number, or an empty cell where nobody answered.",
        ),
        (
            lambda table: [("4.0", *table[0][1:]), *table[1:]],
            "column “rating”: found “4” and “4.0”, one number written in two ways",
        ),
        (lambda table: [(a, b, "", d) for a, b, _, d in table], "no row names both a team and an outcome"),
        (lambda table: [], "found no rows below the column names"),
        (lambda table: [("", *row[1:]) for row in table], "found no rating in any row"),
        (lambda table: [(row[0] and "5", *row[1:]) for row in table], "Every rating is 5."),
        (lambda table: [(*table[0], "more"), *table[1:]], "row 2: found 5 cells"),
        (lambda table: [(a and str(20 * int(a)), *rest) for a, *rest in table], "expected 1 to 5, or --good LEVEL"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_one_line(tmp_path, spoilt, said):
    found = run(written(tmp_path, spoilt(list(rows()))))
    assert found.exit_code == 1
    assert said in found.output
    assert "Traceback" not in found.output


def test_two_columns_of_one_name_are_told(tmp_path):
    table = [(*row, row[0]) for row in rows()]
    said = run(written(tmp_path, table, header=(*HEADER, "Rating"))).output
    assert "row 1, column “Rating”: found the name twice, in columns 1 and 5" in said


def test_one_team_has_nothing_to_be_compared_with(tmp_path):
    (team,) = told(written(tmp_path, list(rows(teams=1))))["teams"]
    assert (team["fair"], team["raw"] is not None) == (None, True)
    assert "nothing to compare it with" in team["note"]


def test_one_outcome_leaves_nothing_to_adjust_for_and_every_score_is_borrowed(tmp_path):
    found = told(written(tmp_path, list(rows(outcomes=("approved",)))))
    assert all(team["borrowed"] and team["refusal"] is None for team in found["teams"])
    assert any("there is nothing the score could be adjusted for" in one for one in found["warnings"])
    assert "outcome is approved in every row: it explains nothing and was left out." in found["warnings"]


def test_a_name_in_brackets_is_a_name_and_no_markup(tmp_path):
    table = [(a, b, "[red]Ash[/red]" if c == "T01" else c, d) for a, b, c, d in rows()]
    lines = run(written(tmp_path, table)).output.splitlines()
    assert any(line.startswith("[red]Ash[/red] ") for line in lines)


def test_columns_that_say_the_same_are_told_once(tmp_path):
    table = [(*row, f"unit of {row[3]}") for row in rows()]
    found = told(written(tmp_path, table, header=(*HEADER, "unit")), "--case", "unit")
    (warning,) = [one for one in found["warnings"] if "unit" in one]
    assert warning.startswith("Always comes together with what other columns say: unit unit of b.")


def test_thousands_of_teams_with_few_answers_get_reasons_and_the_first_are_told(tmp_path):
    file = written(tmp_path, list(rows(6_000, teams=3_000)))
    said = run(file)
    assert said.exit_code == 0
    assert said.output.count("a fair score needs 20") == 20
    assert "more teams with a note; --json has them all." in said.output
