"""Who a unit's customers are, as sentences: the command line prints them, pages and PDFs show them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fairgate.engines.customers import Answer, Authority, InternalCustomer, Loss, Note, Reading
from fairgate.organisation.wording.figures import listed, percent, rate
from fairgate.organisation.wording.translations import Translations


@dataclass(frozen=True, slots=True)
class Facts:
    """What the sentences are made of: one answer of the engine, or a portrait that puts several together."""

    unit: str
    by_need: Reading
    authority: Reading
    external: tuple[
        tuple[str, float], ...
    ]  # external customer, share of what it is served that passes the unit
    suppliers: tuple[str, ...]
    decided: tuple[Authority, ...]  # where decisions were counted
    loss: Loss | None
    indispensable_to: tuple[str, ...]


def facts_of(answer: Answer) -> Facts:
    return Facts(
        unit=answer.unit,
        by_need=answer.readings.by_need,
        authority=answer.readings.authority,
        external=tuple((it.name, it.share) for it in answer.external_customers),
        suppliers=tuple(it.unit for it in answer.customer_of),
        decided=tuple(it for it in answer.authority_over if it.decisions),
        loss=answer.loss_if_absent,
        indispensable_to=answer.indispensable_to,
    )


def lead(facts: Facts, say: Translations) -> str:
    """The sentence to take away."""
    need = facts.by_need
    if not need.n:
        return say.gettext("No other unit needs {unit} in order to serve an external customer.").format(
            unit=facts.unit
        )
    return say.ngettext(
        "{n} of {m} other units needs {unit} in order to serve an external customer: {units}.",
        "{n} of {m} other units need {unit} in order to serve an external customer: {units}.",
        need.n,
    ).format(n=need.n, m=need.m, unit=facts.unit, units=listed(need.units, say))


def sentences(facts: Facts, say: Translations) -> list[str]:
    """What follows the lead: the external customer, a warning where a reading says nothing, authority, both at once, the
    mirror, what rests on the unit."""
    return [
        *_external(facts, say),
        *_nobody(facts, say),
        *_authority(facts, say),
        *_both(facts, say),
        *_mirror(facts, say),
        *_resting(facts, say),
    ]


def readings(facts: Facts, say: Translations) -> list[tuple[str, str, str]]:
    """The three readings side by side: name, "n of m", and who."""
    served = [f"{name} ({percent(share)})" for name, share in facts.external]
    outside = len(facts.external)
    return [
        (
            say.gettext("By need"),
            _count(facts.by_need, say),
            listed(facts.by_need.units, say, most=99) or "–",
        ),
        (
            say.gettext("Under its authority"),
            _count(facts.authority, say),
            listed(facts.authority.units, say, most=99) or "–",
        ),
        (
            say.gettext("The external customer only"),
            say.ngettext("0 of {m} units; {n} outside", "0 of {m} units; {n} outside", outside).format(
                m=facts.by_need.m, n=outside
            ),
            listed(served, say, most=99) or "–",
        ),
    ]


def _count(reading: Reading, say: Translations) -> str:
    return say.gettext("{n} of {m} units").format(n=reading.n, m=reading.m)


def customer(of: Answer, it: InternalCustomer, say: Translations) -> str:
    """Why one unit is a customer, in one sentence or two."""
    where = listed(it.processes, say)
    if of.kind == "measured":
        text = say.gettext(
            "{share} of what {unit} serves in {where} needed {us}: {release} its release, {help} its help."
        )
    else:
        text = say.gettext(
            "{share} of what {unit} serves in {where} is said to need {us}: {release} its release, {help} its help."
        )
    parts = [
        text.format(
            share=percent(it.dependence),
            unit=it.unit,
            where=where,
            us=of.unit,
            release=percent(it.by_release),
            help=percent(it.by_help),
        )
    ]
    if it.under_our_authority:
        parts.append(say.gettext("It is also under the authority of {us}.").format(us=of.unit))
    if it.only_as_gate:
        parts.append(
            say.gettext(
                "All it does there is decide on the work of {us}: a gate, rather than a customer."
            ).format(us=of.unit)
        )
    return " ".join(parts)


def authority(us: str, it: Authority, say: Translations) -> str:
    """What a unit's authority over another one amounts to."""
    if it.rejection_rate is None or not it.decisions:
        return say.gettext("{us} decides on what {unit} hands in ({where}).").format(
            us=us, unit=it.unit, where=listed([one.process for one in it.by_process], say)
        )
    text = say.gettext(
        "{us} decided {decisions} times on what {unit} handed in: {rejections} rejections ({rate}) and {returns} returned."
    )
    whole = text.format(
        us=us,
        unit=it.unit,
        decisions=f"{it.decisions:,}",
        rejections=f"{it.rejections:,}",
        rate=rate(it.rejection_rate),
        returns=f"{it.returns or 0:,}",
    )
    if len(it.by_process) < 2:
        return whole
    parts = [f"{one.process} {rate(one.rejection_rate or 0)}" for one in it.by_process if one.decisions]
    return whole + " " + say.gettext("Rejected by process: {parts}.").format(parts=listed(parts, say))


