"""What is planted in the demonstrations is found again, by page and by command line."""

import io
import json

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from fairgate.cli import main
from fairgate.demo import actions
from fairgate.demo.lots import log_of
from fairgate.demo.pharma import ENG, HALDEN_PHARMA, HR, IT, MFG, PKG, PRO, QA, QC, REG, WH
from fairgate.demo.small import HALDEN_SMALL
from fairgate.ledger.models import Entry
from fairgate.organisation import queries
from fairgate.organisation.models import CountedLog, Membership, Unit
from fairgate.organisation.wording import answers, page
from fairgate.organisation.wording.translations import ENGLISH
from fairgate.people.models import Person
from fairgate.shared.actor import System
from fairgate.web.pdf import REPORT, compile_pdf

PROGRAM = System("tests")
pytestmark = pytest.mark.xdist_group("halden-pharma")


@pytest.fixture
def pharma(halden):
    return {unit.name: unit for unit in Unit.objects.all()}


def portrait(units, name):
    return queries.portrait_for(PROGRAM, units[name].pk)


def test_twelve_units_and_three_hundred_people(pharma):
    assert len(pharma) == 12
    assert Person.objects.count() == Membership.objects.count() == 300


def test_by_need_everyone_is_a_customer_and_the_page_says_that_this_tells_nobody_apart(pharma):
    found = portrait(pharma, QA)
    assert (found.by_need.n, found.by_need.m) == (11, 11)
    assert any("tells nobody apart" in said for said in answers.sentences(found.facts, ENGLISH))


def test_by_authority_it_is_six_and_manufacturing_is_both(pharma):
    found = portrait(pharma, QA)
    assert set(found.under_authority.units) == {MFG, PKG, WH, ENG, PRO, IT}
    assert MFG in found.by_need.units


def test_quality_is_itself_a_customer_of_five(pharma):
    holding = {it.supplier.name for it in portrait(pharma, QA).suppliers if it.holds}
    assert holding == {QC, MFG, ENG, IT, REG}


def test_every_external_customer_is_reached_through_quality(pharma):
    assert {it.name: it.share for it in portrait(pharma, QA).external} == {
        "Patients": 1.0,
        "Hospitals": 1.0,
        "Partner companies": 1.0,
    }


def test_people_had_their_say(pharma):
    found = portrait(pharma, QA)
    confirmed = [it.customer.name for it in found.customers if it.standing and not it.struck]
    assert confirmed == [MFG]
    assert [it.supplier.name for it in portrait(pharma, QA).suppliers if it.struck] == [WH]
    assert any(it.struck for it in portrait(pharma, WH).customers)


def test_the_planted_rejection_rates_are_found_by_the_command_line(tmp_path):
    file = tmp_path / "tablets.csv"
    file.write_bytes(log_of(HALDEN_PHARMA))
    said = CliRunner().invoke(main, ["customers", str(file), "--unit", QA, "--json"])
    over = {it["unit"]: it for it in json.loads(said.output)["authority_over"]}
    # Four standard errors of a proportion around what was planted.
    for unit, planted in ((MFG, 0.035), (PKG, 0.01)):
        decisions = over[unit]["decisions"]
        assert abs(over[unit]["rejection_rate"] - planted) < 4 * (planted * (1 - planted) / decisions) ** 0.5
    assert HR not in over


def test_the_log_in_the_product_gives_the_figures_of_the_command_line(pharma, tmp_path):
    file = tmp_path / "tablets.csv"
    file.write_bytes(log_of(HALDEN_PHARMA))
    said = CliRunner().invoke(main, ["customers", str(file), "--value-from", "packs", "--json"])
    told = json.loads(said.output)
    log = queries.counted_for(PROGRAM, CountedLog.objects.get().pk)
    assert json.loads(json.dumps(log.to_dict())) == told


def test_every_step_is_in_the_ledger(pharma):
    recorded = set(Entry.objects.values_list("action", flat=True))
    assert {
        "people.person-added",
        "organisation.needs-added",
        "organisation.log-counted",
        "organisation.need-struck",
    } <= recorded


def test_the_same_plant_every_time():
    assert log_of(HALDEN_PHARMA) == log_of(HALDEN_PHARMA)


def test_halden_small_is_sixty_people(db):
    actions.make(name="halden-small")
    assert Person.objects.count() == 60
    found = queries.portrait_for(PROGRAM, Unit.objects.get(name=HALDEN_SMALL.function).pk)
    assert found.under_authority.n == 2
    assert (found.by_need.n, found.by_need.m) == (4, 4)


def test_the_page_of_a_unit_with_eleven_customers_is_still_one_page(pharma):
    found = page.of_portrait(portrait(pharma, QA), "2026-11-22", ENGLISH)
    paper = PdfReader(io.BytesIO(compile_pdf(REPORT, found)))
    assert len(paper.pages) == 1
    assert "Supply Planning" in paper.pages[0].extract_text()
