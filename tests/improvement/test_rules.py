"""The pure part: states, fates, moments, seals."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairgate.improvement.rules import (
    Answer,
    CommitmentState,
    Fate,
    Fault,
    InterviewState,
    Move,
    NoSuchTime,
    NoSuchZone,
    allowed,
    fate,
    figures,
    moment,
    quarter_of,
    sealed,
    text_faults,
    tidy,
)

TODAY, DAY = date(2026, 11, 22), date(2026, 11, 20)


@pytest.mark.parametrize(
    ("state", "promised", "closed", "answer", "expected"),
    [
        (CommitmentState.OPEN, TODAY, None, "", Fate.OPEN),
        (CommitmentState.OPEN, DAY, None, "", Fate.OVERDUE),
        (CommitmentState.DONE, DAY, DAY, "", Fate.KEPT),
        (CommitmentState.DONE, DAY, DAY, Answer.KEPT, Fate.KEPT),
        (CommitmentState.DONE, DAY, TODAY, "", Fate.LATE),
        (CommitmentState.DONE, DAY, TODAY, Answer.KEPT, Fate.LATE),
        (CommitmentState.DONE, DAY, DAY, Answer.NOT_YET, Fate.DISPUTED),
        (CommitmentState.NOT_DONE, TODAY, DAY, "", Fate.NOT_DONE),
    ],
)
def test_what_became_of_a_commitment(state, promised, closed, answer, expected):
    assert fate(state, promised, closed, answer, TODAY) is expected


@given(st.lists(st.sampled_from(Fate)))
def test_figures_count_everything_once(fates):
    counted = figures(fates)
    assert counted.all == len(fates)
    assert counted.due == len([one for one in fates if one is not Fate.OPEN])
    assert (counted.percent is None) == (counted.due == 0)
    if counted.percent is not None:
        assert (counted.percent == 100) == (counted.kept == counted.due)


def test_nothing_is_held_shared_or_summed_up_out_of_turn():
    assert not allowed(Move.SHARE, InterviewState.HELD)
    assert not allowed(Move.SUMMARISE, InterviewState.PLANNED)
    for move in Move:
        assert not allowed(move, InterviewState.CALLED_OFF)


def test_a_moment_is_that_of_the_clocks_there():
    assert moment(date(2026, 12, 1), time(14), "Europe/Zurich") == datetime(2026, 12, 1, 13, tzinfo=UTC)
    assert moment(date(2026, 7, 1), time(14), "Europe/Zurich") == datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert moment(date(2026, 10, 25), time(2, 30), "Europe/Zurich") == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


def test_an_hour_that_is_skipped_and_a_zone_that_is_none_are_refused():
    with pytest.raises(NoSuchTime):
        moment(date(2027, 3, 28), time(2, 30), "Europe/Zurich")
    for zone in ("Nowhere", "Europe", "../etc/passwd", ""):
        with pytest.raises(NoSuchZone):
            moment(TODAY, time(9), zone)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_quarter_holds_its_day(day):
    first, last = quarter_of(day)
    assert first <= day <= last
    assert first.day == 1
    assert 90 <= (last - first).days + 1 <= 92
    assert first.month in {1, 4, 7, 10}


@given(st.text(), st.text(), st.text())
def test_a_seal_tells_texts_apart(salt, one, other):
    assert (sealed(salt, one) == sealed(salt, other)) == (
        one.encode("utf-8", "replace") == other.encode("utf-8", "replace")
    )
    assert sealed(salt, one + "a", other) != sealed(salt, one, "a" + other) or one + "a" == one


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", Fault.MISSING),
        ("x" * 11, Fault.TOO_LONG),
        ("a\x00b", Fault.UNPRINTABLE),
        ("a\ud800", Fault.UNPRINTABLE),
    ],
)
def test_texts_that_cannot_be_kept(text, found):
    assert [fault.fault for fault in text_faults({"what": text}, {"what": 10})] == [found]


def test_texts_are_tidied():
    assert tidy("  a\r\nb\rc\n ") == "a\nb\nc"
    assert not list(text_faults({"what": "Zoë\n\tgut"}, {"what": 10}))
