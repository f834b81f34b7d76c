"""States of a job in words."""

from fairgate.shared.translations import gettext_noop
from fairgate.work.rules import State

STATE_NAMES: dict[State, str] = {
    State.WAITING: gettext_noop("waiting"),
    State.RUNNING: gettext_noop("running"),
    State.DONE: gettext_noop("done"),
    State.FAILED: gettext_noop("failed"),
    State.CANCELLED: gettext_noop("cancelled"),
}

STATE_SENTENCES: dict[State, str] = {
    State.WAITING: gettext_noop("Waiting for its turn. It starts as soon as the work before it is finished."),
    State.RUNNING: gettext_noop("Running. You can leave this page: the work goes on."),
    State.DONE: gettext_noop("Done."),
    State.FAILED: gettext_noop("This could not be done. Nothing was saved."),
    State.CANCELLED: gettext_noop("Cancelled. Nothing was saved."),
}

UNKNOWN_TASK = gettext_noop("This version of the program does not know the task “{name}”.")
PROGRAM_ERROR = gettext_noop("The program met an error it did not expect ({kind}). Details are in {log}.")
KILLED = gettext_noop(
    "The process was stopped from outside (signal {signal}); often the machine ran out of memory. "
    "What it wrote until then is in {log}."
)
ENDED_EARLY = gettext_noop(
    "The process ended without finishing (code {code}). What it wrote until then is in {log}."
)
GAVE_UP = gettext_noop(
    "It was begun {attempts} times, and each time the program stopped while it was running."
)
