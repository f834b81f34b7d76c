"""The outbox in words."""

from collections.abc import Mapping

from fairgate.mail.rules import Fault, Kind, State
from fairgate.shared.translations import ENGLISH, Translations, gettext_noop

STATE_NAMES: Mapping[State, str] = {
    State.WAITING: gettext_noop("waiting"),
    State.SENDING: gettext_noop("being sent"),
    State.SENT: gettext_noop("sent"),
    State.FAILED: gettext_noop("given up"),
    State.NOT_NEEDED: gettext_noop("not needed any more"),
}

KINDS: Mapping[Kind, str] = {
    Kind.OFF: gettext_noop("Mail isn’t set up: letters wait until it is (setting FAIRGATE_MAIL)."),
    Kind.CONSOLE: gettext_noop(
        "Letters are shown in the terminal of whoever runs “fairgate mail send”; nobody gets one by mail."
    ),
    Kind.FILE: gettext_noop("Letters are written to files on the server; nobody gets one by mail."),
    Kind.SMTP: gettext_noop("Letters go out through a mail server."),
}

FAULTS: Mapping[Fault, str] = {
    Fault.UNREACHABLE: gettext_noop("the mail server can’t be reached: check its name and port"),
    Fault.SLOW: gettext_noop("the mail server answered too late"),
    Fault.HUNG_UP: gettext_noop("the mail server ended the connection"),
    Fault.ENCRYPTION: gettext_noop(
        "no encrypted connection to the mail server: check its certificate and the port"
    ),
    Fault.SIGN_IN: gettext_noop("the mail server refused our name and password"),
    Fault.SENDER_REFUSED: gettext_noop(
        "the mail server sends nothing from our address: check FAIRGATE_MAIL_FROM"
    ),
    Fault.PUT_OFF: gettext_noop("the mail server asked to try later"),
    Fault.ADDRESS_REFUSED: gettext_noop("the mail server doesn’t accept the person’s address"),
    Fault.LETTER_REFUSED: gettext_noop("the mail server doesn’t accept the letter"),
    Fault.NO_ADDRESS: gettext_noop("the person has no e-mail address; their home page shows it, too"),
    Fault.MALFORMED: gettext_noop("the person’s e-mail address is none"),
    Fault.NOT_COMPOSED: gettext_noop(
        "the program failed while it wrote the letter; the server’s log says where"
    ),
    Fault.UNKNOWN_LETTER: gettext_noop("this version of the program doesn’t know such a letter"),
    Fault.IN_DOUBT: gettext_noop("something broke while it was on its way; it may have arrived or not"),
}


def counted(counts: Mapping[State, int], say: Translations = ENGLISH) -> str:
    """“3 waiting, 120 sent”."""
    told = [f"{count:,} {say.gettext(STATE_NAMES[state])}" for state, count in counts.items() if count]
    return ", ".join(told) or say.gettext("No letters yet")


def fault(which: Fault, count: int, say: Translations = ENGLISH) -> str:
    """“3: the mail server can’t be reached”."""
    return f"{count:,}: {say.gettext(FAULTS[which])}"
