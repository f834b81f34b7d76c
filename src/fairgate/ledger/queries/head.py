"""Both ends of the chain."""

from typing import NamedTuple

from django.db import connection

from fairgate.ledger.rules import GENESIS


class Ends(NamedTuple):
    """``sequence`` and ``digest`` of the last entry, and ``chain``, the digest of the first, by which this
    ledger is told from any other. Before the first entry: 0, `GENESIS` and ""."""

    sequence: int
    digest: str
    chain: str


def ends() -> Ends:
    with connection.cursor() as cursor:
        cursor.execute(_ENDS)
        row = cursor.fetchone()
    return Ends(*row) if row else Ends(0, GENESIS, "")


_ENDS = """
SELECT sequence, digest, (SELECT digest FROM ledger_entry ORDER BY sequence LIMIT 1)
FROM ledger_entry ORDER BY sequence DESC LIMIT 1
"""
