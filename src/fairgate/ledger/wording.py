"""The ledger's findings as sentences. ``gettext`` is whatever translates: `django.utils.translation.gettext`,
or ``str`` for English."""

from collections.abc import Callable

from fairgate.ledger.rules import Code, Finding, Verification

Translate = Callable[[str], str]


def finding(found: Finding, gettext: Translate = str) -> str:
    """One finding as a sentence."""
    values = {"sequence": found.sequence, **found.detail}
    return _sentence(found.code, gettext) % values


def summary(checked: Verification, gettext: Translate = str) -> str:
    """The whole check in one or two sentences. Tamper-evident is what the ledger is; nothing makes it
    tamper-proof."""
    if not checked.ok:
        count = len(checked.findings) + checked.unlisted
        return gettext("The ledger was altered or damaged: %(count)d findings in %(entries)d entries.") % {
            "count": count,
            "entries": checked.entries,
        }
    if not checked.entries:
        return gettext("The ledger is empty.")
    text = gettext(
        "The ledger is whole: %(entries)d entries, each sealed and continuing the one before; "
        "anchors outside the database confirm the first %(anchored)d."
    )
    return text % {"entries": checked.entries, "anchored": checked.anchored}


def _sentence(code: Code, gettext: Translate) -> str:
    return {
        Code.EDITED: gettext(
            "Entry %(sequence)s was changed after it was written: its seal does not fit it."
        ),
        Code.BROKEN_LINK: gettext(
            "Entry %(sequence)s does not continue the entry before it: "
            "something was changed, put in or moved."
        ),
        Code.MISSING: gettext("Entries %(first)s to %(last)s are missing."),
        Code.REPEATED: gettext("Entry %(sequence)s is there more than once."),
        Code.ANCHOR_MISMATCH: gettext(
            "Entry %(sequence)s is not the one that was anchored at %(at)s: "
            "the ledger was rewritten up to there, or the anchor was."
        ),
        Code.TAIL_CUT: gettext(
            "The end is missing: anchors know %(known)s entries, the database has them up to %(found)s."
        ),
        Code.ANCHORS_MISSING: gettext(
            "There is no anchor file for this ledger, which has %(entries)s entries. Whether later ones were "
            "removed, or the whole ledger exchanged for another, cannot be known without anchors."
        ),
        Code.ANCHORS_SHORTENED: gettext(
            "The anchor file reaches from entry %(first)s to %(last)s, but entries say that anchors reached "
            "%(known)s: lines were removed from it. "
            "Whether entries after the last anchor were removed cannot be known."
        ),
        Code.ANCHOR_EDITED: gettext(
            "Line %(line)s of the anchor file was changed, or lines before it were removed. "
            "What the file says cannot be relied on."
        ),
        Code.OTHER_LEDGER: gettext(
            "The anchor folder also has %(file)s, of a ledger with %(known)s entries, last anchored %(at)s. "
            "Either this ledger took its place, or two installations share the folder: give each its own."
        ),
        Code.TRIGGER_MISSING: gettext(
            "The trigger %(trigger)s on %(table)s is missing: rows can be changed."
        ),
        Code.TRIGGER_CHANGED: gettext("The trigger %(trigger)s on %(table)s was changed or switched off."),
        Code.TRIGGER_UNEXPECTED: gettext(
            "%(trigger)s on %(table)s is not one of ours: it may swallow or change rows."
        ),
        Code.TABLE_LOOSE: gettext("The table %(table)s was rebuilt without its strict types."),
    }[code]
