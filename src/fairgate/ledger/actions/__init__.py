"""Writing the ledger: append, anchor, and keep its tables append-only."""

from fairgate.ledger.actions.anchoring import anchor
from fairgate.ledger.actions.appending import append
from fairgate.ledger.actions.tables import append_only, reassert

__all__ = ["anchor", "append", "append_only", "reassert"]
