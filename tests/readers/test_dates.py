from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairgate.readers.dates import order_of, read_times

_ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_MOMENTS = st.datetimes(
    datetime.fromisoformat("1900-01-02"), datetime.fromisoformat("2200-01-01"), timezones=_ZONES
)


@given(st.lists(_MOMENTS, min_size=1, max_size=20))
def test_iso_times_with_zones_are_the_same_moment_in_utc(moments: list[datetime]) -> None:
    read = read_times([moment.isoformat() for moment in moments])
    expected = [np.datetime64(moment.astimezone(UTC).replace(tzinfo=None), "us") for moment in moments]
    assert read.times.tolist() == np.array(expected).tolist()
    assert read.zoned.all()


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("%Y-%m-%d %H:%M:%S", "yyyy-mm-dd hh:mm:ss"),
        ("%Y-%m-%dT%H:%M", "yyyy-mm-dd hh:mm"),
        ("%Y/%m/%d", "yyyy/mm/dd"),
        ("%Y%m%d", "yyyymmdd"),
        ("%d.%m.%Y %H:%M", "dd.mm.yyyy hh:mm"),
        ("%d.%m.%Y, %H:%M:%S", "dd.mm.yyyy hh:mm:ss"),
        ("%d/%m/%Y", "dd/mm/yyyy"),
        ("%m/%d/%Y %H:%M", "mm/dd/yyyy hh:mm"),
        ("%m/%d/%Y %I:%M %p", "mm/dd/yyyy hh:mm"),
        ("%d-%m-%Y", "dd-mm-yyyy"),
        ("%d.%m.%y", "dd.mm.yyyy"),
    ],
)
@given(
    st.lists(
        st.datetimes(datetime.fromisoformat("1971-01-01"), datetime.fromisoformat("2068-01-01")), max_size=10
    )
)
def test_each_format_is_found_over_the_column(pattern: str, shown: str, moments: list[datetime]) -> None:
    moments = [datetime.fromisoformat("2026-05-23T14:07:09"), *moments]  # the 23rd tells day from month
    texts = [moment.strftime(pattern) for moment in moments]
    read = read_times(texts)
    expected = [datetime.strptime(text, pattern) for text in texts]  # noqa: DTZ007 - they name no zone
    assert read.times.astype(datetime).tolist() == expected
    assert (read.format, read.assumed) == (shown, "")


def test_ambiguous_dates_are_read_day_first_and_it_is_said() -> None:
    read = read_times(["01/02/2026", "03/04/2026"])
    assert read.times.astype("M8[D]").astype(str).tolist() == ["2026-02-01", "2026-04-03"]
    assert "day first is assumed" in read.assumed


def test_a_chosen_format_settles_ambiguous_dates() -> None:
    read = read_times(["01/02/2026"], "mm/dd/yyyy")
    assert str(read.times[0])[:10] == "2026-01-02"
    assert read.assumed == ""


def test_dates_that_do_not_fit_the_columns_format_are_none() -> None:
    read = read_times(["31/12/2026", "12/31/2026", "2026-12-31", "30/02/2026", "soon", ""])
    assert np.isnat(read.times).tolist() == [False, True, True, True, True, True]


@pytest.mark.parametrize(
    "text",
    [
        "2026-13-01",
        "2026-02-29",
        "2026-01-01T24:00",
        "2026-01-01T10:60",
        "0000-01-01",
        "2026-01-01T10:00+19:00",
    ],
)
def test_impossible_times_are_none(text: str) -> None:
    assert np.isnat(read_times([text]).times[0])


@pytest.mark.parametrize(
    ("written", "order"),
    [
        ("dd/mm/yyyy", "dmy"),
        ("%m/%d/%Y %H:%M", "mdy"),
        ("iso", "ymd"),
        ("month first", "mdy"),
        ("?", ""),
        ("", ""),
    ],
)
def test_a_format_is_named_in_the_ways_people_know(written: str, order: str) -> None:
    assert order_of(written) == order


@given(st.lists(st.text(max_size=30)))
def test_any_text_gives_a_time_or_none(texts: list[str]) -> None:
    assert len(read_times(texts).times) == len(texts)
