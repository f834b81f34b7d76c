"""How promises were kept, and the sentence the gate's front page begins with. Figures are taken as they come
(`rules.PromiseFigures`)."""

from typing import Any

from fairgate.shared.translations import Translations


def front(waiting: int, without_slip: int, say: Translations) -> str:
    """The sentence the gate's front page begins with."""
    if waiting:
        text = say.ngettext("{n} thing waits for you here.", "{n} things wait for you here.", waiting)
    else:
        text = say.gettext("Nothing waits for you here.")
    said = text.format(n=f"{waiting:,}")
    if not without_slip:
        return said
    text = say.ngettext(
        "{n} decision against a request has no refusal slip yet.",
        "{n} decisions against requests have no refusal slip yet.",
        without_slip,
    )
    return f"{said} {text.format(n=f'{without_slip:,}')}"


def lead(figures: Any, say: Translations) -> str:
    """The percentage kept, of what has come due in the last twelve months."""
    due = figures.kept + figures.missed + figures.overdue
    if not due:
        return say.gettext("No promise has come due in the last twelve months.")
    return say.gettext(
        "{percent} of the promises that came due in the last twelve months were kept: {kept} of {due}."
    ).format(percent=percent(figures.kept / due), kept=f"{figures.kept:,}", due=f"{due:,}")


def range_(figures: Any, say: Translations) -> str:
    """What it can still become once every open promise is settled."""
    if not figures.open_:
        return say.gettext("None is open that could still be kept.") if figures.all else ""
    low, high = percent(figures.low), percent(figures.high)
    if low == high:
        text = say.ngettext(
            "{n} more is open and not yet due: whatever becomes of it, the figure will stay at {high}.",
            "{n} more are open and not yet due: whatever becomes of them, the figure will stay at {high}.",
            figures.open_,
        )
        return text.format(n=f"{figures.open_:,}", high=high)
    text = say.ngettext(
        "{n} more is open and not yet due: depending on it, the figure will lie between {low} and {high}.",
        "{n} more are open and not yet due: depending on them, the figure will lie between {low} and {high}.",
        figures.open_,
    )
    return text.format(n=f"{figures.open_:,}", low=low, high=high)


def basis(say: Translations) -> list[str]:
    """How the figures are known."""
    return [
        say.gettext(
            "Measured: counted from the decisions here of the last twelve calendar months, this one included."
        ),
        say.gettext(
            "A promise is the first date that was said. An early warning moves what is expected, not what was promised."
        ),
        say.gettext("A hold is no answer: its promise is open until the hold is resolved."),
        say.gettext(
            "What was withdrawn after its date had passed counts as missed; withdrawn before, it doesn’t count."
        ),
        say.gettext(
            "The range: at the lower end every promise still open is missed, at the upper end all that are not yet due are kept."
        ),
    ]


def percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f}%"
