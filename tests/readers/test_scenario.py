"""Scenario files: what is kept, and what is refused with file, line, found and expected."""

import pytest

from fairgate.readers.problems import ReadError
from fairgate.readers.scenario import read_scenario

GOOD = """# ours
version = 1
title = "Our plant"
policies = ["today", "nobody"]

[plant]
lots_per_month = 42
reviewers = { value = 4, kind = "measured", source = "staff list", author = "A. Smith", date = 2026-11-02 }

[[observed]]
what = "complaints"
count = 4
years = 2
"""


def written(tmp_path, text):
    file = tmp_path / "plant.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_scenario_is_read_with_the_line_of_each_parameter(tmp_path):
    sheet = read_scenario(written(tmp_path, GOOD))
    assert (sheet.version, sheet.title, sheet.policies) == (1, "Our plant", ("today", "nobody"))
    assert sheet.entries["plant.lots_per_month"] == {"value": 42}
    assert sheet.entries["plant.reviewers"]["date"] == "2026-11-02"
    assert sheet.observed == ({"what": "complaints", "count": 4, "years": 2},)
    assert sheet.lines["plant.reviewers"] == 8


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("version = 1", "version = ", "plant.toml: found text that isn't TOML"),
        (
            "lots_per_month = 42",
            'lots_per_month = "many"',
            "plant.toml, line 7: found plant.lots_per_month = 'many'",
        ),
        (
            "value = 4,",
            "valu = 4,",
            r"line 8: found plant.reviewers: the key “valu”; expected one of “value”",
        ),
        ("value = 4,", "", "line 8: found plant.reviewers without value"),
        ("value = 4,", 'value = "four",', "line 8: found plant.reviewers: value = 'four'; expected a number"),
        ('kind = "measured"', "kind = 3", "line 8: found plant.reviewers: kind = 3; expected text"),
        ('["today", "nobody"]', '"today"', "line 4: found policies = 'today'; expected a list"),
        ("title =", "tilte =", "line 3: found the key “tilte”"),
        ("count = 4", "count = 4.5", "observed 1: count = 4.5; expected a whole number"),
        ("years = 2", "year = 2", "observed 1: the key “year”"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, right, wrong, said):
    with pytest.raises(ReadError) as caught:
        read_scenario(written(tmp_path, GOOD.replace(right, wrong)))
    assert said in str(caught.value)


def test_files_that_are_no_text_are_refused(tmp_path):
    file = tmp_path / "plant.toml"
    file.write_bytes(b"title = '\xff\xfe'")
    with pytest.raises(ReadError, match="isn't UTF-8"):
        read_scenario(file)
    with pytest.raises(ReadError, match="can't be opened"):
        read_scenario(tmp_path / "none.toml")
    file.write_bytes(b"#" * 1_000_001)
    with pytest.raises(ReadError, match="more than 1,000,000 bytes"):
        read_scenario(file)
