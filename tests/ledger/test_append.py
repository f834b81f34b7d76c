"""Appending: what an entry says, when it is refused, and that nobody's entry is lost."""

import hashlib
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from conftest import Installation
from fairgate.ledger import actions
from fairgate.ledger.models import Entry
from fairgate.ledger.rules import GENESIS, Subject, canonical, digest, stamp
from fairgate.ledger.rules.chain import FIELDS
from fairgate.shared.actor import System
from ledger.conftest import check, write

SUBJECT = Subject("unit", "7", "Packaging")


def sealed(fields: list[str]) -> str:
    """Written from the description in `ledger.rules.chain`, not with its code."""
    encoded = [field.encode("utf-8") for field in fields]
    lengths = ",".join(str(len(field)) for field in encoded).encode("ascii")
    return hashlib.sha256(b"fairgate ledger 1\n" + lengths + b"\n" + b"".join(encoded)).hexdigest()


@pytest.mark.django_db
def test_an_entry_says_who_did_what_to_what_from_what_to_what_why_and_when() -> None:
    before = datetime.now(UTC)
    entry = actions.append(
        by=System("command-line"),
        action="organisation.need-struck",
        subject=SUBJECT,
        old={"kind": "help"},
        new={"kind": "release", "aus": "Übergabe"},
        reason="Sie brauchen es nicht",
    )
    kept = Entry.objects.get()
    assert (kept.actor_id, kept.actor_name, kept.actor_role) == (
        "system:command-line",
        "command-line",
        "system",
    )
    assert (kept.subject_kind, kept.subject_id, kept.subject_label) == SUBJECT
    assert (kept.old, kept.new) == ('{"kind":"help"}', '{"aus":"Übergabe","kind":"release"}')
    assert before <= datetime.fromisoformat(kept.at) <= datetime.now(UTC)
    assert (kept.sequence, kept.previous, kept.anchored) == (1, GENESIS, 0)
    assert kept.digest == entry.digest


@pytest.mark.django_db
def test_the_seal_is_the_one_the_documentation_describes() -> None:
    write(2, reason="ä : , 12:x, \n\t\"'")
    first, second = Entry.objects.all()
    for entry in (first, second):
        values = [
            entry.sequence, entry.at, entry.actor_id, entry.actor_name, entry.actor_role, entry.action,
            entry.subject_kind, entry.subject_id, entry.subject_label, entry.old, entry.new, entry.reason,
            entry.anchored, entry.previous,
        ]  # fmt: skip
        assert entry.digest == sealed([str(value) for value in values])
    assert second.previous == first.digest


def test_every_field_but_the_digest_is_sealed() -> None:
    assert {*FIELDS, "digest"} == {field.name for field in Entry._meta.concrete_fields}


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.data())
def test_two_ways_to_cut_a_text_into_fields_never_share_a_seal(text: str, data: st.DataObject) -> None:
    def cut() -> list[bytes]:
        cuts = data.draw(
            st.lists(st.integers(0, len(text)), min_size=len(FIELDS) - 1, max_size=len(FIELDS) - 1)
        )
        places = [0, *sorted(cuts), len(text)]
        return [text[start:end].encode() for start, end in pairwise(places)]

    one, other = cut(), cut()
    assert (digest(one) == digest(other)) == (one == other)


def test_outside_a_transaction_it_is_refused(installation: Installation) -> None:
    with pytest.raises(RuntimeError, match=r"transaction\.atomic"):
        actions.append(by=System("x"), action="test.written", subject=SUBJECT)
    assert not Entry.objects.exists()


def test_a_rollback_leaves_nothing(installation: Installation) -> None:
    write(2)
    with suppress(RuntimeError), transaction.atomic():
        write(3)
        raise RuntimeError
    write()
    assert check().ok
    assert check().entries == 3


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["", "struck", "Organisation.Struck", "organisation.need struck", "a.b;"])
def test_an_action_that_is_no_code_is_refused(action: str) -> None:
    with pytest.raises(ValueError, match="expected a code"):
        actions.append(by=System("x"), action=action, subject=SUBJECT)


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["zero\x00byte", "half \ud800 character"])
def test_text_that_no_database_keeps_is_refused_by_field(reason: str) -> None:
    with pytest.raises(ValueError, match="the field reason contains"):
        actions.append(by=System("x"), action="test.written", subject=SUBJECT, reason=reason)


def test_values_become_text_that_depends_on_nothing_but_the_values() -> None:
    values = {
        "b": Decimal("1.50"),
        "a": [date(2026, 1, 2), datetime(2026, 1, 2, tzinfo=UTC)],
        "c": UUID(int=1),
        "d": None,
    }
    assert canonical(values) == canonical(dict(reversed(values.items())))
    assert canonical(values) == (
        '{"a":["2026-01-02","2026-01-02T00:00:00+00:00"],"b":"1.50",'
        '"c":"00000000-0000-0000-0000-000000000001","d":null}'
    )
    assert (canonical(None), canonical({})) == ("", "{}")
    with pytest.raises(TypeError, match="cannot record a set"):
        canonical({"a": {1}})
    with pytest.raises(ValueError):
        canonical({"a": float("nan")})


@given(st.datetimes(timezones=st.timezones()), st.datetimes(timezones=st.timezones()))
def test_the_order_of_stamps_is_the_order_of_time(one: datetime, other: datetime) -> None:
    try:
        stamps = stamp(one), stamp(other)
    except OverflowError:
        return
    if one.year >= 1000 <= other.year:
        assert (stamps[0] < stamps[1]) == (one.astimezone(UTC) < other.astimezone(UTC))
        assert datetime.fromisoformat(stamps[0]) == one.astimezone(UTC)


WRITER = """
import sys, django
django.setup()
from django.db import transaction
from fairgate.ledger import actions
from fairgate.ledger.rules import Subject
from fairgate.shared.actor import System
for number in range(int(sys.argv[2])):
    with transaction.atomic():
        for part in range(2):
            subject = Subject("n", f"{number}.{part}", "")
            actions.append(by=System(sys.argv[1]), action="test.written", subject=subject)
"""


def test_eight_processes_at_once_lose_nothing(installation: Installation) -> None:
    each = 20
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, f"writer-{n}", str(each)], env=installation.environment
        )
        for n in range(8)
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0] * 8
    connection.close()
    found = check()
    assert found.findings == ()
    assert found.entries == found.anchored == 8 * each * 2
    written = Entry.objects.values_list("actor_name", "subject_id")
    assert set(written) == {
        (f"writer-{n}", f"{i}.{part}") for n in range(8) for i in range(each) for part in (0, 1)
    }
    own_order = [entry.subject_id for entry in Entry.objects.filter(actor_name="writer-3")]
    assert own_order == [f"{i}.{part}" for i in range(each) for part in (0, 1)]


def test_checking_while_others_write_finds_nothing(installation: Installation) -> None:
    """Entries and anchors that come in meanwhile are left out of both."""
    write()
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, "busy", "60"], env=installation.environment
    ) as writer:
        checks = []
        while writer.poll() is None:
            checks.append(check())
    assert [found.findings for found in checks] == [()] * len(checks)
    assert len({found.entries for found in checks}) > 3
    assert check().entries == 121
