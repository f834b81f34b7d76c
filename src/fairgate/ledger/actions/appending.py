"""Adding an entry."""

from collections.abc import Mapping

from django.conf import settings
from django.db import connection, transaction

from fairgate.ledger import queries
from fairgate.ledger.actions.anchoring import anchor_up_to, lock
from fairgate.ledger.models import Entry
from fairgate.ledger.rules import Subject, anchors, canonical, digest, stamp
from fairgate.ledger.rules.chain import ACTION, FIELDS, unrecordable
from fairgate.shared import clock
from fairgate.shared.actor import Actor


def append(
    *,
    by: Actor,
    action: str,
    subject: Subject,
    old: Mapping[str, object] | None = None,
    new: Mapping[str, object] | None = None,
    reason: str = "",
) -> Entry:
    """Add what ``by`` did to the ledger, inside the transaction that does it, as its last step.

    Appending takes a lock that is held until the transaction ends: whatever comes after keeps others waiting.
    ``action`` is a dotted code such as ``organisation.need-struck``. When the transaction has committed, the
    new head is anchored outside the database. Raises RuntimeError outside a transaction, ValueError for a
    code or text that cannot be recorded, TypeError for a value that has no text form.
    """
    if not connection.in_atomic_block:
        message = (
            "ledger.append belongs into the transaction of the action it records: use transaction.atomic"
        )
        raise RuntimeError(message)
    texts = {
        "actor_id": by.actor_id,
        "actor_name": by.actor_name,
        "actor_role": by.actor_role,
        "action": action,
        "subject_kind": subject.kind,
        "subject_id": subject.id,
        "subject_label": subject.label,
        "old": canonical(old),
        "new": canonical(new),
        "reason": reason,
    }
    _refuse_unrecordable(texts)
    lock()
    last = queries.ends()
    entry = _sealed(last, texts)
    entry.save(force_insert=True)
    if queries.ends().digest != entry.digest:  # a trigger of somebody else's can swallow a row without a word
        raise RuntimeError("ledger.append: the entry is not there. Run `fairgate verify`.")
    _anchor_after_commit(entry.sequence, last.chain or entry.digest)
    return entry


def _anchor_after_commit(count: int, chain: str) -> None:
    """Robust: what was committed stays committed where the folder of anchors cannot be written; the failure
    is logged and the next anchor covers it."""

    def anchoring() -> None:  # a function with a name: Django logs it by that
        anchor_up_to(count, chain=chain)

    transaction.on_commit(anchoring, robust=True)


def _sealed(last: queries.Ends, texts: Mapping[str, str]) -> Entry:
    entry = Entry(
        sequence=last.sequence + 1,
        at=stamp(clock.now()),
        anchored=_anchored(last.chain),
        previous=last.digest,
        **texts,
    )
    entry.digest = digest([str(getattr(entry, name)).encode() for name in FIELDS])
    return entry


def _anchored(chain: str) -> int:
    try:
        newest = queries.anchor_file.last(anchors.file_of(settings.ANCHORS, chain))
    except OSError:  # the entry matters more than what it could say about its anchors
        return 0
    return newest.count if newest else 0


def _refuse_unrecordable(texts: Mapping[str, str]) -> None:
    if not ACTION.fullmatch(texts["action"]):
        message = f"ledger: found the action {texts['action']!r}, expected a code like 'unit.renamed'"
        raise ValueError(message)
    for name, text in texts.items():
        if problem := unrecordable(text):
            message = f"ledger: the field {name} {problem}"
            raise ValueError(message)
