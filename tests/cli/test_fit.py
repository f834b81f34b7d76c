"""`fairgate fit FILE`: figures for programs, a summary for people, clear words for what can't be read."""

import csv
import gzip
import json
from pathlib import Path

import duckdb
import openpyxl
import pytest
from click.testing import CliRunner

from fairgate.cli import main

WINE = Path(__file__).parents[1] / "engines" / "ordinal" / "wine.csv"
KEYS = {
    "log_likelihood", "n", "levels", "thresholds", "fixed", "random", "link", "converged", "iterations", "warnings",
}  # fmt: skip
MODEL = ("--rating", "rating", "--fixed", "temp", "--fixed", "contact", "--random", "judge")


def run(*arguments):
    return CliRunner().invoke(main, ["fit", *map(str, arguments)])


def told(*arguments):
    said = run(*arguments, "--json")
    assert said.exit_code == 0, said.output
    return json.loads(said.stdout)


def test_the_figures_are_those_of_r():
    found = told(WINE, *MODEL)
    assert found.keys() >= KEYS
    assert found["log_likelihood"] == pytest.approx(-81.5654, abs=1e-4)
    assert found["thresholds"] == pytest.approx([-1.62367, 1.51337, 4.22853, 6.08877], rel=1e-3)
    assert found["fixed"]["tempwarm"]["estimate"] == pytest.approx(3.0630, rel=1e-3)
    assert found["fixed"]["contactyes"]["standard_error"] == pytest.approx(0.51253, rel=2e-3)
    assert found["random"]["judge"]["sd"] == pytest.approx(1.13113, rel=1e-3)
    assert found["random"]["judge"]["levels"] == 9
    assert found["levels"] == ["1", "2", "3", "4", "5"]
    assert found["n"] == 72
    assert found["converged"] is True


def test_the_summary_is_for_people():
    said = run(WINE, *MODEL)
    assert said.exit_code == 0
    assert "log-likelihood -81.5654" in said.output
    assert "tempwarm" in said.output


def test_an_option_may_take_several_values():
    assert told(WINE, "--rating", "rating", "--fixed", "temp", "contact", "--random", "judge") == told(
        WINE, *MODEL
    )


def test_probit_and_a_measure(tmp_path):
    assert told(WINE, *MODEL, "--link", "probit")["log_likelihood"] == pytest.approx(-80.930607, abs=1e-4)
    as_number = told(WINE, "--rating", "rating", "--fixed", "response")
    assert as_number["fixed"].keys() == {"response"}
    as_names = told(WINE, "--rating", "rating", "--factor", "bottle")
    assert as_names["fixed"].keys() == {f"bottle{k}" for k in range(2, 9)}


@pytest.fixture
def rows():
    with WINE.open() as file:
        return list(csv.DictReader(file))


def forms(rows, folder):
    """The same table as CSV (comma, semicolon, gz, an old encoding), workbook, Parquet."""
    folder.mkdir()
    names = list(rows[0])
    text = WINE.read_text()
    (folder / "a.csv").write_text(text)
    (folder / "b.csv").write_text(text.replace(",", ";"))
    (folder / "c.csv.gz").write_bytes(gzip.compress(text.encode()))
    (folder / "d.csv").write_bytes(text.replace("cold", "kühl").encode("latin-1"))
    book = openpyxl.Workbook()
    book.active.append(names)
    for row in rows:
        book.active.append([int(row["rating"]) if name == "rating" else row[name] for name in names])
    book.save(folder / "e.xlsx")
    duckdb.sql(
        f"COPY (SELECT * FROM read_csv('{folder / 'a.csv'}')) TO '{folder / 'f.parquet'}' (FORMAT parquet)"
    )
    return sorted(folder.iterdir())


def test_every_format_gives_the_same_figures(rows, tmp_path):
    first, *others = [told(file, *MODEL) for file in forms(rows, tmp_path / "forms")]
    for other in others:
        assert other["log_likelihood"] == pytest.approx(first["log_likelihood"], abs=1e-9)


