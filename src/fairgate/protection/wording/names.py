"""What codes and columns are called."""

from fairgate.protection.rules import ImportState, Level, Nature, Side, Unlinkable, WouldHave
from fairgate.shared.translations import gettext_noop

LABELS: dict[str, str] = {
    "product": gettext_noop("Product and strength"),
    "lot": gettext_noop("Lot"),
    "complainant": gettext_noop("Who complained"),
    "nature": gettext_noop("What is wrong"),
    "severity": gettext_noop("Severity"),
    "received": gettext_noop("Received on"),
    "reply": gettext_noop("Reply"),
    "external": gettext_noop("External customer"),
    "key": gettext_noop("Number in the other system"),
    "not_investigated": gettext_noop("Why not"),
    "reference": gettext_noop("Number in the quality system"),
}
HINTS: dict[str, str] = {
    "lot": gettext_noop("The lot, contract or document it is about, as it is written on the request."),
    "complainant": gettext_noop("A person: shown to the function, to auditors and to executives only."),
    "external": gettext_noop("As it is called in the organisation."),
    "reply": gettext_noop("What they were answered, if they were."),
}
WOULD_HAVE: dict[WouldHave, str] = {
    WouldHave.HARM: gettext_noop("harm to somebody"),
    WouldHave.RECALL: gettext_noop("a recall, or a return by the customer"),
    WouldHave.REWORK: gettext_noop("rework"),
    WouldHave.COSMETIC: gettext_noop("a blemish only"),
    WouldHave.NOTHING: gettext_noop("nothing"),
}
SEVERITIES: dict[Level, str] = {
    Level.MINOR: gettext_noop("minor"),
    Level.MAJOR: gettext_noop("major"),
    Level.CRITICAL: gettext_noop("critical"),
}
NATURES: dict[Nature, str] = {
    Nature.COMPLAINT: gettext_noop("complaint"),
    Nature.FINDING: gettext_noop("found inside"),
}
SIDES: dict[Side, str] = {
    Side.FUNCTION: gettext_noop("The function"),
    Side.CUSTOMER: gettext_noop("The unit that asked"),
}
STATES: dict[ImportState, str] = {
    ImportState.READY: gettext_noop("checked, not saved"),
    ImportState.FAULTY: gettext_noop("has problems"),
    ImportState.APPLIED: gettext_noop("saved"),
    ImportState.DISCARDED: gettext_noop("discarded"),
}
UNLINKABLE: dict[Unlinkable, str] = {
    Unlinkable.NOT_APPROVING: gettext_noop("That decision let nothing out: it didn’t approve."),
    Unlinkable.REPLACED: gettext_noop("That decision was replaced by a later one, which is the one to link."),
    Unlinkable.DECIDED_LATER: gettext_noop(
        "That decision was given after the complaint came in, so it can’t have let it out."
    ),
    Unlinkable.NOT_LINKED: gettext_noop("The two aren’t linked."),
    Unlinkable.NO_REASON: gettext_noop("A reason is needed."),
    Unlinkable.FEW_WORDS: gettext_noop("Say it in a few words: what was found, and by whom."),
}
