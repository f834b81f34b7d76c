"""What import-linter cannot see: foreign keys and templates given as strings climb no stairs, and every record is
either mutable or written once, in the list and in the database."""

import configparser
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.db import connection, models
from django.template import Engine
from django.test.utils import isolate_apps

import fairgate
from fairgate.config import records
from fairgate.ledger import queries
from fairgate.ledger.models import AppendOnly
from fairgate.ledger.queries import installed
from fairgate.ledger.rules import Findings

CONTRACTS = Path(__file__).parents[1] / ".importlinter"
PACKAGE = Path(fairgate.__file__).parent


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("fairgate.")]


def heights() -> dict[str, int]:
    """Each room's floor, counted from the top, as the contract has it."""
    contracts = configparser.ConfigParser()
    contracts.read(CONTRACTS, encoding="utf-8")
    floors = contracts["importlinter:contract:floors"]["layers"].strip().splitlines()
    return {room.strip(" ()"): -floor for floor, line in enumerate(floors) for room in line.split("|")}


def climbs(here: str, there: str) -> bool:
    """Whether the room ``there`` is above ``here``, or a neighbour on the same floor."""
    floor = heights()
    return here != there and floor[there] >= floor[here]


def upward_keys(of: Iterable[type[models.Model]]) -> Iterator[str]:
    """Keys to a room above, or to a neighbour on the same floor."""
    floor = heights()
    for model in of:
        for field in model._meta.get_fields(include_hidden=True):
            target = field.related_model if field.concrete else None
            if target is None or isinstance(target, str) or target._meta.app_label not in floor:
                continue
            if climbs(model._meta.app_label, target._meta.app_label):
                yield f"{model._meta.label}.{field.name} -> {target._meta.label}"


def test_the_floors_are_read_from_the_contract() -> None:
    floor = heights()
    assert floor["people"] > floor["work"] > floor["web"] > floor["files"] > floor["ledger"] > floor["shared"]
    assert floor["mail"] == floor["files"]
    assert {model._meta.app_label for model in our_models()} <= set(floor)


def test_no_foreign_key_climbs_a_floor() -> None:
    assert list(upward_keys(our_models())) == []


@isolate_apps("fairgate.people", "fairgate.files", "fairgate.ledger", "fairgate.work")
def test_a_foreign_key_that_climbs_is_found_though_it_is_a_string() -> None:
    class Person(models.Model):  # noqa: DJ008 - nobody shows it
        class Meta:
            app_label = "people"

    class Job(models.Model):  # noqa: DJ008 - nobody shows it
        class Meta:
            app_label = "work"

    class Letter(models.Model):  # noqa: DJ008 - nobody shows it
        class Meta:
            app_label = "mail"

    class Scan(models.Model):  # noqa: DJ008 - nobody shows it
        owner = models.ForeignKey("people.Person", models.PROTECT)
        readers = models.ManyToManyField("people.Person", related_name="+")
        job = models.ForeignKey("work.Job", models.PROTECT)
        came_with = models.ForeignKey("mail.Letter", models.PROTECT)
        before = models.ForeignKey("self", models.PROTECT)

        class Meta:
            app_label = "files"

    class Signature(models.Model):  # noqa: DJ008 - nobody shows it
        scan = models.ForeignKey("files.Scan", models.PROTECT)

        class Meta:
            app_label = "people"

    assert list(upward_keys([Person, Job, Letter, Scan, Signature])) == [
        "files.Scan.owner -> people.Person",
        "files.Scan.job -> work.Job",
        "files.Scan.came_with -> mail.Letter",
        "files.Scan.readers -> people.Person",
    ]


TAGS = re.compile(r"{%\s*(extends|include|static|load)\s+(.*?)\s*%}")


def upward_templates(room: str, text: str) -> Iterator[str]:
    """What a template of ``room`` is made of that belongs to a room above or to a neighbour. A link (``{% url %}``) may
    lead anywhere: pages refer to each other in both directions, and no page breaks when the room it leads to changes."""
    for tag, what in TAGS.findall(text):
        for there in owners(tag, what):
            if climbs(room, there):
                yield f"{tag} {what}"


