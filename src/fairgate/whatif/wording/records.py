"""What a calibration counted, in sentences."""

from collections.abc import Mapping
from typing import Any

from fairgate.shared.translations import Translations


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
    told.append(say.gettext("Counted on {date}, by {who}.").format(date=records["date"], who=records["by"]))
    return told
