"""The sentence above everything."""

from fairgate.shared.translations import Translations
from fairgate.voice.rules import Results, ShownRow
from fairgate.voice.wording import items
from fairgate.voice.wording.results.names import sentence
from fairgate.voice.wording.results.shares import good, in_100


def lead(found: Results, say: Translations) -> str:
    """The sentence to take away: how many answered, and where they agree most and least."""
    said = _who_answered(found, say)
    rated = [
        (good(row), row)
        for row in _all_together(found)
        if row.parts is not None and row.item not in items.APART
    ]
    if len(rated) < 2:
        return f"{said} {few(say)}" if not rated else said
    least, most = min(rated, key=lambda it: sum(it[0])), max(rated, key=lambda it: sum(it[0]))
    if sum(least[0]) == sum(most[0]):
        return said
    if len(rated) < len(items.ITEMS):
        text = say.gettext(
            "Of the sentences that can be shown, most agree that “{most}” ({high}), fewest that “{least}” ({low})."
        )
    else:
        text = say.gettext("Most agree that “{most}” ({high}), fewest that “{least}” ({low}).")
    return f"{said} " + text.format(
        most=sentence(most[1].item, say).rstrip("."),
        high=in_100(*most[0], say),
        least=sentence(least[1].item, say).rstrip("."),
        low=in_100(*least[0], say),
    )


def _who_answered(found: Results, say: Translations) -> str:
    if found.answered is None:
        return say.gettext("In {period}, fewer than five of {asked} people who were asked answered.").format(
            period=found.row.name, asked=found.asked
        )
    return say.gettext(
        "In {period}, {answered} of {asked} people who were asked answered ({rate} in 100)."
    ).format(
        period=found.row.name,
        answered=found.answered,
        asked=found.asked,
        rate=round(100 * found.answered / found.asked) if found.asked else 0,
    )


def few(say: Translations) -> str:
    """Why there is no figure, and what to do instead."""
    return say.gettext(
        "Too few for any figure. With so few people conversations tell more: interviews, promises kept, what was caught."
    )


def _all_together(found: Results) -> list[ShownRow]:
    """The rows over everybody, where there is one such group."""
    table = next((it for it in found.tables if it.code == "items" and not it.withheld), None)
    rows = table.rows if table else ()
    return list(rows) if len({row.keys for row in rows}) == 1 else []
