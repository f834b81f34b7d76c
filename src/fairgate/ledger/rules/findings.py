"""What a check of the ledger can find: codes and parameters; `ledger.wording` makes sentences of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """What is wrong with the ledger."""

    EDITED = "edited"  # the entry's digest does not fit its fields
    BROKEN_LINK = "broken-link"  # the entry does not continue the one before
    MISSING = "missing"  # sequence numbers are left out
    REPEATED = "repeated"  # a sequence number comes twice
    ANCHOR_MISMATCH = "anchor-mismatch"  # an anchor recorded another digest at this place
    TAIL_CUT = "tail-cut"  # anchors know more entries than there are
    ANCHORS_MISSING = "anchors-missing"  # no anchor file for this ledger
    ANCHORS_SHORTENED = "anchors-shortened"  # entries saw anchors that the file no longer has
    ANCHOR_EDITED = "anchor-edited"  # a line was changed, or its neighbour taken out
    OTHER_LEDGER = "other-ledger"  # anchors of a ledger that is not this one
    TRIGGER_MISSING = "trigger-missing"
    TRIGGER_CHANGED = "trigger-changed"
    TRIGGER_UNEXPECTED = "trigger-unexpected"
    TABLE_LOOSE = "table-loose"  # SQLite: the table no longer insists on types, or has a hidden row number
    INDEX_UNEXPECTED = "index-unexpected"  # SQLite: REPLACE deletes through a unique index


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: its code, the entry it concerns (None when it concerns none), and
    parameters."""

    code: Code
    sequence: int | None = None
    detail: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of checking a whole ledger.

    ``entries``: how many were read; ``head``: the digest of the last, "" for an empty ledger; ``anchored``:
    how far the anchors reach; ``findings``: the first hundred; ``unlisted``: how many more there are.
    """

    entries: int
    head: str
    anchored: int
    findings: tuple[Finding, ...]
    unlisted: int

    @property
    def ok(self) -> bool:
        return not self.findings


@dataclass(slots=True)
class Findings:
    """Collects findings, keeping the first hundred: a ledger wrong from end to end must not fill the
    memory."""

    limit: int = 100
    kept: list[Finding] = field(default_factory=list)
    unlisted: int = 0

    def add(self, code: Code, sequence: int | None = None, **detail: str | int) -> None:
        if len(self.kept) < self.limit:
            self.kept.append(Finding(code, sequence, detail))
        else:
            self.unlisted += 1
