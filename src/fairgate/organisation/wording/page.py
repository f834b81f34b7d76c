"""The page of a unit, on screen and on paper. Portraits are taken as they come (`queries.Portrait`): this module stands
below the room's models, so it names only what it reads."""

from collections.abc import Iterator
from typing import Any

from fairgate.engines.customers import Answer
from fairgate.organisation.rules import NeedKind
from fairgate.organisation.wording import answers, logs
from fairgate.organisation.wording.figures import listed, percent
from fairgate.organisation.wording.translations import Translations


def why(relation: Any, say: Translations) -> list[str]:
    """Why the customer needs the supplier: what was declared, process by process, then what was counted."""
    lines = list(_declared(relation, say))
    for log, it in relation.counted:
        lines.append(
            say.gettext(
                "Counted in {log} ({processes}): {share} of what it serves needed {us} "
                "({release} by its release, {help} by its help)."
            ).format(
                log=log.name,
                processes=listed(it.processes, say),
                share=percent(it.dependence),
                us=relation.supplier.name,
                release=percent(it.by_release),
                help=percent(it.by_help),
            )
        )
        if it.only_as_gate:
            lines.append(
                say.gettext("All it does there is decide on this work: a gate, rather than a customer.")
            )
    for log, share in relation.handed:
        lines.append(
            say.gettext("Counted in {log}: handed over {share} of what {customer} serves.").format(
                log=log.name, share=percent(share), customer=relation.customer.name
            )
        )
    if relation.standing:
        lines.append(_standing(relation, say))
    return lines


def authority(us: str, over: Any, say: Translations) -> list[str]:
    """What the authority over one unit rests on, and what was counted of it."""
    gates = [gate.name or say.gettext("a gate") for gate in over.gates]
    lines = []
    if gates:
        lines.append(say.gettext("Declared gates: {gates}.").format(gates=listed(sorted(set(gates)), say)))
    for log, it in over.counted:
        lines.append(
            say.gettext("Counted in {log}:").format(log=log.name) + " " + answers.authority(us, it, say)
        )
    return lines or [say.gettext("It needs a release, which can be refused.")]


def bases(portrait: Any, say: Translations) -> list[tuple[str, list[str]]]:
    """How do we know? One entry per basis, with its sentences."""
    found: list[tuple[str, list[str]]] = []
    if portrait.declared:
        told = [answers.basis(portrait.declared, say), *_volumes(portrait, say)]
        found.append((say.gettext("What people declared"), told))
    for one in portrait.counted:
        told = [
            answers.basis(one.answer, say),
            *logs.coverage(one.answer.coverage, say),
            *answers.notes(one.answer.notes, say),
        ]
        found.append((one.log.name, told))
    for one in portrait.described:
        told = [
            say.gettext("Described: the flows that were drawn, as a chain of chances."),
            *answers.notes(one.answer.notes, say),
        ]
        found.append((say.gettext("Flows of {process}").format(process=one.process), told))
    return found


def reached(portrait: Any) -> list[tuple[str, str, str]]:
    """The external customers, and how much of what they are served passes the unit: declared, and counted."""
    return [
        (
            it.name,
            "–" if it.declared is None else percent(it.declared),
            ", ".join(percent(share) for _, share in it.counted) or "–",
        )
        for it in portrait.external
    ]


def _volumes(portrait: Any, say: Translations) -> list[str]:
    """What the notes say, but where only some needs have volumes: which it is then."""
    without, of = portrait.without_volume
    said = [note for note in portrait.declared.notes if note.code != "equal_shares_assumed" or without == of]
    lines = answers.notes(said, say)
    if 0 < without < of:
        lines.append(
            say.ngettext(
                "{n} of {m} needs has no volume, so equal shares are assumed for all. Give it one to use the others.",
                "{n} of {m} needs have no volume, so equal shares are assumed for all. Give them one to use the others.",
                without,
            ).format(n=without, m=of)
        )
    return lines


def resting(portrait: Any, say: Translations) -> list[tuple[str, str, str, str]]:
    """What rests on the unit, one line per basis: what is lost if its work stops, if others take over, and what
    nothing reaches without it."""
    found = [(say.gettext("declared"), portrait.declared)] if portrait.declared else []
    found += [
        (say.gettext("counted in {log}").format(log=one.log.name), one.answer) for one in portrait.counted
    ]
    found += [
        (say.gettext("flows of {process}").format(process=one.process), one.answer)
        for one in portrait.described
    ]
    return [
        (
            basis,
            percent(answer.loss_if_absent.work_stops),
            percent(answer.loss_if_absent.rerouted),
            listed(answer.indispensable_to, say) or "–",
        )
        for basis, answer in found
    ]


