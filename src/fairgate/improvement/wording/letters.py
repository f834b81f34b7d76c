"""The invitation as it is sent: the letter, when and where, what will be asked."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from fairgate.improvement.wording.questions import BLANKS
from fairgate.shared.translations import Translations

# Mail programs are started with the address as a command line; some cut it off beyond this.
LONGEST_LINK = 2_000
MINUTES = 30


def filled(template: str, **names: str) -> str:
    """The letter with its blanks filled. Other braces stay as they were typed."""
    for blank in BLANKS:
        template = template.replace("{" + blank + "}", names[blank])
    return template


def subject(interview: Any, say: Translations) -> str:
    return say.gettext("Thirty minutes: {ours} would like to hear from {theirs}").format(
        ours=interview.unit.name, theirs=interview.other.name
    )


def when(starts: datetime, zone: str, say: Translations) -> str:
    """Such as “Tuesday 2026-12-01, 14:00 (Europe/Zurich, UTC+01:00), thirty minutes”. ``starts`` in that zone."""
    days = (
        say.gettext("Monday"),
        say.gettext("Tuesday"),
        say.gettext("Wednesday"),
        say.gettext("Thursday"),
        say.gettext("Friday"),
        say.gettext("Saturday"),
        say.gettext("Sunday"),
    )
    offset = f"{starts:%z}"
    place = "UTC" if zone == "UTC" else f"{zone}, UTC{offset[:3]}:{offset[3:]}"
    return say.gettext("{weekday} {day}, {hour} ({zone}), thirty minutes").format(
        weekday=days[starts.weekday()], day=f"{starts:%Y-%m-%d}", hour=f"{starts:%H:%M}", zone=place
    )


def letter(interview: Any, starts: datetime, say: Translations, *, with_questions: bool = True) -> str:
    """The whole text to send."""
    lines = [
        interview.invitation,
        "",
        say.gettext("When: {when}").format(when=when(starts, interview.zone, say)),
    ]
    if interview.place:
        lines.append(say.gettext("Where: {place}").format(place=interview.place))
    if with_questions:
        lines += ["", say.gettext("What we would like to ask:")]
        lines += [f"{number}. {question}" for number, question in enumerate(interview.questions, 1)]
    lines += ["", interview.interviewer.name]
    return "\n".join(lines)


def mail_link(interview: Any, starts: datetime, say: Translations) -> str:
    """A ``mailto:`` address (RFC 6068) that opens the letter in the reader's own mail program; without the questions where
    they would make it too long to be carried."""
    to = interview.person.email if interview.person else ""
    for with_questions in (True, False):
        text = letter(interview, starts, say, with_questions=with_questions)
        body = quote(text.replace("\n", "\r\n"), safe="")
        link = f"mailto:{quote(to, safe='@')}?subject={quote(subject(interview, say), safe='')}&body={body}"
        if len(link) <= LONGEST_LINK:
            break
    return link
