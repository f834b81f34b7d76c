import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairgate.readers.profile import COLUMNS, KEYS, PATTERNS, Profile, read_profile
from readers.making import refused, write


def test_options_given_explicitly_win(tmp_path: Path) -> None:
    profile = read_profile(
        write(tmp_path / "p.toml", 'unit_from = "org:role"\ncase = "id"\nreject = "REJECT"\n')
    )
    mixed = profile.with_options(unit_from="org:group", case=None, served="Paid")
    assert (mixed.choices.unit_from, mixed.choices.case) == ("org:group", "id")
    assert mixed.patterns == {"reject": "REJECT", "served": "Paid"}


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(
    st.dictionaries(st.sampled_from(COLUMNS), _TEXTS),
    st.dictionaries(st.sampled_from(PATTERNS), st.just("a|b\\d")),
)
def test_whatever_toml_can_say_is_read(
    tmp_path_factory: pytest.TempPathFactory, columns: dict[str, str], patterns: dict[str, str]
) -> None:
    profile = Profile().with_options(**columns, **patterns)
    # A TOML basic string is a JSON string, but for DEL.
    held = {**columns, **patterns}
    text = "".join(
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n".replace("\x7f", "\\u007f")
        for key, value in held.items()
    )
    path = write(tmp_path_factory.mktemp("toml") / "p.toml", text)
    assert read_profile(path) == profile


def test_unknown_keys_are_named_with_the_nearest_known_one(tmp_path: Path) -> None:
    error = refused(read_profile, write(tmp_path / "p.toml", 'unit_form = "x"\nsheet = 3\napprove = "("\n'))
    assert len(error.problems) == 3
    assert "Did you mean “unit_from”?" in str(error.problems[0])
    assert "quotation marks" in error.problems[1].expected
    assert "regular expression" in error.problems[2].expected


@pytest.mark.parametrize("content", [b"unit_from = ", b"\xff\xfe\x00", b"x" * 200_000, b"[" * 5000])
def test_what_is_no_toml_is_a_problem(tmp_path: Path, content: bytes) -> None:
    refused(read_profile, write(tmp_path / "p.toml", content))
    refused(read_profile, tmp_path / "none.toml")


def test_an_option_that_does_not_exist_is_the_callers_mistake() -> None:
    with pytest.raises(TypeError):
        Profile().with_options(colour="red")
    assert "return" in KEYS
