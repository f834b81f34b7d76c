"""Reading the ledger."""

from fairgate.ledger.queries import anchor_file
from fairgate.ledger.queries.checking import verify
from fairgate.ledger.queries.head import Ends, ends
from fairgate.ledger.queries.installed import append_only_models, on_postgresql, on_sqlite

__all__ = [
    "Ends",
    "anchor_file",
    "append_only_models",
    "ends",
    "on_postgresql",
    "on_sqlite",
    "verify",
]
