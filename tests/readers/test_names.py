import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairgate.readers.names import Coded, coded, either, fault, in_use, recoded, tidy


@given(st.text())
def test_tidy_is_idempotent_composed_and_stripped(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert once == once.strip()
    assert unicodedata.is_normalized("NFC", once) or "\u200b" in text or "\ufeff" in text or "\xad" in text


def test_names_that_look_alike_become_one() -> None:
    assert {tidy(t) for t in ["Qualität", "Qualita\u0308t", " Qualität\n", "Quali\u00adtät"]} == {"Qualität"}
    assert tidy("Quality   Assurance") == tidy("Quality\nAssurance") == "Quality Assurance"


@pytest.mark.parametrize("name", ["Q\x1bA", "Q\x00A", "abc\u202ecba", "\ud800"])
def test_control_characters_are_a_fault(name: str) -> None:
    found, expected = fault(name) or ("", "")
    assert found.startswith("the control character U+")
    assert expected == "plain text"


def test_names_longer_than_200_characters_are_a_fault() -> None:
    assert fault("x" * 200) is None
    assert fault("x" * 201) == ("a name of 201 characters", "at most 200")


@given(st.lists(st.sampled_from(["", "a", "b", "c"])))
def test_coding_gives_every_row_its_name_back(texts: list[str]) -> None:
    assert coded(texts).texts() == texts
    assert coded(texts).codes.dtype == np.int32


@given(st.lists(st.tuples(st.sampled_from(["", "a", "b"]), st.sampled_from(["", "b", "c"])), min_size=1))
def test_either_takes_the_first_name_there_is(rows: list[tuple[str, str]]) -> None:
    first, second = coded(a for a, _ in rows), coded(b for _, b in rows)
    assert either(first, second).texts() == [a or b for a, b in rows]


def test_recoding_merges_equal_names_and_drops_unused_ones() -> None:
    column = Coded(np.array([2, 0, 1, -1], np.int32), ("qa ", "x", "qa"))
    merged = recoded(column, ["qa", "", "qa"])
    assert (merged.texts(), merged.names) == (["qa", "qa", "", ""], ("qa",))
    assert in_use(Coded(np.array([2, 2, -1], np.int32), ("a", "b", "c"))).names == ("c",)
