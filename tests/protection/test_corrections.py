"""A file corrects a detail of a decision every night: what was linked to it or judged about it goes on to count."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from fairgate.engines.monitoring import corrected_rate, product_limit
from fairgate.gate import imports
from fairgate.gate.actions import imports as mappings
from fairgate.gate.models import Decision, RecordedPerson, SecondLook
from fairgate.gate.rules import LookResult, Outcome
from fairgate.protection import actions, queries
from fairgate.protection.queries.escapes import _Months
from fairgate.protection.rules import Side, WouldHave
from fairgate.shared import clock

from .conftest import MANUFACTURING, PROGRAM, QUALITY

HARM, NOTHING = WouldHave.HARM, WouldHave.NOTHING
HEADER = "Record,Type,Department,Decision,Decided on,Submitted on,Lot,Comment\n"
COLUMNS = {
    "key": "Record",
    "kind": "Type",
    "unit": "Department",
    "outcome": "Decision",
    "decided_at": "Decided on",
    "submitted_at": "Submitted on",
    "item": "Lot",
    "note": "Comment",
}


@pytest.fixture
def nightly(plant):
    """Brings a file in, as every night."""
    mapping = mappings.keep_mapping(
        by=PROGRAM, name="QMS", source="QMS", deciding_unit=plant.units[QUALITY].pk, columns=COLUMNS, values={},
        options={"date_format": "ymd", "decimal": ".", "zone": "UTC"},
    )  # fmt: skip

    def bring(note, second="refused"):
        rows = f"P-1,Batch,{MANUFACTURING},approved,2026-02-02 10:00,2026-02-01 09:00,L1,{note}\n"
        rows += f"R-1,Batch,{MANUFACTURING},{second},2026-02-03 10:00,2026-02-01 09:00,L2,{note}\n"
        coming = imports.open_file(
            by=PROGRAM, name="qms.csv", content=[(HEADER + rows).encode()], mapping=mapping.pk
        )
        imports.read(by=PROGRAM, pk=coming.pk)()
        imports.apply(by=PROGRAM, pk=coming.pk)
        return [Decision.objects.filter(request__key=key).latest("pk") for key in ("P-1", "R-1")]

    return bring


def figures(plant):
    page = queries.protection_for(plant.who("dora"))
    escapes = page.guardrails.escapes
    return (
        escapes.escapes,
        escapes.passed,
        dict(page.caught.agreed),
        page.caught.judged,
        page.guardrails.needless,
    )


def waiting(plant):
    found = {}
    for who in ("bob", "bea", "charlie", "cleo"):
        listed = queries.to_judge_for(plant.who(who))
        assert queries.number_to_judge(plant.who(who)) == len(listed)
        found[who] = [it.key for it in listed]
    return found


def test_a_corrected_note_changes_no_figure_and_asks_for_no_second_judging(plant, nightly):
    passed, refused = nightly("as first written")
    complaint = plant.complaint("L1", days_ago=2)
    actions.link(by=plant.who("bob"), complaint=complaint.pk, decision=passed.pk, reason="same lot")
    plant.judged(refused, NOTHING, NOTHING)
    before = figures(plant)
    assert (before[0], before[3], before[4].both) == (1, 1, 1)
    for night in range(2):
        passed, again = nightly(f"corrected {night}")
        assert again.replaces_id != refused.replaces_id
        assert figures(plant) == before
        assert not any(waiting(plant).values())
    page = queries.catch_for(plant.who("bea"), again.pk)
    assert (page.is_complete, page.stands, page.judgements.keys()) == (True, True, set(Side))
    assert queries.catch_for(plant.who("bea"), refused.pk).stands
    assert queries.catches_for(plant.who("dora")).get().customer_said == NOTHING
    with pytest.raises(actions.AlreadyJudged):
        actions.judge(by=plant.who("bob"), decision=again.pk, would_have=HARM)


def test_the_other_side_may_judge_what_was_corrected_meanwhile(plant, nightly):
    _, refused = nightly("as first written")
    actions.judge(by=plant.who("bea"), decision=refused.pk, would_have=HARM)
    _, again = nightly("corrected")
    assert waiting(plant) == {"bob": [], "bea": [], "charlie": ["R-1"], "cleo": ["R-1"]}
    assert queries.catch_for(plant.who("cleo"), again.pk).judgements == {}
    actions.judge(by=plant.who("cleo"), decision=again.pk, would_have=HARM)
    assert queries.protection_for(plant.who("dora")).caught.agreed[HARM] == 1


def test_another_outcome_is_another_decision_also_when_it_comes_back(plant, nightly):
    _, refused = nightly("a")
    plant.judged(refused, HARM, HARM)
    for outcome in ("returned", "refused"):
        _, again = nightly("a", outcome)
        assert queries.protection_for(plant.who("dora")).caught.judged == 0
        assert waiting(plant)["cleo"] == ["R-1"]
        assert queries.catch_for(plant.who("cleo"), again.pk).judgements == {}
        assert not queries.catch_for(plant.who("cleo"), refused.pk).stands


def test_one_approval_linked_before_and_after_a_correction_is_one_escape(plant, nightly):
    for note, lot in (("a", "L1"), ("b", "L1")):
        passed, _ = nightly(note)
        complaint = plant.complaint(lot, days_ago=2)
        actions.link(by=plant.who("bob"), complaint=complaint.pk, decision=passed.pk, reason="same lot")
    assert queries.escape_figures().escapes == 1


def test_what_is_counted_as_waiting_is_what_is_listed(plant):
    """Not what somebody decided themselves: no line on home that leads to an empty list."""
    one = plant.decided(Outcome.REFUSED, by="bob").request.key
    assert waiting(plant) == {"bob": [], "bea": [one], "charlie": [one], "cleo": [one]}
    assert queries.waiting_for(plant.who("bob")) == []


def test_what_somebody_decided_in_another_system_does_not_wait_for_them(plant):
    refused = plant.decided(Outcome.REFUSED, by="dora")
    account = RecordedPerson.objects.create(source="QMS", digest="d", account=plant.people["bea"])
    given = Decision.objects.create(
        request=refused.request, outcome=Outcome.REFUSED, kind_edition=1, decided_at=refused.decided_at, decider=account,
        replaces=refused,
    )  # fmt: skip
    assert waiting(plant)["bea"] == []
    assert waiting(plant)["bob"] == [given.request.key]


def test_the_exposure_of_a_month_is_that_of_its_days(plant):
    """Passed on every day of three months, day by day, against the months' counts the page reads."""
    random, today = np.random.default_rng(4), date(2026, 6, 20)
    fitted = product_limit(np.floor(random.exponential(20, 400)), np.full(400, 400.0))
    days = {date(2026, 4, 1) + timedelta(n): 3 for n in range((today - date(2026, 4, 1)).days + 1)}
    passed = Counter()
    for day, n in days.items():
        passed[1, day.replace(day=1)] += n
    months = _Months.of(passed, today)
    found = corrected_rate(1, months.passed, months.youngest, months.oldest, fitted)
    ages = np.array([(today - day).days for day in days], float)
    assert found.exposure == pytest.approx(3 * fitted.share(ages).sum(), rel=2e-3)


def test_what_was_passed_and_came_back_today_is_said_but_not_corrected(plant):
    for _ in range(3):
        plant.escaped(delay=0, age=0)
    found = queries.protection_for(plant.who("dora")).guardrails.escapes
    assert (found.escapes, found.delays, found.corrected, found.still_to_come.high) == (3, None, None, 0)


def test_a_second_look_that_upheld_a_refusal_counts_among_those_looked_at_once(plant):
    plant.overturned()
    kept = plant.decided(Outcome.REFUSED)
    SecondLook.objects.create(
        decision=kept, asked_by=plant.people["charlie"], asked_at=clock.now(), why="it fits", looked_by=plant.people["bea"],
        looked_at=clock.now(), result=LookResult.UPHELD, reasons="it does not",
    )  # fmt: skip
    needless = queries.guardrails_for(plant.who("emil")).needless
    assert (needless.low, needless.high, needless.looked_at) == (1, 1, 2)
    plant.judged(kept, HARM, HARM)
    rails = queries.guardrails_for(plant.who("emil"), unit=plant.units[QUALITY].pk)
    assert (rails.needless.low, rails.needless.looked_at) == (1, 2)
    assert rails.needless_by_kind[0].needless == rails.needless
