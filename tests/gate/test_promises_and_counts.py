"""Percent kept, slips missing and what passed come from running counts that equal a recount."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from fairgate.gate import actions, queries
from fairgate.gate.actions import tallies
from fairgate.gate.models import Decision, DecisionImport, ServiceRequest, Tally
from fairgate.gate.rules import Outcome, PromiseFigures, State

from .conftest import MANUFACTURING, PROGRAM, QUALITY, again, decided, recorded, reviewed, slip, submitted
from .wholeness import the_counts_are_right


def numbers(figures: PromiseFigures) -> tuple[int, int, int, int]:
    return figures.kept, figures.missed, figures.open_, figures.overdue


def test_percent_kept_with_the_range_for_those_still_open(cast, gate, time):
    late, on_time, overdue = (submitted(cast["charlie"], gate["batch"]) for _ in range(3))
    submitted(cast["charlie"], gate["question"])  # promises nothing
    decided(cast["rita"], on_time, Outcome.APPROVED)
    time.on(days=3)
    decided(cast["rita"], late, Outcome.REFUSED)
    submitted(cast["charlie"], gate["batch"])
    figures = queries.promise_figures(cast["bob"])
    assert numbers(figures) == (1, 1, 1, 1)
    assert (figures.share, figures.low, figures.high) == (1 / 3, 1 / 4, 2 / 4)
    assert again(overdue).state == State.SUBMITTED


def test_the_last_moment_of_the_day_is_in_time_and_the_next_is_not(cast, gate, time):
    first, second = (reviewed(cast["rita"], submitted(cast["charlie"], gate["batch"])) for _ in range(2))
    time.at = first.promised_by - timedelta(milliseconds=100)
    actions.decide(by=cast["rita"], pk=first.pk, outcome="approved")
    time.at = first.promised_by
    actions.decide(by=cast["rita"], pk=second.pk, outcome="approved")
    assert numbers(queries.promise_figures(cast["bob"])) == (1, 1, 0, 0)


def test_a_hold_is_no_answer(cast, gate, time):
    request = decided(cast["rita"], submitted(cast["charlie"], gate["batch"]), Outcome.HELD)
    assert numbers(queries.promise_figures(cast["bob"])) == (0, 0, 1, 0)
    time.on(days=9)
    assert numbers(queries.promise_figures(cast["bob"])) == (0, 0, 0, 1)
    decided(cast["rita"], request, Outcome.APPROVED)
    assert numbers(queries.promise_figures(cast["bob"])) == (0, 1, 0, 0)
    the_counts_are_right()


def test_an_early_warning_does_not_keep_the_promise(cast, gate, time):
    request = submitted(cast["charlie"], gate["batch"])
    later = request.promised_by + timedelta(days=30)
    actions.warn(by=cast["rita"], pk=request.pk, expected_by=later, reason="ill")
    time.on(days=10)
    decided(cast["rita"], request, Outcome.APPROVED)
    assert numbers(queries.promise_figures(cast["bob"])) == (0, 1, 0, 0)


def test_the_figures_are_of_what_somebody_may_read(cast, gate, time):
    decided(cast["rita"], submitted(cast["charlie"], gate["batch"]), Outcome.APPROVED)
    seen = {
        name: queries.promise_figures(cast[name]).kept for name in ("charlie", "dan", "dora", "gil", "fay")
    }
    assert seen == {"charlie": 1, "dan": 0, "dora": 1, "gil": 0, "fay": 0}


def test_twelve_months_are_this_one_and_the_eleven_before(cast, gate, time):
    for month in (datetime(2025, 3, 31, tzinfo=UTC), datetime(2025, 4, 1, tzinfo=UTC)):
        time.at = month
        decided(cast["rita"], submitted(cast["charlie"], gate["batch"]), Outcome.APPROVED)
    time.at = datetime(2026, 3, 15, tzinfo=UTC)
    assert queries.promise_figures(cast["bob"]).kept == 1
    assert queries.promise_figures(cast["bob"], months=13).kept == 2
    assert queries.promise_figures(cast["bob"], months=1).kept == 0


@given(*[st.integers(0, 1_000)] * 4)
def test_low_and_high_hold_whatever_becomes_of_those_still_open(kept, missed, open_, overdue):
    figures = PromiseFigures(kept, missed, open_, overdue)
    if not figures.all:
        assert (figures.share, figures.low, figures.high) == (None, None, None)
        return
    for answered_in_time in (0, open_ // 2, open_):
        final = (kept + answered_in_time) / figures.all
        assert figures.low <= final <= figures.high


def imported(cast, gate, plant, outcome, number):
    """A decision as an import leaves it: not by a person here, without slip."""
    from fairgate.files import actions as files

    file = files.keep(by=PROGRAM, name=f"{number}.csv", content=[str(number).encode()])
    arrival = DecisionImport.objects.create(file=file, name="x", state="applied", by_id="x", by_name="x")
    at = datetime(2026, 3, 2, tzinfo=UTC)
    request = ServiceRequest.objects.create(
        kind=gate["change"],
        kind_edition=1,
        unit=plant[MANUFACTURING],
        deciding_unit=plant[QUALITY],
        asked="x",
        submitted_at=at,
        state=State.DECIDED,
        outcome=outcome,
        decided_at=at,
        source="erp",
        key=str(number),
        arrival=arrival,
    )
    Decision.objects.create(request=request, outcome=outcome, kind_edition=1, decided_at=at, arrival=arrival)
    tallies.count(request, before=None)
    return request


def test_missing_slips_are_counted_and_can_be_written_afterwards(cast, gate, plant, time):
    one, _ = (imported(cast, gate, plant, Outcome.REFUSED, number) for number in range(2))
    imported(cast, gate, plant, Outcome.APPROVED, 3)
    decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    assert queries.slips_missing(cast["bob"]) == 2
    assert [waiting.what for waiting in queries.waiting_for(cast["bob"])] == [
        "2 imported refusals, returns and holds have no refusal slip yet."
    ]
    actions.write_slip(by=cast["rita"], pk=one.pk, slip=slip())
    actions.write_slip(by=cast["rita"], pk=one.pk, slip=slip(reasons="clearer"))
    assert queries.slips_missing(cast["bob"]) == 1
    the_counts_are_right()


def test_what_came_from_elsewhere_is_not_decided_here(cast, gate, plant, time):
    request = imported(cast, gate, plant, Outcome.REFUSED, 1)
    for attempt in (
        lambda: actions.review(by=cast["rita"], pk=request.pk, found="x"),
        lambda: actions.decide(by=cast["rita"], pk=request.pk, outcome="approved"),
        lambda: actions.withdraw(by=cast["charlie"], pk=request.pk, reason="x"),
    ):
        with pytest.raises(actions.NotAllowedNow) as raised:
            attempt()
        assert raised.value.code == "made-elsewhere"


def test_an_imported_refusal_may_be_looked_at_again(cast, gate, plant, time):
    request = imported(cast, gate, plant, Outcome.REFUSED, 1)
    actions.ask_second_look(by=cast["charlie"], pk=request.pk, why="x")
    actions.look_again(by=cast["rita"], pk=request.pk, result="overturned", reasons="x", outcome="approved")
    assert again(request).outcome == "approved"
    assert queries.slips_missing(cast["bob"]) == 0
    the_counts_are_right()


def test_a_recount_mends_what_is_wrong_and_says_how_much(cast, gate, plant, time):
    decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.APPROVED)
    assert actions.recount(by=PROGRAM) == 0
    Tally.objects.filter(outcome="refused").update(decisions=7)
    Tally.objects.filter(outcome="approved").delete()
    assert actions.recount(by=PROGRAM) == 2
    the_counts_are_right()
    assert recorded("gate.recounted")[-1].new == '{"wrong":2}'
    with pytest.raises(PermissionDenied):
        actions.recount(by=cast["bob"])


def test_what_passed_is_counted_by_month(cast, gate, plant, time):
    for outcome in (Outcome.APPROVED, Outcome.CONDITIONS, Outcome.REFUSED):
        decided(cast["rita"], submitted(cast["charlie"], gate["change"]), outcome)
    time.on(days=31)
    decided(cast["rita"], submitted(cast["dan"], gate["batch"]), Outcome.APPROVED)
    assert queries.decision_dates(cast["dora"]) == {date(2026, 3, 1): 2, date(2026, 4, 1): 1}
    assert queries.decision_dates(cast["dan"]) == {date(2026, 4, 1): 1}
    assert [each.decisions for each in queries.passed(cast["dora"], kind=gate["batch"].pk)] == [1]
    assert queries.refusals_for(cast["dora"]).count() == 1


def test_withdrawn_after_its_date_is_a_promise_missed_and_before_it_none(cast, gate, time):
    late, early = (submitted(cast["charlie"], gate["batch"]) for _ in range(2))
    held = decided(cast["rita"], submitted(cast["charlie"], gate["batch"]), Outcome.HELD)
    actions.withdraw(by=cast["charlie"], pk=early.pk, reason="not needed")
    time.on(days=60)
    assert numbers(queries.promise_figures(cast["bob"])) == (0, 0, 0, 2)
    actions.withdraw(by=cast["charlie"], pk=late.pk, reason="too late")
    actions.withdraw(by=cast["charlie"], pk=held.pk, reason="too late")
    assert numbers(queries.promise_figures(cast["bob"])) == (0, 2, 0, 0)
    ((of_kind),) = queries.promises_by_kind(cast["bob"])
    assert (of_kind.kind, numbers(of_kind.figures)) == (gate["batch"], (0, 2, 0, 0))
    assert numbers(queries.promise_figures(cast["dan"])) == (0, 0, 0, 0)
    the_counts_are_right()
    time.on(days=400)
    assert numbers(queries.promise_figures(cast["bob"])) == (0, 0, 0, 0)
