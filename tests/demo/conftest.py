"""Halden Pharma, made once for all tests that look at it."""

import itertools
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import connection, transaction

import databases
from fairgate.demo import actions
from fairgate.shared import clock
from fairgate.voice.actions import closing
from fairgate.voice.actions.leftovers import cut
from fairgate.voice.models import Period

if TYPE_CHECKING:
    from pytest_django import Settings
    from pytest_django.plugin import DjangoDbBlocker

TODAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
_ticks = itertools.count()


def now() -> datetime:
    """That morning, a little later at every look: what is newest stays newest."""
    return TODAY + timedelta(microseconds=next(_ticks))


@dataclass(frozen=True)
class Made:
    """The made demonstration: the name of its database, its folders, and what closing its periods forgot: the people who were
    asked, and about which decision."""

    database: str
    files: Path
    keys: Path
    asked: list[tuple[int, int]]


@pytest.fixture(scope="session")
def _made(
    django_db_setup: None, django_db_blocker: "DjangoDbBlocker", tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Made]:
    """Made on one day, whenever this runs, in a database of its own."""
    folder = tmp_path_factory.mktemp("pharma")
    usual = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), databases.copied(folder):
        made = Made(connection.settings_dict["NAME"], folder / "files", folder / "keys", [])
        with _the_same_every_time(folder, made):
            actions.make(name="halden-pharma")
        with databases.pointed_at(usual):
            yield made


@contextmanager
def _the_same_every_time(folder: Path, made: Made) -> Iterator[None]:
    """Who is asked for feedback follows from the link key and the period's id, random everywhere but here."""
    draw, of_period = random.Random(6), Period._meta.get_field("id")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", now)
        patch.setattr(of_period, "default", lambda: UUID(int=draw.getrandbits(128), version=4))
        patch.setattr(Period._meta.get_field("link_salt"), "default", b"")
        patch.setattr(closing, "cut", lambda period: _remembered(period, made.asked))
        for name, value in {
            "DATA": folder, "ANCHORS": folder / "anchors", "FILES": made.files, "KEYS": made.keys,
            "LINK_KEY": "the same people are asked every time",
        }.items():  # fmt: skip
            patch.setattr(f"django.conf.settings.{name}", value)
        yield


def _remembered(period: Period, asked: list[tuple[int, int]]) -> None:
    about = period.invitations.filter(decision__isnull=False)
    asked += about.values_list("person", "decision")
    cut(period)


@pytest.fixture
def halden(
    _made: Made, django_db_blocker: "DjangoDbBlocker", settings: "Settings", monkeypatch: pytest.MonkeyPatch
) -> Iterator[Made]:
    """Halden Pharma on the day it was made; what a test adds is rolled back."""
    settings.FILES, settings.KEYS = _made.files, _made.keys
    monkeypatch.setattr(clock, "now", now)
    with django_db_blocker.unblock(), databases.pointed_at(_made.database), transaction.atomic():
        yield _made
        transaction.set_rollback(True)
