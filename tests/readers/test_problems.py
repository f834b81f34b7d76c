import pickle

import pytest

from fairgate.readers.problems import MOST_PROBLEMS, Problem, Problems, ReadError, listed


def test_a_problem_reads_as_one_line_with_file_row_column_found_and_expected() -> None:
    problem = Problem("needs.csv", 1204, "volume", "“many”", "a number of 0 or more", "Leave it empty.")
    assert str(problem) == (
        "needs.csv, row 1,204, column “volume”: found “many”; expected a number of 0 or more. Leave it empty."
    )


def test_only_200_problems_are_kept_and_the_rest_are_counted() -> None:
    problems = Problems("a.csv")
    for row in range(MOST_PROBLEMS + 7):
        problems.add(row, "", "nothing", "a name")
    with pytest.raises(ReadError) as caught:
        problems.raise_if_any()
    assert len(caught.value.problems) == MOST_PROBLEMS
    assert str(caught.value).endswith("and 7 more")


def test_no_problem_raises_nothing() -> None:
    Problems("a.csv").raise_if_any()


def test_an_error_survives_the_way_from_a_subprocess() -> None:
    error = ReadError([Problem("a.csv", 2, "x", "nothing", "a name")], more=3)
    again = pickle.loads(pickle.dumps(error))
    assert (again.problems, again.more, str(again)) == (error.problems, error.more, str(error))


def test_control_characters_of_a_cell_do_not_reach_the_message() -> None:
    assert listed(["a\x1b[31mb\n", "c"]) == "“a�[31mb�” and “c”"
