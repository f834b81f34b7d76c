"""Results: a sentence, pictures, tables, what is hidden; on the page, as a table and on paper the same."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from fairgate.ledger.models import Entry
from fairgate.organisation import actions as organisation
from fairgate.organisation.rules import NeedKind, NeedRow, Origin
from fairgate.shared.translations import ENGLISH
from fairgate.voice import actions, queries
from fairgate.voice.rules import (
    AuditNote,
    PeriodRow,
    PeriodState,
    ResponseRow,
    Results,
    ShownPart,
    ShownRow,
    ShownTable,
)
from fairgate.voice.wording import items, results
from gate.conftest import signed_in

from .conftest import CAST, MANUFACTURING, PROGRAM, QUALITY, START

ROW = PeriodRow(
    UUID(int=1), "2026-Q3", date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 14), 3, PeriodState.CLOSED
)
AUDIT = AuditNote(passed=True, checked=12, insiders=40, width=5)


def exact(*counts):
    return tuple(ShownPart((step,), n, n, "exact") for step, n in enumerate(counts, start=1))


def row(item, parts, keys=("Quality",), ballots=40):
    raters = sum(part.low for part in parts) if parts else None
    return ShownRow(keys, item, ballots, raters, parts)


def found(*rows, code="items", attributes=("unit",), withheld=False, **more):
    table = ShownTable(code, attributes, tuple(rows), withheld)
    values = {
        "row": ROW,
        "asked": 80,
        "answered": 40,
        "unreadable": 0,
        "dropped": 0,
        "coarsened": (),
        "responses": (),
        "tables": (table,),
        "audit": AUDIT,
    }
    return Results(**{**values, **more})


def test_the_sentence_says_how_many_answered_and_where_they_agree_most_and_least():
    it = found(row("respect", exact(0, 4, 4, 16, 16)), row("reasons", exact(10, 10, 10, 6, 4)))
    assert results.lead(it, ENGLISH) == (
        "In 2026-Q3, 40 of 80 people who were asked answered (50 in 100). Of the sentences that can be shown, most agree that "
        "“I was treated with respect throughout” (80 in 100), fewest that "
        "“The reasons were clear enough for me to explain to my own team” (25 in 100)."
    )


def test_with_every_sentence_shown_it_speaks_of_all():
    rows = [row(code, exact(at, 4, 4, 4, 4)) for at, code in enumerate(items.ITEMS)]
    assert "(50 in 100). Most agree that “I could put" in results.lead(found(*rows), ENGLISH)


def test_agreement_with_the_decision_is_never_part_of_the_sentence():
    it = found(
        row("agreement", exact(0, 0, 0, 0, 40)),
        row("respect", exact(0, 4, 4, 16, 16)),
        row("voice", exact(4, 4, 8, 16, 8)),
    )
    assert "agree with the decision" not in results.lead(it, ENGLISH)


def test_with_too_few_for_any_figure_it_leads_to_conversations():
    it = found(row("respect", None), row("reasons", None), asked=7, answered=3)
    assert "interviews" in results.lead(it, ENGLISH)
    assert "agree" not in results.lead(it, ENGLISH)
    assert results.drawn(it, ENGLISH) == []


def test_a_picture_of_others_says_who_serves_whom():
    it = found(
        row("right-first-time", exact(0, 4, 4, 16, 16), keys=("Quality", "Stores")),
        code="mirror",
        attributes=("unit", "supplier"),
    )
    assert [group.name for group in results.drawn(it, ENGLISH)] == ["How well Stores serves Quality"]


def test_two_units_are_never_ranked_against_each_other_in_the_sentence():
    it = found(row("respect", exact(0, 4, 4, 16, 16)), row("respect", exact(8, 8, 8, 8, 8), keys=("Legal",)))
    assert "Most agree" not in results.lead(it, ENGLISH)


@pytest.mark.parametrize(
    ("part", "raters", "text"),
    [
        (ShownPart((3,), 12, 12, "exact"), 40, "30%"),
        (ShownPart((1,), 0, 3, "at-most"), 40, "≤8%"),
        (ShownPart((5,), 36, 40, "at-least"), 40, "≥90%"),
        (ShownPart((4, 5), 10, 14, "between"), 40, "25–35%"),
        (ShownPart((4, 5), 0, 4, "between"), 40, "≤10%"),
        (ShownPart((1,), 0, 2, "at-most"), 7, "≤29%"),
    ],
)
def test_a_share_is_shown_as_it_is_coded(part, raters, text):
    assert results.share(part, raters) == text


@given(st.lists(st.integers(0, 30), min_size=5, max_size=5).filter(sum))
def test_who_agrees_are_the_two_upper_steps(counts):
    low, high = results.good(row("respect", exact(*counts)))
    assert low == high == pytest.approx((counts[3] + counts[4]) / sum(counts))


@given(st.lists(st.integers(0, 30), min_size=5, max_size=5).filter(sum), st.data())
def test_a_range_always_holds_the_truth(counts, data):
    """However figures are coarsened, the share that agrees lies between the two ends."""
    parts = []
    for step, n in enumerate(counts, start=1):
        down, up = data.draw(st.integers(0, n)), data.draw(st.integers(0, 5))
        parts.append(ShownPart((step,), n - down, n + up, "between"))
    shown = ShownRow(("Quality",), "respect", 40, sum(counts), tuple(parts))
    low, high = results.good(shown)
    assert low <= (counts[3] + counts[4]) / sum(counts) <= high
    for part, n in zip(parts, counts, strict=True):
        bounds = [int(number) for number in re.findall(r"\d+", results.share(part, sum(counts)))]
        if len(bounds) == 2:
            assert bounds[0] <= 100 * n / sum(counts) <= bounds[1]


def test_what_is_the_same_in_every_row_stands_above_and_not_in_each():
    rows = [
        row("respect", exact(1, 1, 1, 1, 1), keys=("Quality", outcome))
        for outcome in ("not-approving", "approving")
    ]
    table = found(*rows, code="items-by-outcome", attributes=("unit", "outcome")).tables[0]
    assert results.same(table, ENGLISH) == "Quality"
    assert results.columns(table, ENGLISH) == ["What was decided"]
    (block,) = results.blocks(table, ENGLISH)
    assert [line.keys for line in block.lines] == [("not approved",), ("approved",)]


def test_everything_that_is_missing_is_said():
    it = found(row("respect", None), unreadable=2, dropped=3, coarsened=("kind", "seniority"))
    told = " ".join(results.hidden(it, ENGLISH))
    assert "2 envelopes can’t be read" in told
    assert "3 answers are dropped" in told
    assert "the kind of request; seniority, in three bands" in told
    assert "Treatment by sentence: 1 of 1 figures are hidden." in told
    assert "the reason itself would tell" in told
    withheld = found(code="mirror", withheld=True)
    assert "How well others serve the function: withheld whole." in results.hidden(withheld, ENGLISH)


def test_no_single_hidden_figure_says_why():
    line = results.line(row("respect", None), ENGLISH)
    assert (line.raters, line.cells) == ("–", ())


def test_response_rates_are_shown_as_far_as_they_may_be():
    rows = (
        ResponseRow("all", "", 80, 40),
        ResponseRow("outcome", "refused", 12, 12),
        ResponseRow("kind", "Batch", 9, None),
    )
    assert results.responses(found(responses=rows), ENGLISH) == [
        ("everybody who was asked", "80", "40 (50 in 100)"),
        ("refused", "12", "12 (100 in 100)"),
        ("Batch", "9", "not told"),
    ]
    assert "If all of a group answered" in results.about_responses(found(responses=rows), ENGLISH)


def test_a_failed_audit_is_no_success():
    passed = results.audit(AUDIT, ENGLISH)
    assert "fewer than 5 answers" in passed
    assert "“5 to 9”, are told coarsely to protect others, and may sometimes be worked out" in passed
    assert "too close" in results.audit(replace(AUDIT, passed=False), ENGLISH)


def supplied():
    return NeedRow(
        customer=QUALITY,
        what="records",
        supplier=MANUFACTURING,
        kind=NeedKind.HELP,
        process="Tablets",
        external="Patients",
    )


@pytest.fixture
def closed(house, time):
    period = house.quarter(people=30)
    house.answered(list(period.invitations.all()))
    return house.closed(house.ended(period))


def page(house, who, period, name="results"):
    return signed_in(house.cast[who]).get(reverse(f"voice:{name}", args=[period.pk]))


def body(response):
    """The page below its head, without what differs at every visit."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return text.partition("<main")[2]


