import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairgate.readers.numbers import Notation, amount, amounts, notation


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("12", ".", 12.0),
        ("1,234.5", ".", 1234.5),
        ("1.234,5", ",", 1234.5),
        ("1'234.50", ".", 1234.5),
        ("1 234,50", ",", 1234.5),
        ("1\u00a0234", ",", 1234.0),
        ("€ 12.50", ".", 12.5),
        ("10%", ".", 10.0),
        ("-3", ".", -3.0),
        ("1e3", ".", 1000.0),
        (".5", ".", 0.5),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, decimal: str, value: float) -> None:
    assert amount(text, decimal) == value


@pytest.mark.parametrize(
    "text", ["", "many", "1.2.3", "12,34,5", "1,23", "1e999", "nan", "inf", "--1", "1-2", "٣x"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert amount(text, ".") is None


def test_the_column_decides_between_decimal_and_thousands() -> None:
    assert amounts(["1,234", "2,5"])[0] == [1.234, 2.5]
    assert amounts(["1,234", "2.5"])[0] == [1234.0, 2.5]
    assert amounts(["1.234", "2.345.678"])[0] == [1234.0, 2345678.0]


def test_a_column_that_does_not_tell_is_said_to_be_assumed() -> None:
    assert notation(["1,234"], prefer=",") == Notation(",", assumed=True)
    assert notation(["1,234"], prefer=".") == Notation(".", assumed=True)
    assert notation(["12", "13"]) == Notation(".")


@given(st.lists(st.floats(0, 1e12).map(lambda x: round(x, 2)), min_size=1), st.booleans())
def test_what_a_german_or_english_program_writes_is_read_back(values: list[float], german: bool) -> None:
    values = [*values, 1234.25]
    texts = [f"{value:,.2f}" for value in values]
    if german:
        texts = [text.translate(str.maketrans(",.", ".,")) for text in texts]
    assert amounts(texts)[0] == values
