"""Which levels a rating has, and from which on it is good, told from the numbers people gave."""

import pytest

from fairgate.fairness.dataset import good_level, likely_levels, numbers_in_order

from .conftest import table


@pytest.mark.parametrize(
    ("given", "levels", "good"),
    [
        ("1 2 3 4 5", "1 2 3 4 5", "4"),
        ("5 3 2", "1 2 3 4 5", "4"),
        ("5", "1 2 3 4 5", "4"),
        ("2.0 5.0 4.0", "1.0 2.0 3.0 4.0 5.0", "4.0"),
        ("1 2 3", "1 2 3", ""),
        ("2 3 4", "2 3 4", ""),
        ("0 1 5", "0 1 2 3 4 5", ""),
        ("10 9 7 1", "1 2 3 4 5 6 7 8 9 10", ""),
        ("0 10", "0 1 2 3 4 5 6 7 8 9 10", ""),
        ("0 20 100", "0 20 100", ""),
        ("1.5 3 5", "1.5 3 5", ""),
        ("01 5", "01 5", ""),
        ("-1 1", "-1 1", ""),
        ("", "", ""),
    ],
)
def test_numbers_tell_their_scale_where_they_can(given, levels, good):
    found = likely_levels(given.split())
    assert found == tuple(levels.split())
    assert good_level(found) == good
    assert set(numbers_in_order(given.split())) <= set(found)


def test_words_tell_none():
    assert likely_levels(["poor", "5"]) is None
    assert good_level(["poor", "good"]) == ""


def test_the_page_proposes_the_level_that_nobody_gave(plant):
    without_one = "\n".join(line for line in table().decode().splitlines() if not line.startswith("1"))
    found = plant.came_in(without_one.encode(), said=None).proposal
    assert (found["levels"], found["good"]) == (list("12345"), "4")


def test_a_word_among_numbers_hides_no_level_and_is_told_with_its_row_when_checked(plant):
    content = table() + b"\nn/a,approved,Ash,batch,a"
    found = plant.came_in(content, said=None).proposal
    assert (found["levels"], found["good"]) == (list("12345"), "4")
    assert "row 602, column “rating”: found “n/a”" in plant.came_in(content).problems[0]


def test_a_table_in_which_no_row_names_a_team_is_told(plant):
    content = b"rating,outcome,team,kind,decider\n" + b"4,approved,,batch,a\n" * 30
    assert plant.came_in(content).problems == ["ratings.csv: No row names both a team and an outcome."]
