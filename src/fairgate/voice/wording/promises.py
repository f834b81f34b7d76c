"""What is promised to those who answer: on the form, in its mail, in the agreement pack. Confidential, never more than that."""

from typing import Final

from fairgate.shared.translations import Translations, gettext_noop

# DESIGN 5, in these words.
THE_PROMISE: Final = gettext_noop(
    "Database, backups and logs without the period’s key link nobody beyond a cell; whoever controls the running server or holds "
    "the key could."
)
CELL: Final = gettext_noop(
    "A cell is a group of at least {fewest} answers that share everything kept of them, and of which no sentence got the same "
    "answer from all."
)
# Where an installation says nothing else.
TURN_TO: Final = gettext_noop(
    "Don’t report danger or misconduct here: nobody looks at this before the period has ended. Tell your supervisor, your safety "
    "officer or the reporting office of your organisation, now."
)

# Of taking part; said wherever figures are promised or shown.
HOW_MANY: Final = gettext_noop(
    "How many of a group answered is told exactly, but not where fewer than {fewest} did, or where it would tell how many of "
    "such a group did."
)
EVERYBODY: Final = gettext_noop(
    "If all of a group answered, everybody knows of each of them that they did; still not what they said."
)


def turn_to(own: str, say: Translations) -> str:
    """Where to go with danger or misconduct: as the installation says it, else the default."""
    return own or say.gettext(TURN_TO)


def on_the_form(until: str, fewest: int, say: Translations) -> list[str]:
    """``until``: the last day; ``fewest``: answers a cell has at least."""
    return [
        say.gettext(
            "Your answer is sealed when it arrives. Only the period’s key opens it, which the privacy officer keeps away from "
            "this server. After the period all answers are opened at once, shuffled, made coarser and stored without names, "
            "times and order."
        ),
        say.gettext(
            "Until {until} you may replace it or delete it. It can’t be shown again, not even to you."
        ).format(until=until),
        say.gettext(
            "Those who decided see tables over many answers, nothing else. Nobody sees how one decision was rated, and scores of "
            "single people don’t exist."
        ),
        say.gettext("This is confidential, not anonymous. In exact words: {promise}").format(
            promise=say.gettext(THE_PROMISE)
        ),
        say.gettext(CELL).format(fewest=fewest),
        say.gettext("How many of a group answered is told, where at least {fewest} did.").format(
            fewest=fewest
        )
        + " "
        + say.gettext(EVERYBODY),
    ]
