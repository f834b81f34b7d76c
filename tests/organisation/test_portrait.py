"""The page of a unit: declared and counted side by side, and the same figures as the command line."""

import json

import pytest

from fairgate.organisation import imports, queries
from fairgate.organisation.wording import answers, page
from fairgate.organisation.wording.translations import ENGLISH

from .conftest import LOG, MANUFACTURING, PROGRAM, QUALITY, WAREHOUSE


@pytest.fixture
def counted(plant):
    coming = imports.open_file(by=PROGRAM, name="log.csv", content=[LOG.encode()])
    imports.count(pk=coming.pk)()
    imports.apply(by=PROGRAM, pk=coming.pk)
    return plant


def test_manufacturing_is_a_customer_by_release_and_under_authority(counted):
    portrait = queries.portrait_for(PROGRAM, counted[QUALITY].pk)
    (relation,) = [it for it in portrait.customers if it.customer.name == MANUFACTURING]
    (_, figure), *_ = relation.counted
    assert (figure.by_help, figure.by_release, figure.dependence) == (0.0, 1.0, 1.0)
    assert MANUFACTURING in portrait.under_authority.units
    assert MANUFACTURING in portrait.by_need.units
    (over,) = [it for it in portrait.authority if it.unit.name == MANUFACTURING]
    assert [(one.decisions, one.rejections) for _, one in over.counted] == [(4, 2)]


def test_quality_is_never_without_customers(counted):
    lead = answers.lead(queries.portrait_for(PROGRAM, counted[QUALITY].pk).facts, ENGLISH)
    assert (
        lead
        == "2 of 2 other units need Quality in order to serve an external customer: Manufacturing and Warehouse."
    )


def test_a_unit_nobody_said_anything_about_gets_a_plain_page(plant):
    from fairgate.organisation import actions
    from fairgate.organisation.models import Unit
    from fairgate.organisation.rules import Origin, UnitRow

    actions.add(by=PROGRAM, rows=[UnitRow(name="Kitchen")], origin=Origin.TYPED)
    portrait = queries.portrait_for(PROGRAM, Unit.objects.get(name="Kitchen").pk)
    assert answers.lead(portrait.facts, ENGLISH) == (
        "No other unit needs Kitchen in order to serve an external customer."
    )
    assert portrait.external == ()


def test_without_needs_or_logs_there_is_a_page_all_the_same(db):
    from fairgate.organisation import actions

    unit = actions.choose_function(by=PROGRAM, name=QUALITY)
    portrait = queries.portrait_for(PROGRAM, unit.pk)
    assert portrait.by_need.m == 0
    assert page.bases(portrait, ENGLISH) == []


def test_the_page_gives_the_figures_of_the_command_line(counted, tmp_path):
    from click.testing import CliRunner

    from fairgate.cli import main

    file = tmp_path / "log.csv"
    file.write_text(LOG)
    for unit in (QUALITY, MANUFACTURING, WAREHOUSE):
        said = CliRunner().invoke(main, ["customers", str(file), "--unit", unit, "--json"])
        told = json.loads(said.output)
        told.pop("discrimination")
        (one,) = queries.portrait_for(PROGRAM, counted[unit].pk).counted
        assert json.loads(json.dumps(one.answer.to_dict())) == told


def test_every_line_says_where_it_comes_from(counted):
    portrait = queries.portrait_for(PROGRAM, counted[QUALITY].pk)
    for relation in portrait.customers:
        for line in page.why(relation, ENGLISH):
            assert line.startswith(("Declared", "Counted in"))


def test_the_printed_page_is_one_page(counted):
    import io

    from pypdf import PdfReader

    from fairgate.web.pdf import REPORT, compile_pdf

    portrait = queries.portrait_for(PROGRAM, counted[QUALITY].pk)
    pdf = PdfReader(io.BytesIO(compile_pdf(REPORT, page.of_portrait(portrait, "2026-11-22", ENGLISH))))
    text = " ".join(pdf.pages[0].extract_text().split())
    assert len(pdf.pages) == 1
    assert "Who are the customers of Quality?" in text
    assert "Manufacturing" in text


def test_volumes_count_when_every_need_has_one(plant):
    from fairgate.organisation import actions
    from fairgate.organisation.rules import NeedKind, Origin

    from .conftest import need

    (customer,) = queries.portrait_for(PROGRAM, plant[QUALITY].pk).declared.internal_customers
    assert (customer.by_help, customer.by_release) == (0.0, 1.0)
    rows = [
        need(volume="100"),
        need(WAREHOUSE, "packed goods", MANUFACTURING, NeedKind.HELP, "100"),
        need(QUALITY, "batch records", MANUFACTURING, NeedKind.HELP, "100"),
        need(MANUFACTURING, "advice", QUALITY, NeedKind.HELP, "40"),
    ]
    actions.add(by=PROGRAM, rows=rows, origin=Origin.IMPORTED)
    declared = queries.portrait_for(PROGRAM, plant[QUALITY].pk).declared
    assert declared.kind == "declared"
    (customer,) = declared.internal_customers
    assert (customer.by_help, customer.by_release) == (0.4, 1.0)


def test_flows_alone_tell_what_rests_on_a_unit(plant):
    """The toy chain of Kemeny and Snell's formulas (DESIGN 4.1)."""
    from fairgate.organisation import actions
    from fairgate.organisation.models import Unit
    from fairgate.organisation.rules import FlowKind, FlowRow, Origin

    def flow(source, target, kind, volume):
        from decimal import Decimal

        return FlowRow(
            process="Toys", external="X", source=source, target=target, kind=kind, volume=Decimal(str(volume))
        )

    rows = [
        flow("S", "P", FlowKind.WORK, 1000),
        flow("P", "L", FlowKind.WORK, 600),
        flow("P", "Q", FlowKind.WORK, 400),
        flow("L", "Q", FlowKind.WORK, 1000),
        flow("Q", "H", FlowKind.WORK, 800),
        flow("Q", "P", FlowKind.RETURN, 100),
        flow("Q", "", FlowKind.SCRAP, 100),
        flow("H", "", FlowKind.CUSTOMER, 1000),
    ]
    actions.add(by=PROGRAM, rows=rows, origin=Origin.IMPORTED)
    (toys,) = queries.portrait_for(PROGRAM, Unit.objects.get(name="L").pk).described
    assert toys.answer.loss_if_absent.work_stops == pytest.approx(0.625)
    assert toys.answer.loss_if_absent.rerouted == pytest.approx(0.0, abs=1e-12)
    assert "X" not in toys.answer.indispensable_to
    (toys,) = queries.portrait_for(PROGRAM, Unit.objects.get(name="Q").pk).described
    assert "X" in toys.answer.indispensable_to
