"""The agreement pack: what a works council and data protection agree to, drawn from the running configuration."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from fairgate.shared.translations import Translations, gettext_noop
from fairgate.voice.rules import Pack
from fairgate.voice.wording import items
from fairgate.voice.wording.periods import ATTRIBUTES
from fairgate.voice.wording.promises import CELL, EVERYBODY, HOW_MANY, THE_PROMISE, turn_to
from fairgate.voice.wording.results import open_stays

ROLES: Final[dict[str, str]] = {
    "requester": gettext_noop("people who hand something in"),
    "reviewer": gettext_noop("reviewers"),
    "lead": gettext_noop("leads"),
    "executive": gettext_noop("executives"),
    "auditor": gettext_noop("auditors"),
    "steward": gettext_noop("stewards"),
    "privacy-officer": gettext_noop("the privacy officer"),
}
SEEN: Final[dict[str, str]] = {
    "published": gettext_noop("Published tables over many answers"),
    "who-was-asked": gettext_noop("Who was asked"),
    "how-many-answered": gettext_noop(
        "How many sealed answers a period has: in tens from 20 on while it is open, exactly from five on when it has ended"
    ),
    "who-answered": gettext_noop("Who answered"),
    "an-answer": gettext_noop("A single answer, sealed or opened"),
}
DATABASES: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class Part(NamedTuple):
    heading: str
    sentences: list[str]


def title(it: Pack, say: Translations) -> str:
    if not it.function:
        return say.gettext("Agreement on feedback")
    return say.gettext("Agreement on feedback about {function}").format(function=it.function)


def lead(it: Pack, say: Translations) -> str:
    return say.gettext(
        "People are asked how they were treated, confidentially, and team scores start only when this is agreed. "
        "Everything below is read from this installation as it runs now."
    )


def parts(it: Pack, say: Translations) -> list[Part]:
    """In the order people ask."""
    made: Sequence[tuple[str, Callable[[Pack, Translations], list[str]]]] = (
        (say.gettext("What is collected"), _collected),
        (say.gettext("Why"), _why),
        (say.gettext("Who sees what"), _seen),
        (say.gettext("How long it is kept"), _kept),
        (say.gettext("Who could link an answer to a person, and how"), _linking),
        (say.gettext("What can’t be done"), _impossible),
        (say.gettext("What protects the tables"), _protected),
        (say.gettext("Danger and misconduct"), lambda it, say: [turn_to(it.turn_to, say)]),
        (say.gettext("What recording the agreement switches on"), _switched),
    )
    return [Part(heading, sentences(it, say)) for heading, sentences in made]


def _collected(it: Pack, say: Translations) -> list[str]:
    asked = "; ".join(
        f"“{say.gettext(items.TEXTS[code]).rstrip('.')}”" for code in it.items if code in items.ITEMS
    )
    about = "; ".join(say.gettext(ATTRIBUTES.get(name, name)) for name in it.attributes)
    return [
        say.gettext(
            "Eight sentences, each with five steps or “can’t judge”: {sentences}. The wording is our own and not yet validated."
        ).format(sentences=asked),
        say.gettext(
            "Apart, and never scored: whether the person agrees with the decision, and whether they know how to ask for a second "
            "look. Where the function is itself a customer, three sentences about its supplier instead. No free text."
        ),
        say.gettext("With it what the decision was about: {attributes}.").format(attributes=about),
        say.gettext(
            "Who was asked, about which decision. One invitation a person in {months}, at random; a decision that didn’t "
            "approve is {rate} times as likely to be picked."
        ).format(months=_months(it.months, say), rate=f"{it.oversampling:g}"),
    ]


def _months(n: int, say: Translations) -> str:
    return say.ngettext("{n} month", "{n} months", n).format(n=n)


def _why(it: Pack, say: Translations) -> list[str]:
    return [
        say.gettext(
            "To learn how people are treated whatever is decided about their work, and to serve them better without lowering the "
            "standard. Not to judge a person: scores of individuals don’t exist. No feedback reaches or moves a decision."
        ),
        say.gettext(
            "Answering is voluntary. It is a condition for nothing, and nobody but the person is shown whether they did."
        ),
        f"{say.gettext(HOW_MANY).format(fewest=it.minimum)} {say.gettext(EVERYBODY)}",
    ]


def _seen(it: Pack, say: Translations) -> list[str]:
    told = []
    for what, roles in it.sees.items():
        names = _roles(roles, say)
        told.append(f"{say.gettext(SEEN.get(what, what))}: {names}.")
    if it.officers:
        told.append(say.gettext("The privacy officer here: {names}.").format(names=", ".join(it.officers)))
    else:
        told.append(say.gettext("Nobody is privacy officer yet, so no period can be announced."))
    return told


def _roles(roles: Sequence[str], say: Translations) -> str:
    if set(ROLES) <= set(roles):
        return say.gettext("everybody who holds a role")
    return ", ".join(say.gettext(ROLES.get(role, role)) for role in roles) or say.gettext("nobody")


def _kept(it: Pack, say: Translations) -> list[str]:
    return [
        say.gettext(
            "The sealed answer, and the mark that there is one: until the period is closed. A person may replace or delete it "
            "until {days} days after the period’s end."
        ).format(days=it.grace_days),
        say.gettext(
            "Opened answers, without name, time, order and who decided: for good, for scores over several periods."
        ),
        say.gettext(
            "Published tables, and the list of who was asked: for good. Closing forgets about which decision anybody was asked, "
            "and on what day; the list is then the same whether somebody answered or not."
        ),
        say.gettext(
            "Where all answered whom a cell can be about, it follows that they did; not what any of them said. Backups from "
            "before closing still hold about which decision each was asked, and whether a sealed answer was there."
        ),
        say.gettext(
            "The period’s key: with the privacy officer, in a file outside this installation, until the period is closed; then "
            "they destroy it. Backups keep what they hold for as long as you keep backups: unreadable without the key."
        ),
        _mail(it, say),
    ]


def _mail(it: Pack, say: Translations) -> str:
    if it.mail in ("", "off"):
        return say.gettext("Mail: not set up; people are asked on their home page only.")
    if it.mail == "file":
        return say.gettext(
            "Mail: letters are written as files into a folder of this server, with the personal link, and stay there until "
            "somebody deletes them. Whoever can read that folder could answer in somebody’s place."
        )
    if it.mail == "console":
        return say.gettext(
            "Mail: letters are shown in the terminal of whoever sends them, with the personal link, and kept nowhere else here. "
            "Whoever reads them could answer in somebody’s place."
        )
    return say.gettext(
        "Mail: letters are written at the moment they are sent and kept nowhere here ({how}). Your mail server may keep them, "
        "with the personal link."
    ).format(how=it.mail)


def _linking(it: Pack, say: Translations) -> list[str]:
    return [
        say.gettext("In exact words: {promise}").format(promise=say.gettext(THE_PROMISE)),
        say.gettext(CELL).format(fewest=it.minimum),
        say.gettext(
            "Whoever holds the key and a copy of the database ({database}) from before the period was closed, a backup too, can "
            "open every answer in it, with the person it belongs to. That is why the key is kept apart, and destroyed."
        ).format(database=DATABASES.get(it.database, it.database)),
        say.gettext(
            "Whoever controls the running server can read answers while they are sent and while the period is closed, or change "
            "the program. No software prevents that; who administers the server is part of what is agreed."
        ),
        say.gettext(
            "Whoever holds the database and the installation’s link key while a period is open can make everybody’s personal "
            "link: answer in others’ names, take their answers away, and so single out the answers that are left. Answers "
            "replaced so are visible to nobody. By default the link key lies beside the database; kept elsewhere "
            "(FAIRGATE_LINK_KEY), whoever can read it there could. "
            "After closing it makes no link again; with a backup from before closing it would."
        ),
        say.gettext(
            "Whoever can read a person’s mail could answer in their place by the personal link, and never see what was answered."
        ),
        say.gettext("This is confidential, not anonymous."),
    ]


def _impossible(_it: Pack, say: Translations) -> list[str]:
    return [
        say.gettext(
            "No page, export or role shows a single answer, also not to the privacy officer or a steward."
        ),
        say.gettext("Nobody can look up how one decision was rated, and there is no score of a person."),
        say.gettext("A sealed answer can’t be shown again, not even to whoever gave it."),
        say.gettext(
            "Without the key a period can’t be opened. If it is lost, its answers are thrown away unread."
        ),
        say.gettext("A published table isn’t changed or published anew."),
    ]


def _protected(it: Pack, say: Translations) -> list[str]:
    return [
        say.gettext(
            "A figure needs {least} people who could judge and {deciders} who decided; {seniority} where seniority and decision "
            "are crossed; {score} for a score."
        ).format(
            least=it.minimum,
            deciders=it.minimum_deciders,
            seniority=it.minimum_seniority,
            score=it.score_ballots,
        ),
        say.gettext(
            "Answers that fewer than {least} share in what they are about, or that all share in what they say to a sentence, are "
            "made coarser or dropped before anything is stored."
        ).format(least=it.minimum),
        say.gettext(
            "Before publishing, a program plays the attacker over every figure of the period. A table that doesn’t pass is "
            "withheld."
        ),
        open_stays(it.declared_width, say),
        say.ngettext(
            "{n} period was closed here so far.", "{n} periods were closed here so far.", it.periods
        ).format(n=it.periods),
    ]


def _switched(_it: Pack, say: Translations) -> list[str]:
    return [
        say.gettext(
            "Until it is recorded, pages show what all teams got together and no team’s score. The privacy officer records date, "
            "parties and document under “Fair score”; withdrawn, scores are off at once."
        )
    ]
