"""Periods in words: for everybody, and for the privacy officer."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from fairgate.shared.translations import Translations, gettext_noop
from fairgate.voice.rules import PeriodPage, PeriodRow, PeriodState, Preview
from fairgate.voice.wording.dates import day

STATES: Final[dict[PeriodState, str]] = {
    PeriodState.ANNOUNCED: gettext_noop("announced: its key isn’t confirmed yet"),
    PeriodState.OPEN: gettext_noop("open: people are asked and answer"),
    PeriodState.ENDED: gettext_noop("ended: waits to be closed"),
    PeriodState.CLOSED: gettext_noop("closed and published"),
    PeriodState.LOST: gettext_noop("lost: its key is gone"),
}
ATTRIBUTES: Final[dict[str, str]] = {
    "unit": gettext_noop("the unit that decided"),
    "team": gettext_noop("the team that decided"),
    "outcome": gettext_noop("what was decided"),
    "kind": gettext_noop("the kind of request"),
    "seniority": gettext_noop("seniority, in three bands"),
    "customer": gettext_noop("the unit that asked"),
    "risk": gettext_noop("the risk of the request"),
    "supplier": gettext_noop("the unit that supplies"),
    "agreement": gettext_noop("whether people agree, of all approvals or of all other decisions"),
    "second-look": gettext_noop(
        "whether people know of the second look, of all approvals or of all other decisions"
    ),
    "decider": gettext_noop("who decided: only counted, never kept"),
}


def front(rows: Sequence[PeriodRow], say: Translations) -> str:
    """The sentence to take away from the first page."""
    if not rows:
        return say.gettext("Nobody was asked yet how they are treated.")
    newest = rows[0]
    if newest.state is PeriodState.OPEN:
        return say.gettext("People are asked in {period}, and may answer until {until}.").format(
            period=newest.name, until=day(newest.answers_until, say)
        )
    closed = next((row for row in rows if row.state is PeriodState.CLOSED), None)
    if closed is None:
        return say.gettext("{period} is {state}. Nothing is published yet.").format(
            period=newest.name, state=say.gettext(STATES[newest.state])
        )
    return say.gettext("What people said in {period} is published.").format(period=closed.name)


def lead(page: PeriodPage, say: Translations) -> str:
    """Where a period stands, and what comes next."""
    until = day(page.row.answers_until, say)
    match page.row.state:
        case PeriodState.ANNOUNCED:
            return say.gettext(
                "Nobody is asked before the privacy officer has shown that the key file arrived: without it, answers could "
                "never be read."
            )
        case PeriodState.OPEN:
            return say.gettext(
                "People are asked about decisions from {first} to {last}, and may answer until {until}."
            ).format(
                first=day(page.row.starts_on, say),
                last=day(page.row.ends_on, say),
                until=until,
            )
        case PeriodState.ENDED:
            return say.gettext(
                "Answers are no longer taken, and still sealed. The privacy officer looks at what could be published, then "
                "closes the period."
            )
        case PeriodState.CLOSED:
            return say.gettext(
                "The period is closed. What may be shown is published, and the key is of no more use."
            )
        case PeriodState.LOST:
            if page.unread is None:
                return say.gettext(
                    "The key of this period is lost. Fewer than five sealed answers, if any, were thrown away unread. The next "
                    "period can start."
                )
            return say.ngettext(
                "The key of this period is lost. {n} sealed answer was thrown away unread. The next period can start.",
                "The key of this period is lost. {n} sealed answers were thrown away unread. The next period can start.",
                page.unread,
            ).format(n=page.unread)


def asked(page: PeriodPage, say: Translations) -> list[str]:
    """How many were asked, and as much as may be known of how many answered."""
    told = [say.ngettext("{n} person was asked.", "{n} people were asked.", page.asked).format(n=page.asked)]
    if not page.keeps_keys or page.row.state not in (PeriodState.OPEN, PeriodState.ENDED):
        return told
    return [*told, _sealed(page, say)]


def _sealed(page: PeriodPage, say: Translations) -> str:
    """In tens while people answer, so that nobody sees who has just done so."""
    if page.row.state is PeriodState.OPEN:
        if page.answered is None:
            return say.gettext("Fewer than 20 sealed answers are here.")
        return say.gettext("{n} or more sealed answers are here, told in tens.").format(n=page.answered)
    if page.answered is None:
        return say.gettext("Fewer than five sealed answers are here.")
    return say.gettext("{n} sealed answers are here.").format(n=page.answered)


def preview(it: Preview, say: Translations) -> list[str]:
    """What closing would do, without a figure of it."""
    if it.answered is None:
        told = [say.gettext("Fewer than five answers can be read.")]
    else:
        told = [say.gettext("{n} answers can be read.").format(n=it.answered)]
    told += unreadable(it.unreadable, say)
    told += dropped(it.dropped, it.coarsened, say)
    told += [
        say.gettext("{table}: {hidden} of {figures} figures would be hidden.").format(
            table=say.gettext(TABLES.get(note.code, note.code)), hidden=note.hidden, figures=note.figures
        )
        for note in it.tables
    ]
    return told


TABLES: Final[dict[str, str]] = {
    "items": gettext_noop("Treatment by sentence"),
    "items-by-outcome": gettext_noop("Treatment by what was decided"),
    "items-by-seniority-and-outcome": gettext_noop("Treatment by seniority and by what was decided"),
    "mirror": gettext_noop("How well others serve the function"),
}


def unreadable(n: int, say: Translations) -> list[str]:
    if not n:
        return []
    return [
        say.ngettext(
            "{n} envelope can’t be read: it was damaged or not sealed here. It is counted and thrown away.",
            "{n} envelopes can’t be read: they were damaged or not sealed here. They are counted and thrown away.",
            n,
        ).format(n=n)
    ]


def dropped(n: int | None, coarsened: Sequence[str], say: Translations) -> list[str]:
    told = []
    if coarsened:
        names = "; ".join(say.gettext(ATTRIBUTES.get(name, name)) for name in coarsened)
        told.append(
            say.gettext(
                "Left out or made coarser for everybody, because too few answers would share it, or all who do agree: {names}."
            ).format(names=names)
        )
    if n is None:
        told.append(say.gettext("All answers are dropped: fewer than five share what they are about."))
    elif n:
        told.append(
            say.ngettext(
                "{n} answer is dropped: fewer than five share what it is about, or all who do said the same to a sentence.",
                "{n} answers are dropped: fewer than five share what they are about, or all who do said the same to a sentence.",
                n,
            ).format(n=n)
        )
    return told


def span(first: date, last: date, say: Translations) -> str:
    return say.gettext("{first} to {last}").format(first=day(first, say), last=day(last, say))
