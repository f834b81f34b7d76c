"""An installation with a gate and nobody's records yet: Quality decides on what Manufacturing asks."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from journeys.serving import Server, fairgate, serving

PASSWORD = "four small words together"
SETTING_UP = f"""
from fairgate.gate import actions as gate
from fairgate.organisation import actions as organisation
from fairgate.organisation.models import Unit
from fairgate.organisation.rules import NeedKind, NeedRow, Origin
from fairgate.people import actions as people
from fairgate.shared.actor import System

program = System("journeys")
organisation.add(by=program, origin=Origin.TYPED, rows=[NeedRow(
    customer="Manufacturing", what="batch release", supplier="Quality", kind=NeedKind.RELEASE,
    process="Tablets", external="Patients")])
organisation.choose_function(by=program, name="Quality")
units = {{unit.name: unit for unit in Unit.objects.all()}}
gate.install(by=program, unit=units["Quality"].pk, code="quality")
for name, roles, unit in [
    ("Bob", ["lead", "reviewer"], "Quality"), ("Rita", ["reviewer"], "Quality"), ("Charlie", ["requester"], "Manufacturing"),
    ("Alice", ["steward"], ""), ("Dora", ["auditor"], ""),
]:
    person = people.add_person(by=program, name=name, username=name.lower(), roles=roles)
    if unit:
        organisation.add_member(by=program, person=person.pk, unit=units[unit])
    link = people.give_link(by=program, person=person)
    people.set_password_by_link(by=type(person).objects.get(pk=person.pk), token=link.token, password="{PASSWORD}")
"""


@contextmanager
def a_gate(migrated: Path, at: Path) -> Iterator[Server]:
    """`fairgate serve` on a copy of ``migrated`` with people, units and the preset for quality."""
    shutil.copytree(migrated, at)
    fairgate("manage", "shell", "-c", SETTING_UP, data=at)
    with serving(at, "serve") as server:
        yield server


def come_in(page: Page, server: Server, name: str) -> None:
    page.goto(f"{server.address}/people/sign-in/")
    page.get_by_label("Sign-in name or e-mail").fill(name.lower())
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
