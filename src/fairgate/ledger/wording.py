"""The ledger's findings as sentences."""

from fairgate.ledger.rules import Code, Finding, Verification
from fairgate.shared.translations import ENGLISH, Translations, gettext_noop


def finding(found: Finding, say: Translations = ENGLISH) -> str:
    """One finding as a sentence."""
    return say.gettext(_SENTENCES[found.code]).format(sequence=found.sequence, **found.detail)


def summary(checked: Verification, say: Translations = ENGLISH) -> str:
    """The whole check in one or two sentences. Tamper-evident is what the ledger is; nothing makes it
    tamper-proof."""
    if not checked.ok:
        return say.ngettext(
            "The ledger was altered or damaged: {count} finding in {entries} entries.",
            "The ledger was altered or damaged: {count} findings in {entries} entries.",
            count := len(checked.findings) + checked.unlisted,
        ).format(count=count, entries=checked.entries)
    if not checked.entries:
        return say.gettext("The ledger is empty.")
    return say.gettext(
        "The ledger is whole: {entries} entries, each sealed and continuing the one before; "
        "anchors outside the database confirm the first {anchored}."
    ).format(entries=checked.entries, anchored=checked.anchored)


_SENTENCES: dict[Code, str] = {
    Code.EDITED: gettext_noop("Entry {sequence} was changed after it was written: its seal does not fit it."),
    Code.BROKEN_LINK: gettext_noop(
        "Entry {sequence} does not continue the entry before it: something was changed, put in or moved."
    ),
    Code.MISSING: gettext_noop("Entries {first} to {last} are missing."),
    Code.REPEATED: gettext_noop("Entry {sequence} is there more than once."),
    Code.ANCHOR_MISMATCH: gettext_noop(
        "Entry {sequence} is not the one that was anchored at {at}: "
        "the ledger was rewritten up to there, or the anchor was."
    ),
    Code.TAIL_CUT: gettext_noop(
        "The end is missing: anchors know {known} entries, the database has them up to {found}."
    ),
    Code.ANCHORS_MISSING: gettext_noop(
        "There is no anchor file for this ledger, which has {entries} entries. Whether later ones were "
        "removed, or the whole ledger exchanged for another, cannot be known without anchors."
    ),
    Code.ANCHORS_SHORTENED: gettext_noop(
        "The anchor file reaches from entry {first} to {last}, but entries say that anchors reached "
        "{known}: lines were removed from it. "
        "Whether entries after the last anchor were removed cannot be known."
    ),
    Code.ANCHOR_EDITED: gettext_noop(
        "Line {line} of the anchor file was changed, or lines before it were removed. "
        "What the file says cannot be relied on."
    ),
    Code.OTHER_LEDGER: gettext_noop(
        "The anchor folder also has {file}, of a ledger with {known} entries, last anchored {at}. "
        "Either this ledger took its place, or two installations share the folder: give each its own."
    ),
    Code.TRIGGER_MISSING: gettext_noop("The trigger {trigger} on {table} is missing: rows can be changed."),
    Code.TRIGGER_CHANGED: gettext_noop("The trigger {trigger} on {table} was changed or switched off."),
    Code.TRIGGER_UNEXPECTED: gettext_noop(
        "{trigger} on {table} is not one of ours: it may swallow or change rows."
    ),
    Code.TABLE_LOOSE: gettext_noop("The table {table} was rebuilt without its strict types."),
    Code.INDEX_UNEXPECTED: gettext_noop(
        "The unique index {index} on {table} is not one of ours: rows can be replaced through it."
    ),
}