def test_sentence_picture_and_table_in_this_order_and_only_figures_that_were_published(house, closed):
    text = page(house, "bob", closed).content.decode()
    it = queries.results_for(house.cast["bob"], closed.pk)
    drawn = [one for group in results.drawn(it, ENGLISH) for one in group.rows]
    assert text.index('class="lead"') < text.index("<svg") < text.index("<table")
    assert text.count("<svg") == len(drawn) > 0
    assert "style=" not in text
    assert reverse("fairness:scorecard") in text
    for code, sentence in items.TEXTS.items():
        assert (sentence in text) == (code not in items.MIRROR)
    known = {
        results.share(p, one.raters) for table in it.tables for one in table.rows for p in one.parts or ()
    }
    shown = set(re.findall(r"[≤≥]?\d+(?:–\d+)?%", body(page(house, "bob", closed))))
    assert shown
    assert shown <= known


def test_everybody_with_a_role_reads_the_same_and_no_name_and_it_stays_as_published(house, closed):
    bodies = {body(page(house, who, closed)) for who in sorted(set(CAST) - {"fay"})}
    assert len(bodies) == 1
    assert not re.search(r"Person \d+|Bob|Rita|Sam|Lot \d+", *bodies)
    house.decided(house.cast["charlie"], "refused", on=date(2026, 8, 1))
    assert {body(page(house, "bob", closed))} == bodies


