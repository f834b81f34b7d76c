"""What is planted in the lots of Halden Pharma, calibration finds again within its intervals; a scenario that contradicts the
records is refused with the figures that disagree; the page says what the command line's engine says."""

import pytest
from django.test import Client
from django.urls import reverse

from fairgate.demo import actions
from fairgate.demo.history import HARMS, decisions_of
from fairgate.demo.pharma import HALDEN_PHARMA, MFG
from fairgate.demo.scenario import ask_what_if
from fairgate.demo.small import HALDEN_SMALL
from fairgate.engines.counterfactual import Refused, from_plain
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.shared.actor import System
from fairgate.whatif import actions as whatif
from fairgate.whatif import queries
from fairgate.whatif.models import RunResult, Scenario

PROGRAM = System("tests")
pytestmark = pytest.mark.xdist_group("halden-pharma")
GATE = next(step for step in HALDEN_PHARMA.steps if step.activity == "Batch")
FACED = 0.06  # of what was stopped: would have done nothing (Line.needless)


@pytest.fixture
def pharma(halden):
    return Scenario.objects.get()


def held(scenario):
    return queries.held_in(queries.latest_edition(scenario))


def first_lots():
    """Of the plant's own truth: first hand-ins of tablet batches that the records cover."""
    rows = [row for row in decisions_of(HALDEN_PHARMA) if row.unit == MFG and row.process == "Tablets"]
    return [row for row in rows if row.kind.startswith("batch") and not row.follows]


@pytest.mark.parametrize(
    ("name", "planted"),
    [
        ("plant.lots_per_month", HALDEN_PHARMA.lots / (HALDEN_PHARMA.days / 30.4375)),
        # Rejected or returned, and not needlessly; what a review sees is published, and the example's 27.5% unseen by severity.
        ("check.rework", GATE.send_back / (GATE.send_back + GATE.reject)),
        ("quality.critical", dict(HARMS)["harm"]),
        ("quality.major", dict(HARMS)["recall"]),
        # Review of the record and the decision: 60 and 4 hours, times 1.1 on average, in working days; nobody waits.
        ("plant.review_days", 64 * 1.1 / 24 * 252 / 365.25),
        # Sent-back lots: the record is submitted again after the tests, 72 + 12 hours times 1.1.
        ("check.rework_days", 84 * 1.1 / 24 * 252 / 365.25),
    ],
)
def test_planted_rates_are_found_again(pharma, name, planted):
    belief = held(pharma).belief(name)
    # How often a review is timed, what it misses, what the market would take: nobody measured those.
    assert belief.kind == ("measured" if name.startswith("check.") else "estimated")
    wide = belief.high - belief.low
    # 90% intervals, of six: a little beyond them at most.
    assert belief.low - wide / 4 <= planted <= belief.high + wide / 4


def test_the_planted_catches_are_found_again(pharma):
    """Flawed lots that are seen: stopped, less those that would have done nothing."""
    scenario = held(pharma)
    shares = (
        1 - scenario["quality.major"] - scenario["quality.critical"],
        scenario["quality.major"],
        scenario["quality.critical"],
    )
    seen = sum(
        share * scenario[f"check.sensitivity_{it}"]
        for share, it in zip(shares, ("minor", "major", "critical"), strict=True)
    )
    planted = (GATE.reject + GATE.send_back) * (1 - FACED)
    belief = scenario.belief("quality.flawed")
    assert belief.low * seen <= planted <= belief.high * seen


def test_what_was_counted_is_what_the_plant_made(pharma):
    figures = queries.latest_edition(pharma).records["figures"]
    lots = first_lots()
    stopped = sum(row.outcome in {"refused", "returned"} for row in lots)
    # The window ends two years before the latest decision; a few lots were handed in before it began.
    assert 0.97 * len(lots) <= figures["reviewed"] <= len(lots)
    assert stopped - 5 <= figures["stopped"] <= stopped
    assert figures["deciders"] == 24


def test_the_answer_is_there_and_today_pays(pharma):
    result = RunResult.objects.get()
    answer = from_plain(result.answer)
    value, low, high = answer.threshold.per_thousand("nobody")
    assert low < value < high < answer.threshold.records_low
    assert answer.base_rates.agrees
    assert {one.what for one in answer.base_rates.checked} == {"complaints", "recalls", "letters"}
    assert result.lines
    executive = Person.objects.get(assignments__role=Role.EXECUTIVE)
    client = Client()
    client.force_login(executive)
    page = client.get(reverse("whatif:run", args=[result.run_id])).content.decode()
    assert "they do" in page
    assert "they do not" not in page
    assert "checks are worth more than none in" in page  # and how sure that is
    assert "your records" in page
    assert "nobody can tell yet" not in page
    assert "money does not" not in page  # the plant says what its own money is


def test_doing_it_again_gives_the_same_figures(pharma):
    before = RunResult.objects.get()
    ask_what_if(HALDEN_PHARMA)
    assert RunResult.objects.latest("id").answer == before.answer


def test_a_deliberately_wrong_scenario_is_refused_with_the_figures_that_disagree(pharma):
    """Every escape complained of, and hardly any seen: many more complaints than came."""
    entries = {f"outside.complaint_{it}": {"value": 0.95} for it in ("minor", "major", "critical")}
    entries |= {f"check.sensitivity_{it}": {"value": 0.3} for it in ("minor", "major", "critical")}
    whatif.change_scenario(by=PROGRAM, pk=pharma.pk, seen=1, entries=entries)
    result = whatif.run_at_once(by=PROGRAM, scenario=pharma.pk, ways=["nobody"], replicates=200)
    found = from_plain(result.answer)
    assert isinstance(found, Refused)
    wrong = {one.what: one for one in found.base_rates.checked if not one.agrees}
    assert wrong["complaints"].count == 11
    assert wrong["complaints"].low > 11


def test_sixty_people_have_no_scenario_and_can_make_one(db):
    actions.make(name="halden-small")
    assert HALDEN_SMALL.foreseen is None
    assert not Scenario.objects.exists()
    lead = Person.objects.get(memberships__unit__name=HALDEN_SMALL.function, assignments__role=Role.LEAD)
    client = Client()
    client.force_login(lead)
    assert "No scenario yet" in client.get(reverse("whatif:scenarios")).content.decode()