def owners(tag: str, what: str) -> Iterator[str]:
    """The rooms of ours that what a tag names belongs to."""
    engine = Engine.get_default()
    if tag == "load":
        modules = [engine.libraries[name] for name in what.partition(" from ")[2].split() or what.split()]
        yield from (module.split(".")[1] for module in modules if module.startswith("fairgate."))
        return
    quoted = re.match(r"""['"](.+?)['"]""", what)
    assert quoted, (
        f"{{% {tag} {what} %}}: found a name that only a request knows, expected it in quotation marks"
    )
    if tag == "static":
        yield from {quoted[1].split("/")[0]} & heights().keys()
    elif (origin := Path(engine.get_template(quoted[1]).origin.name)).is_relative_to(PACKAGE):
        yield origin.relative_to(PACKAGE).parts[0]


def test_no_template_is_made_of_what_belongs_above() -> None:
    templates = list(PACKAGE.glob("*/templates/**/*.html"))
    assert len(templates) > 40
    found = {
        str(path.relative_to(PACKAGE)): list(
            upward_templates(path.relative_to(PACKAGE).parts[0], path.read_text())
        )
        for path in templates
    }
    assert {path: upward for path, upward in found.items() if upward} == {}


@pytest.mark.parametrize(
    "upward",
    [
        "{% extends 'people/person.html' %}",
        '{% include "organisation/trail.html" with x=1 %}',
        "{% load i18n people %}",
        "{%static 'organisation/organisation.css' %}",
    ],
)
def test_a_template_that_climbs_is_found(upward: str) -> None:
    assert len(list(upward_templates("work", upward + '{% extends "web/base.html" %}'))) == 1
    assert list(upward_templates("overview", upward)) == []


def test_the_addresses_of_a_room_lead_to_its_own_views() -> None:
    """import-linter looks at every other file (the contract "front-doors"); `urls` has to know views, its own."""
    graph = grimp.build_graph("fairgate")
    front = re.compile(r"fairgate\.(\w+)\.(urls|views|api|jobs)\b")
    leading = {
        module: match[1] for module in graph.modules if (match := front.match(module)) and match[2] == "urls"
    }
    assert {"people", "organisation", "work"} <= set(leading.values())
    elsewhere = [
        f"{module} -> {there}"
        for module, room in leading.items()
        for there in graph.find_modules_directly_imported_by(module)
        if (match := front.match(there)) and match[1] != room
    ]
    assert elsewhere == []


def test_every_record_is_declared_mutable_or_append_only() -> None:
    assert {model._meta.label for model in our_models()} == records.MUTABLE | records.APPEND_ONLY
    assert not records.MUTABLE & records.APPEND_ONLY


def test_the_list_and_the_models_agree_on_what_is_append_only() -> None:
    assert {
        model._meta.label for model in our_models() if issubclass(model, AppendOnly)
    } == records.APPEND_ONLY


@pytest.mark.parametrize("label", sorted(records.APPEND_ONLY))
def test_an_append_only_record_has_no_unique_column_but_its_key(label: str) -> None:
    """On SQLite, REPLACE deletes the row it collides with, and no DELETE trigger fires."""
    meta = apps.get_model(label)._meta
    assert [field.name for field in meta.concrete_fields if field.unique and not field.primary_key] == []
    assert meta.unique_together == ()
    assert [each for each in meta.constraints if isinstance(each, models.UniqueConstraint)] == []


@pytest.mark.django_db
def test_the_database_refuses_to_change_what_is_append_only() -> None:
    findings = Findings()
    installed.check(findings)
    assert findings.kept == []
    assert {model._meta.label for model in queries.append_only_models()} == records.APPEND_ONLY


@pytest.mark.django_db
@pytest.mark.parametrize("label", sorted(records.APPEND_ONLY))
def test_a_table_that_lost_a_trigger_is_found(label: str) -> None:
    table = apps.get_model(label)._meta.db_table
    names = queries.on_sqlite(table) if connection.vendor == "sqlite" else queries.on_postgresql(table)
    assert len(names) >= 2
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else f' ON "{table}"'
        cursor.execute(f'DROP TRIGGER "{min(names)}"{on}')
    findings = Findings()
    installed.check(findings)
    assert [found.detail for found in findings.kept] == [{"table": table, "trigger": min(names)}]
