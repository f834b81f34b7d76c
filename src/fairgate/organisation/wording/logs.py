"""What is said about files and counted logs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from fairgate.engines.customers import Discrimination, Note, Summary
from fairgate.organisation.rules import ImportState
from fairgate.organisation.wording import answers
from fairgate.organisation.wording.figures import listed, percent, rate
from fairgate.organisation.wording.translations import Translations


class Line(NamedTuple):
    """One unit of a log in one line."""

    unit: str
    documents: str
    by_need: str
    authority: str
    decisions: str
    rejection_rate: str
    reaches: str


def lines(summaries: Iterable[Summary]) -> list[Line]:
    return [line(summary) for summary in summaries]


def line(of: Summary) -> Line:
    return Line(
        unit=of.unit,
        documents="–" if of.cases is None else f"{of.cases:,}",
        by_need=f"{of.by_need} / {of.others}",
        authority=f"{of.authority} / {of.others}",
        decisions="–" if of.decisions is None else f"{of.decisions:,}",
        rejection_rate=rate((of.rejections or 0) / of.decisions) if of.decisions else "–",
        reaches=percent(of.share_of_all),
    )


def discrimination(found: Discrimination, say: Translations) -> str:
    """How far hand-overs tell customers apart, in a sentence."""
    if found.index is None:
        return say.gettext("There are too few hand-overs to tell customers apart.")
    if found.index > 0.66:
        meaning = say.gettext("who hands over to whom is clear: nearly every unit has customers of its own")
    elif found.index > 0.33:
        meaning = say.gettext("who hands over to whom is partly clear")
    elif found.index > 0.05:
        meaning = say.gettext("hand-overs say little about who serves whom")
    else:
        meaning = say.gettext("everyone hands over to everyone: hand-overs tell no customers apart")
    return say.gettext(
        "Discrimination index {index}: {meaning}. (1 is a chain, 0 what chance alone gives.)"
    ).format(index=f"{found.index:.2f}", meaning=meaning)


def coverage(found: Mapping[str, Any], say: Translations) -> list[str]:
    """How much of the log could be used."""
    events = int(found["events"])
    told = [
        say.gettext("{events} events in {documents} process documents; {served} of them were served.").format(
            events=f"{events:,}", documents=f"{found['documents']:,}", served=f"{found['served']:,}"
        )
    ]
    if found["without_unit"]:
        told.append(say.gettext("{number} events carry no unit.").format(number=f"{found['without_unit']:,}"))
    told.extend(
        say.gettext(
            "“{unit}” stands for an unknown unit in {number} events ({share}): shown here, not as a customer."
        ).format(unit=one["unit"], number=f"{one['events']:,}", share=rate(one["events"] / events))
        for one in found["placeholder_units"]
    )
    return told


def notes(stored: Iterable[Mapping[str, Any]], say: Translations) -> list[str]:
    """The notes kept with a log's findings."""
    return answers.notes([Note(one["code"], one["parameters"]) for one in stored], say)


def source(found: Mapping[str, Any], say: Translations) -> list[str]:
    """How a file was read."""
    if not found:
        return []
    parts = [
        (say.gettext("Format"), found.get("format", "").upper()),
        (say.gettext("Encoding"), found.get("encoding")),
        (
            say.gettext("Separator"),
            {"\t": say.gettext("tab")}.get(found.get("separator", ""), found.get("separator")),
        ),
        (say.gettext("Sheet"), found.get("sheet")),
        (say.gettext("Dates"), found.get("date_format")),
    ]
    told = [f"{label}: {value}" for label, value in parts if value]
    if found.get("columns"):
        used = ", ".join(f"{part} ← {column}" for part, column in found["columns"].items())
        told.append(say.gettext("Columns used: {used}").format(used=used))
    return [*told, *found.get("notes", ())]


def added(new: Mapping[str, int], made: Mapping[str, Sequence[str]], say: Translations) -> list[str]:
    """What a table would add, one line for each kind, with the names it would bring."""
    texts = {
        "units": say.ngettext("{n} new unit", "{n} new units", new.get("units", 0)),
        "external customers": say.ngettext(
            "{n} new external customer", "{n} new external customers", new.get("external customers", 0)
        ),
        "processes": say.ngettext("{n} new process", "{n} new processes", new.get("processes", 0)),
        "services": say.ngettext("{n} new service", "{n} new services", new.get("services", 0)),
        "needs": say.ngettext("{n} new need", "{n} new needs", new.get("needs", 0)),
        "flows": say.ngettext("{n} new flow", "{n} new flows", new.get("flows", 0)),
        "gates": say.ngettext("{n} new gate", "{n} new gates", new.get("gates", 0)),
        "descriptions": say.ngettext(
            "{n} changed description", "{n} changed descriptions", new.get("descriptions", 0)
        ),
        "volumes": say.ngettext("{n} changed volume", "{n} changed volumes", new.get("volumes", 0)),
    }
    return [
        texts[kind].format(n=number) + (f": {listed(made[kind], say, most=12)}" if made.get(kind) else "")
        for kind, number in new.items()
        if number and kind in texts
    ]


def state(of: ImportState, say: Translations) -> str:
    return {
        ImportState.COUNTING: say.gettext("It is still being read and counted."),
        ImportState.READY: say.gettext("Checked: this is what would be saved. Nothing is saved yet."),
        ImportState.FAULTY: say.gettext("It can’t be used as it is. Nothing was saved."),
        ImportState.APPLIED: say.gettext("Applied: everything in it was saved."),
        ImportState.DISCARDED: say.gettext("Discarded: nothing of it was saved."),
    }[of]


def not_ready(of: ImportState, say: Translations) -> str:
    return {
        ImportState.COUNTING: say.gettext("It is still being counted; nothing was changed."),
        ImportState.FAULTY: say.gettext("It has problems, so it can’t be applied; nothing was changed."),
        ImportState.APPLIED: say.gettext("It was applied already; nothing was done a second time."),
        ImportState.DISCARDED: say.gettext("It was discarded already; nothing was changed."),
        ImportState.READY: say.gettext("Nothing was changed."),
    }[of]
