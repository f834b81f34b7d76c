"""Real event logs, counted by their publishers and by plain means, read by ours."""

import gzip
import os
import re
from pathlib import Path

import numpy as np
import pytest

from fairgate.readers.choices import Choices
from fairgate.readers.events import read_events
from fairgate.readers.stream import chunks
from fairgate.readers.xes_file import by_expat, by_pattern, survey

pytestmark = pytest.mark.real

LOGS = {
    "receipt.xes.gz": (8_577, 1_434, "org:group", 10),
    "bpic2020_DomesticDeclarations.xes.gz": (55_628, 10_357, "org:role", 7),
    "bpic2020_PermitLog.xes.gz": (81_092, 6_426, "org:role", 8),
}


@pytest.fixture(scope="module")
def folder() -> Path:
    if not (given := os.environ.get("FAIRGATE_REAL_DATA")):
        pytest.skip("FAIRGATE_REAL_DATA names no folder with real data")
    return Path(given)


@pytest.mark.parametrize("name", LOGS)
def test_a_published_log_has_the_counts_its_publisher_gives(folder: Path, name: str) -> None:
    events, cases, unit, units = LOGS[name]
    log = read_events(folder / name)
    assert (len(log), log.case.distinct) == (events, cases)
    assert (log.source.columns["unit"], log.unit.distinct) == (unit, units)
    assert not np.isnat(log.time).any()
    assert log.zoned


@pytest.mark.parametrize("name", LOGS)
def test_patterns_and_expat_read_the_same_columns(folder: Path, name: str) -> None:
    path = folder / name
    seen = survey(path)
    traces = ("concept:name", "department")
    events = (
        "concept:name",
        "time:timestamp",
        "org:group",
        "org:role",
        "org:resource",
        "(case)_Amount",
        "id",
    )
    quick = by_pattern.gather(chunks(path), seen, traces, events)
    slow = by_expat.gather(path, chunks(path), traces, events)
    assert quick is not None, "this log is plain and should be read by patterns"
    assert (quick.case == slow.case).all()
    for ours, theirs in ((quick.events, slow.events), (quick.traces, slow.traces)):
        for key, column in theirs.items():
            assert ours[key].names == column.names, key
            assert (ours[key].codes == column.codes).all(), key


def test_the_empty_group_of_the_receipt_log_is_kept_as_a_name(folder: Path) -> None:
    log = read_events(folder / "receipt.xes.gz")
    assert int((log.unit.codes == log.unit.names.index("EMPTY")).sum()) == 1_936


def test_the_activities_counted_from_the_bare_text_are_the_same(folder: Path) -> None:
    path = folder / "bpic2020_DomesticDeclarations.xes.gz"
    log = read_events(path)
    text = gzip.decompress(path.read_bytes())
    for activity in ("Declaration REJECTED by ADMINISTRATION", "Declaration APPROVED by ADMINISTRATION"):
        ours = int((log.activity.codes == log.activity.names.index(activity)).sum())
        assert ours == len(re.findall(rb'key="concept:name" value="' + activity.encode() + b'"', text))
    rejected = int(
        (log.activity.codes == log.activity.names.index("Declaration REJECTED by ADMINISTRATION")).sum()
    )
    assert rejected == 936


def test_amounts_of_a_real_log_are_numbers(folder: Path) -> None:
    log = read_events(folder / "bpic2020_DomesticDeclarations.xes.gz", Choices(value_from="(case)_Amount"))
    assert log.value is not None
    assert np.isfinite(log.value).all()
    assert log.value[0] == pytest.approx(26.85120450862128)


def test_a_packed_table_of_complaints_in_an_old_encoding_is_read(folder: Path) -> None:
    from fairgate.readers.formats import read_table

    table = read_table(folder / "cfpb_complaints_2016.csv.gz")
    assert len(table.rows) == 3_186
    assert table.source.encoding in {"cp1252", "UTF-8"}
