"""What a calibration counted, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fairgate.shared.translations import Translations
from fairgate.whatif.wording.names import parameter

SLACK = 0.1  # years: two spans that differ by less are one


def sentences(records: Mapping[str, Any], say: Translations) -> list[str]:
    """Of the ``records`` of an edition."""
    figures = records["figures"]
    told = [
        say.gettext("From {since} to {until}: {n} lots were reviewed for the first time, {stopped} of them stopped.").format(
            since=records["since"], until=records["until"], n=f"{figures['reviewed']:,}", stopped=f"{figures['stopped']:,}"
        ),
        say.gettext("Of the stopped lots, {judged} were judged by both sides alike: {real} would have been wrong.").format(
            judged=f"{figures['judged']:,}", real=f"{figures['real']:,}"
        ),
    ]  # fmt: skip
    if records["split"]:
        told.append(
            say.gettext(
                "On {n} more the sides differ whether anything was wrong: they count for neither."
            ).format(n=records["split"])
        )
    out, delays = (sum(n for _, n in figures["times"][name]) for name in ("ages", "delays"))
    told.append(
        say.gettext("{out} lots went out; complaints about {n} of them were linked to their release.").format(
            out=f"{out:,}", n=f"{delays:,}"
        )
    )
    told += _checking(records, say)
    told.append(say.gettext("Counted on {date}, by {who}.").format(date=records["date"], who=records["by"]))
    return told


def _checking(records: Mapping[str, Any], say: Translations) -> Iterator[str]:
    """Why fewer complaints check the scenario than were linked: others are about lots from before, or came too early."""
    whole = records["figures"]["months"] / 12
    for one in records["observed"]:
        if one["what"] == "complaints" and one["years"] < whole - SLACK:
            text = say.gettext(
                "The complaints of the last {years} years check the scenario ({n}); those that came before, when these records "
                "had just begun, are mostly about lots from before."
            )
            yield text.format(years=f"{one['years']:.3g}", n=f"{one['count']:,}")


def doubts(records: Mapping[str, Any], say: Translations) -> list[str]:
    """What speaks against the choice of records: the figures may be of other lots than meant."""
    told, figures = [], records["figures"]
    if count := records.get("beyond", 0):
        text = say.gettext(
            "{n} requests belong together with others of kinds that were not counted ({kinds}): a lot that was sent back and "
            "handed in as another kind looks as if it never came back, or came from nowhere. Count those kinds, too."
        )
        told.append(text.format(n=f"{count:,}", kinds=", ".join(records["beyond_kinds"])))
    out = sum(n for _, n in figures["times"]["ages"])
    if out > figures["submitted"]:
        text = say.gettext(
            "More lots went out ({out}) than came in ({came}): the kinds that were counted hold approvals of lots that were "
            "handed in as something else."
        )
        told.append(text.format(out=f"{out:,}", came=f"{figures['submitted']:,}"))
    return told


def kept(own: Sequence[str], say: Translations) -> str:
    """Numbers people gave, which records don't replace; nothing where there are none."""
    if not own:
        return ""
    text = say.gettext(
        "Kept as somebody said, although records tell: {names}. Choose “as records tell” for them to take it."
    )
    return text.format(names="; ".join(f"“{parameter(name, say)}”" for name in own))