def of_portrait(portrait: Any, made: str, say: Translations) -> dict[str, Any]:
    """Everything the printed page holds; texts only. ``made`` says when, with the zone."""
    return _page(
        facts=portrait.facts,
        mission=portrait.unit.description,
        customers=[(it.customer.name, brief(it, say)) for it in portrait.customers if it.holds],
        known=[" ".join([f"{title}:", *told]) for title, told in bases(portrait, say)],
        made=made,
        say=say,
    )


def of_answer(answer: Answer, source: str, made: str, say: Translations) -> dict[str, Any]:
    """The printed page of one answer, for the command line."""
    covered = logs.coverage(answer.coverage, say) if answer.kind == "measured" else []
    return _page(
        facts=answers.facts_of(answer),
        mission=source,
        customers=[
            (it.unit, answers.customer(answer, it, say))
            for it in answer.internal_customers
            if it.unit in answer.readings.by_need.units
        ],
        known=[answers.basis(answer, say), *covered, *answers.notes(answer.notes, say)],
        made=made,
        say=say,
    )


def brief(relation: Any, say: Translations) -> str:
    """Why the customer needs the supplier, as short as paper wants it."""
    where: dict[tuple[str, str], list[str]] = {}
    for need in relation.needs:
        where.setdefault((need.service.name, need.kind), []).append(need.process.name)
    parts = [
        say.gettext("{what} ({kind}; {processes})").format(
            what=what,
            kind=say.gettext("release") if kind == NeedKind.RELEASE else say.gettext("help"),
            processes=listed(processes, say),
        )
        for (what, kind), processes in where.items()
    ]
    parts += [
        say.gettext("counted in {log} ({processes}): {share}, {release} by release, {help} by help").format(
            log=log.name,
            processes=listed(it.processes, say),
            share=percent(it.dependence),
            release=percent(it.by_release),
            help=percent(it.by_help),
        )
        for log, it in relation.counted
    ]
    if relation.standing:
        parts.append(say.gettext("confirmed by {name}").format(name=relation.standing.by_name))
    return "; ".join(parts)


# More would not fit on one page; what is left out is said.
MOST_CUSTOMERS = 24


def _page(
    *,
    facts: answers.Facts,
    mission: str,
    customers: list[tuple[str, str]],
    known: list[str],
    made: str,
    say: Translations,
) -> dict[str, Any]:
    rest = len(customers) - MOST_CUSTOMERS
    more = say.ngettext(
        "{n} more customer is not shown here.", "{n} more customers are not shown here.", max(rest, 0)
    )
    readings = [
        {"label": say.gettext("Reading"), "narrow": True},
        {"label": say.gettext("How many"), "narrow": True},
        {"label": say.gettext("Who")},
    ]
    needing = [{"label": say.gettext("Unit"), "narrow": True}, {"label": say.gettext("Why")}]
    return {
        "title": say.gettext("Who are the customers of {unit}?").format(unit=facts.unit),
        "place": mission,
        "made": made,
        "lang": "en",
        "one_page": True,
        "lead": answers.lead(facts, say),
        "parts": [
            {"list": answers.sentences(facts, say)},
            {
                "heading": say.gettext("Three readings of “customer”"),
                "table": {"columns": readings, "rows": answers.readings(facts, say)},
            },
            {
                "heading": say.gettext("Who needs it, and why"),
                "table": {"columns": needing, "rows": [list(row) for row in customers[:MOST_CUSTOMERS]]},
            },
            {"sentences": [more.format(n=rest)] if rest > 0 else []},
            {"heading": say.gettext("How do we know?"), "note": " ".join(known)},
        ],
    }


def _declared(relation: Any, say: Translations) -> Iterator[str]:
    by_process: dict[str, list[Any]] = {}
    for need in relation.needs:
        by_process.setdefault(need.process.name, []).append(need)
    for process, needs in by_process.items():
        whats = [
            say.gettext("{what} (a release)").format(what=need.service.name)
            if need.kind == NeedKind.RELEASE
            else need.service.name
            for need in needs
        ]
        yield say.gettext("Declared: needs {whats} in {process}, to serve {external}.").format(
            whats=listed(whats, say), process=process, external=needs[0].process.external_customer.name
        )


def _standing(relation: Any, say: Translations) -> str:
    texts = {
        "confirmed": say.gettext("Confirmed by {name} on {day}: “{reason}”"),
        "struck": say.gettext("Struck by {name} on {day}: “{reason}”"),
    }
    judgement = relation.standing
    return texts[judgement.verdict].format(
        name=judgement.by_name, day=relation.judged_on.isoformat(), reason=judgement.reason
    )