def basis(answer: Answer, say: Translations) -> str:
    """Where the figures come from."""
    if answer.kind == "measured":
        return say.gettext(
            "Measured: counted from {documents} documents in which it took part; {served} of them were served."
        ).format(documents=f"{answer.cases or 0:,}", served=f"{answer.served or 0:,}")
    return say.gettext("Declared: this is what people said.")


def notes(found: Iterable[Note], say: Translations) -> list[str]:
    """What a reader must know about the figures; codes this version has no words for are left out."""
    return [text for note in found if (text := _note(note, say))]


def _nobody(facts: Facts, say: Translations) -> Iterator[str]:
    readings = (
        (say.gettext("by need"), facts.by_need),
        (say.gettext("under its authority"), facts.authority),
    )
    for name, it in readings:
        if it.separates_nobody:
            yield say.gettext(
                "{n} of {m} units come out “{reading}”: when nearly everyone is a customer, "
                "the reading tells nobody apart. Look at the other readings."
            ).format(n=it.n, m=it.m, reading=name)


def _authority(facts: Facts, say: Translations) -> Iterator[str]:
    over = facts.authority
    if not over.n:
        yield say.gettext("It holds no authority over another unit.")
        return
    yield say.ngettext(
        "It holds authority over {n} other unit: {units}.",
        "It holds authority over {n} other units: {units}.",
        over.n,
    ).format(n=over.n, units=listed(over.units, say))
    for it in facts.decided[:3]:
        yield authority(facts.unit, it, say)


def _both(facts: Facts, say: Translations) -> Iterator[str]:
    both = [name for name in facts.by_need.units if name in facts.authority.units]
    if both:
        yield say.ngettext(
            "{units} is both: it needs {us} and is under its authority. The one is not traded for the other.",
            "{units} are both: they need {us} and are under its authority. The one is not traded for the other.",
            len(both),
        ).format(units=listed(both, say), us=facts.unit)


def _external(facts: Facts, say: Translations) -> Iterator[str]:
    if not facts.external:
        yield say.gettext("No external customer was found at the end of its work.")
        return
    reached = [
        say.gettext("{share} for {name}").format(share=percent(share), name=name)
        for name, share in facts.external
    ]
    yield say.gettext(
        "Above all stands the external customer. Of what they are served, this much passes through {us}: {reached}."
    ).format(us=facts.unit, reached=listed(reached, say))


def _mirror(facts: Facts, say: Translations) -> Iterator[str]:
    if facts.suppliers:
        yield say.gettext("It is itself the customer of {suppliers}.").format(
            suppliers=listed(facts.suppliers, say)
        )


def _resting(facts: Facts, say: Translations) -> Iterator[str]:
    if facts.loss is None:
        return
    stops, rerouted = percent(facts.loss.work_stops), percent(facts.loss.rerouted)
    if facts.loss.rerouted < 0:
        yield say.gettext(
            "If it stopped, {stops} of what is served would stop with it; "
            "if others took over what they can, more would go out, unchecked."
        ).format(stops=stops)
    elif stops == rerouted:
        yield say.gettext("If it stopped, {stops} of what is served would be lost.").format(stops=stops)
    else:
        yield say.gettext(
            "If it stopped, {stops} of what is served would be lost if its work waits, "
            "{rerouted} if others take over what they can."
        ).format(stops=stops, rerouted=rerouted)
    if facts.indispensable_to:
        yield say.gettext("Nothing reaches {names} without it.").format(
            names=listed(facts.indispensable_to, say)
        )


def _note(note: Note, say: Translations) -> str:
    texts = {
        "nothing_served": say.gettext("No document was served, so there are no shares of what is served."),
        "served_assumed": say.gettext(
            "The log has no decisions: every document is taken as served (assumed)."
        ),
        "external_assumed": say.gettext(
            "For {documents} served documents the log names no external customer: “unnamed (assumed)”."
        ),
        "documents_merged": say.gettext(
            "{documents} of {of} documents look like several put together; they are counted as one each."
        ),
        "ties": say.gettext(
            "{events} neighbouring events of different units carry the same time; they stay in the order of the file."
        ),
        "without_value": say.gettext("{documents} documents carry no amount and are in no sum of values."),
        "processes_never_served": say.gettext("Nothing was ever served in: {processes}."),
        "dead_ends": say.gettext("Work ends at {names} without reaching an external customer."),
        "over_nobody": say.gettext(
            "{decisions} of its decisions came with no other unit's work before them: over nobody known."
        ),
        "equal_shares_assumed": say.gettext("No volumes were given: equal shares are assumed."),
    }
    shown = {
        name: listed([str(one) for one in value], say)
        if isinstance(value, list | tuple)
        else f"{value:,}"
        if isinstance(value, int)
        else value
        for name, value in note.parameters.items()
    }
    return texts.get(note.code, "").format(**shown)
