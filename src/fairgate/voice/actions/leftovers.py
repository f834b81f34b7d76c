"""Getting rid of what deleting leaves behind.

The sealed bytes are unreadable without the key, and who had answered is all that their place tells. Still, what is deleted
here is overwritten as far as a database can be told to: SQLite zeroes freed pages and empties its write-ahead log, PostgreSQL
vacuums the tables where the role may. Backups, replicas and disks that keep old blocks are beyond it: that is why the promise
rests on the period's key, and on nothing here.
"""

import logging
from contextlib import suppress

from django.db import DatabaseError, connection, transaction

from fairgate.mail import actions as mail
from fairgate.shared.actor import System
from fairgate.voice.models import Envelope, Period

_log = logging.getLogger(__name__)


def zero_freed_pages() -> None:
    """SQLite, for this connection from now on; the default would leave the bytes where they were."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def forget(period: Period) -> None:
    """Every envelope of the period, and what the outbox knows of its letters."""
    zero_freed_pages()
    envelopes = Envelope.objects.filter(invitation__period=period)
    envelopes._raw_delete(envelopes.db)  # nothing hangs on an envelope; one statement, none of them loaded
    mail.forget(by=System("voice"), topic=topic_of(period))


def cut(period: Period) -> None:
    """About what everybody was asked, and when (the day after the decision), and what their links were made of. One statement
    for all rows, of those who answered and of those who didn't."""
    period.invitations.update(
        unit=None, decision=None, kind=None, outcome="", supplier=None, asked_on=None, nonce=b""
    )
    period.link_salt = b""
    period.save(update_fields=["link_salt"])


def topic_of(period: Period) -> str:
    return f"voice.period:{period.pk}"


def scrub_after_commit() -> None:
    transaction.on_commit(_scrub, robust=True)


def _scrub() -> None:
    for statement in _SCRUBBING.get(connection.vendor, ()):
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute(statement)


_SCRUBBING = {
    "sqlite": ["PRAGMA wal_checkpoint(TRUNCATE)"],
    "postgresql": [f"VACUUM voice_{table}" for table in ("envelope", "invitation", "period")],
}
