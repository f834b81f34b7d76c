"""What the ledger is, without a database: how an entry is sealed, what an anchor says, what a check can
find."""

from fairgate.ledger.rules.anchors import Anchor
from fairgate.ledger.rules.chain import GENESIS, Subject, canonical, digest, stamp
from fairgate.ledger.rules.findings import Code, Finding, Findings, Verification

__all__ = [
    "GENESIS",
    "Anchor",
    "Code",
    "Finding",
    "Findings",
    "Subject",
    "Verification",
    "canonical",
    "digest",
    "stamp",
]
