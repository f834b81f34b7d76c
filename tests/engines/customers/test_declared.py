"""Declared needs: known answers, volumes, and who is stuck without whom."""

from typing import Any

import pytest

from fairgate.engines.customers import Declared, EndlessCycle, MixedVolumes, declare

COLUMNS = ("customer", "supplier", "process", "external", "kind", "volume", "what")


def needs(*rows: tuple[Any, ...]) -> Declared:
    columns = dict(zip(COLUMNS, zip(*rows, strict=True), strict=False))
    return declare(**columns)


PLANT = needs(
    ("MFG", "QA", "supply", "patient", "release"),
    ("Warehouse", "QA", "supply", "patient", "help"),
)


def test_manufacturing_is_customer_by_release_and_under_authority() -> None:
    answer = PLANT.answer("QA")
    mfg, warehouse = answer.internal_customers
    assert (mfg.unit, mfg.by_release, mfg.by_help, mfg.under_our_authority) == ("MFG", 1.0, 0.0, True)
    assert (warehouse.unit, warehouse.by_release, warehouse.by_help) == ("Warehouse", 0.0, 1.0)
    assert not warehouse.under_our_authority
    assert [(over.unit, over.rejection_rate) for over in answer.authority_over] == [("MFG", None)]
    assert [s.unit for s in PLANT.answer("MFG").customer_of] == ["QA"]
    assert answer.kind == "declared"
    assert "equal_shares_assumed" in [note.code for note in answer.notes]


def test_without_any_of_three_in_line_the_patient_is_not_served() -> None:
    assert PLANT.answer("QA").indispensable_to == ("patient", "MFG", "Warehouse")
    assert PLANT.answer("MFG").indispensable_to == ("patient", "QA", "Warehouse")
    assert PLANT.answer("Warehouse").indispensable_to == ("patient",)


def test_a_required_release_can_not_be_passed_by() -> None:
    made = needs(("MFG", "QA", "p", "x", "release"), ("Warehouse", "MFG", "p", "x", "help"))
    assert made.answer("QA").indispensable_to == ("x", "MFG", "Warehouse")


def test_with_volumes_dependence_is_the_share_of_the_customers_volume() -> None:
    made = needs(
        ("Sales", "Legal", "offers", "client", "help", 20.0, "clause"),
        ("Sales", "Legal", "offers", "client", "release", 50.0, "contract"),
        ("Sales", "Finance", "offers", "client", "help", 100.0, "price"),
        ("Sales", "Finance", "service", "client", "help", 100.0, "price"),
        ("Sales", "Legal", "service", "board", "help", 200.0, "advice"),
    )
    [sales] = made.answer("Legal").internal_customers
    assert (sales.dependence, sales.by_help, sales.by_release) == pytest.approx(
        (250 / 400, 220 / 400, 50 / 400)
    )
    assert {part.process: part.dependence for part in sales.by_process} == pytest.approx(
        {"offers": 50 / 100, "service": 200 / 300}
    )
    answer = made.answer("Legal")
    assert {x.name: x.share for x in answer.external_customers} == pytest.approx(
        {"client": 50 / 200, "board": 1.0}
    )
    assert answer.loss_if_absent.work_stops == pytest.approx(250 / 400)
    assert not [note for note in answer.notes if note.code == "equal_shares_assumed"]


def test_without_volumes_the_share_of_a_customer_is_the_share_of_its_processes() -> None:
    made = needs(
        ("A", "Q", "p1", "x", "help"), ("A", "R", "p2", "x", "help"), ("B", "R", "p3", "x", "help"),
        ("B", "Q", "p3", "x", "help"),
    )  # fmt: skip
    [x] = made.answer("Q").external_customers
    assert x.share == pytest.approx(2 / 3)
    assert made.answer("Q").internal_customers[0].dependence == 1.0


def test_only_another_supplier_of_the_same_thing_can_stand_in() -> None:
    made = needs(
        ("A", "Q", "p", "x", "help", 10.0, "test"), ("A", "R", "p", "x", "help", 10.0, "test"),
        ("A", "S", "p", "x", "help", 10.0, "steel"), ("B", "S", "p2", "x", "help", 30.0, ""),
        ("B", "Q", "p2", "x", "help", 30.0, ""),
    )  # fmt: skip
    assert made.answer("Q").loss_if_absent.rerouted == pytest.approx(30 / 40)
    assert made.answer("R").loss_if_absent.rerouted == 0.0
    assert made.answer("R").loss_if_absent.work_stops == pytest.approx(10 / 40)
    assert made.answer("R").indispensable_to == ()
    assert made.answer("S").indispensable_to == ("x", "A", "B")


def test_mixed_volumes_are_refused_with_the_rows_named() -> None:
    with pytest.raises(MixedVolumes, match="row 2, 3") as refused:
        needs(
            ("A", "Q", "p", "x", "help", 1.0), ("B", "Q", "p", "x", "help", None),
            ("C", "Q", "p", "x", "help", float("nan")),
        )  # fmt: skip
    assert refused.value.rows == (1, 2)


def test_help_that_only_goes_round_and_names_no_customer_is_refused() -> None:
    with pytest.raises(EndlessCycle, match="A, B, C") as refused:
        needs(("A", "B", "p", "", "help"), ("B", "C", "p", "", "help"), ("C", "A", "p", "", "help"))
    assert refused.value.units == ("A", "B", "C")


def test_two_who_help_each_other_for_a_named_customer_are_fine() -> None:
    made = needs(("A", "B", "p", "x", "help"), ("B", "A", "p", "x", "help"))
    assert made.answer("A").indispensable_to == ("x", "B")


def test_advice_and_release_by_the_same_gate_are_no_cycle() -> None:
    made = needs(("MFG", "QA", "p", "", "help"), ("MFG", "QA", "p", "", "release"))
    [mfg] = made.answer("QA").internal_customers
    assert (mfg.by_help, mfg.by_release, mfg.dependence) == (1.0, 1.0, 1.0)
    assert [x.name for x in made.answer("QA").external_customers] == ["unnamed (assumed)"]


def test_renaming_and_reordering_needs_changes_nothing_else() -> None:
    rows = [(n.customer, n.supplier, n.process, n.external, n.kind.value) for n in PLANT.needs]
    again = needs(*reversed(rows))
    assert [a.to_dict() for a in again.answers()] == [a.to_dict() for a in PLANT.answers()]