def test_the_table_to_take_along_and_the_paper_hold_what_the_page_does(house, closed):
    text = page(house, "dora", closed, "results-csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    withheld = [line for line in rows if line[0] == "items-by-seniority-and-outcome"]
    assert [[cell for cell in line if cell] for line in withheld] == [[withheld[0][0], "withheld"]]
    assert tuple(rows[0]) == results.CSV_HEADER
    it = queries.results_for(house.cast["dora"], closed.pk)
    lines = sum(len(one.parts or (None,)) for table in it.tables for one in table.rows)
    assert len(rows) == 1 + lines + len(withheld)
    response = page(house, "emil", closed, "results-pdf")
    assert response["Content-Type"] == "application/pdf"
    paper = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(response.content)).pages)
    paper = re.sub(r"\s+", " ", paper)
    assert "What people said in 2026-Q3" in paper
    assert "30 of 30 people who were asked answered" in paper
    assert "Database, backups and logs" in paper


def test_how_many_answered_is_the_same_story_everywhere(house, time):
    """Eight of eight refused and three of eighteen approved answer."""
    for number, person in enumerate(house.crowd(26)):
        house.decided(person, "refused" if number < 8 else "approved", decider=number, on=START)
    period = house.opened()
    invited = house.invited(period)
    refused = [one for one in invited if one.outcome == "refused"]
    approved = [one for one in invited if one.outcome == "approved"]
    house.answered(refused + approved[:3])
    period = house.closed(house.ended(period))
    it = queries.results_for(house.cast["bob"], period.pk)
    told = {(one.by, one.name): (one.asked, one.answered) for one in it.responses}
    assert told["all", ""] == (26, 11)
    assert told["outcome", "refused"] == (8, None), "with it, and the rule, the others would follow"
    assert told["outcome", "approved"] == (18, None)
    groups = {
        one.keys[1]: one.ballots
        for table in it.tables
        if table.code == "items-by-outcome"
        for one in table.rows
    }
    assert set(groups) <= {"not-approving"}
    text = page(house, "bob", period).content.decode()
    assert "11 of 26 people" in text
    assert "not told" in text
    assert "everybody knows of each of them that they did" in text


def test_how_many_of_a_small_group_answered_follows_from_no_other_number(house, time):
    """Of two who got conditions one answered: with refusals told, everybody could subtract."""
    outcomes = ["conditions"] * 2 + ["refused"] * 9 + ["approved"] * 15
    for number, person in enumerate(house.crowd(len(outcomes))):
        house.decided(person, outcomes[number], decider=number, on=START)
    period = house.opened()
    invited = house.invited(period)
    by_outcome = {name: [one for one in invited if one.outcome == name] for name in outcomes}
    house.answered(by_outcome["conditions"][:1] + by_outcome["refused"][:7] + by_outcome["approved"][:12])
    it = queries.results_for(house.cast["bob"], house.closed(house.ended(period)).pk)
    told = {(one.by, one.name): one.answered for one in it.responses}
    assert told["all", ""] == 20
    assert told["outcome", "conditions"] is None
    assert told["outcome", "approved"] is told["outcome", "refused"] is None
    assert told["approval", "approving"] == 13
    assert told["approval", "not-approving"] == 7


def test_everybody_who_was_asked_are_also_those_asked_how_others_serve_them(house, time):
    """One number of those asked and of those who answered, in the sentence, in the table and in the store."""
    organisation.add(by=PROGRAM, rows=[supplied()], origin=Origin.TYPED)
    house.crowd(8, unit=QUALITY)
    for number, person in enumerate(house.crowd(12)):
        house.decided(person, "approved", decider=number, on=START)
    period = house.opened()
    house.answered(house.invited(period))
    it = queries.results_for(house.cast["bob"], house.closed(house.ended(period)).pk)
    rows = {one.by: one for one in it.responses}
    assert (rows["all"].asked, rows["all"].answered) == (it.asked, it.answered)
    assert rows["mirror"].asked == it.asked - rows["outcome"].asked
    assert f"{it.answered} of {it.asked} people" in results.lead(it, ENGLISH)


@pytest.mark.parametrize("answers", [0, 1, 4])
def test_fewer_than_five_answers_are_told_to_nobody(house, time, answers):
    for number, person in enumerate(house.crowd(12)):
        house.decided(person, "refused", decider=number, on=START)
    period = house.opened()
    house.answered(house.invited(period)[:answers])
    period = house.ended(period)
    actions.preview_at_once(by=house.gil, pk=period.pk, key=house.key[period.pk])
    assert "Fewer than five answers can be read." in page(house, "gil", period, "period").content.decode()
    period = house.closed(period)
    for who in ("gil", "alice", "bob"):
        text = re.sub(r"<[^>]+>", " ", body(page(house, who, period)))
        assert "fewer than five of 12 people" in text
        assert not re.search(rf"\b{answers} (of|answers? (is|are|can))", text)
    entries = Entry.objects.filter(action__in=["voice.period-closed", "voice.period-previewed"])
    assert [one.new.count("fewer than five") for one in entries] == [2, 2]