def test_counted_rows_give_the_figures_of_single_ones(rows, tmp_path):
    counts = {}
    for row in rows:
        key = (row["rating"], row["temp"], row["contact"], row["judge"])
        counts[key] = counts.get(key, 0) + 1
    file = tmp_path / "counted.csv"
    file.write_text(
        "rating,temp,contact,judge,times\n"
        + "".join(",".join((*key, str(n))) + "\n" for key, n in counts.items())
    )
    counted = told(file, *MODEL, "--weight", "times")
    assert counted["log_likelihood"] == pytest.approx(told(WINE, *MODEL)["log_likelihood"], abs=1e-8)
    assert counted["n"] == 72


def test_nested_is_crossed_with_unique_labels(rows, tmp_path):
    file = tmp_path / "nested.csv"
    file.write_text(
        "rating,temp,panel,seat,judge\n"
        + "".join(
            f"{r['rating']},{r['temp']},{int(r['judge']) % 3},{int(r['judge']) // 3},{r['judge']}\n"
            for r in rows
        )
    )
    common = (file, "--rating", "rating", "--fixed", "temp", "--random", "panel")
    nested, unique = told(*common, "--nested", "panel:seat"), told(*common, "--random", "judge")
    assert nested["log_likelihood"] == pytest.approx(unique["log_likelihood"], abs=1e-7)
    assert nested["random"]["panel:seat"]["sd"] == pytest.approx(unique["random"]["judge"]["sd"], rel=1e-4)


def test_words_as_ratings_need_their_order(tmp_path):
    file = tmp_path / "words.csv"
    words = ["poor", "fair", "good", "fair", "good", "poor"] * 5
    file.write_text("grade,site\n" + "".join(f"{w},{'A' if i % 4 else 'B'}\n" for i, w in enumerate(words)))
    assert "Say the order" in run(file, "--rating", "grade", "--fixed", "site").output
    found = told(file, "--rating", "grade", "--fixed", "site", "--levels", "poor,fair,good")
    assert found["levels"] == ["poor", "fair", "good"]
    said = run(file, "--rating", "grade", "--levels", "poor,fair").output
    assert "words.csv, row 4, column “grade”: found “good”; expected one of “poor” and “fair”." in said


def test_what_is_wrong_is_told(tmp_path):
    assert (
        "no column “jugde”, chosen for the random effect"
        in run(WINE, "--rating", "rating", "--random", "jugde").output
    )
    assert "Did you mean “judge”?" in run(WINE, "--rating", "rating", "--random", "jugde").output
    assert "found no pair; expected A:B" in run(WINE, "--rating", "rating", "--nested", "judge").output
    assert "no file was found" in run(tmp_path / "none.csv", "--rating", "rating").output
    assert "is given twice" in run(WINE, *MODEL, "--random", "judge").output
    weights = tmp_path / "weights.csv"
    weights.write_text("rating,times\n1,2\n2,many\n")
    said = run(weights, "--rating", "rating", "--weight", "times").output
    assert (
        "weights.csv, row 3, column “times”: found “many”; expected a weight: a number of 0 or more." in said
    )
    same = tmp_path / "same.csv"
    same.write_text("rating,site\n3,A\n3,B\n")
    assert "same.csv: Every rating is 3." in run(same, "--rating", "rating").output
    unrated = tmp_path / "unrated.csv"
    unrated.write_text("rating,site\n,A\n,B\n")
    assert (
        "unrated.csv, column “rating”: found no rating in any row"
        in run(unrated, "--rating", "rating").output
    )
    torn = tmp_path / "torn.csv"
    torn.write_text("rating,site\n3,A\n4\n")
    assert "torn.csv, row 3" in run(torn, "--rating", "rating").output


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b" \n\n", "an empty file"),
        (b"%PDF-1.7", "a PDF"),
        (b"<log>", "an event log (XES)"),
    ],
)
def test_what_is_no_table_is_refused_as_such(tmp_path, content, found):
    file = tmp_path / "ratings.csv"
    file.write_bytes(content)
    said = run(file, "--rating", "rating").output
    assert f"ratings.csv: found {found}; expected a table (CSV" in said
    assert "or an event log" not in said
