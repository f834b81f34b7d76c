"""The mail that asks. A letter says which decision it is about, and nothing that was answered: nobody knows."""

from typing import Final

from fairgate.shared.translations import Translations
from fairgate.voice.rules import Form
from fairgate.voice.rules.pages import AnswerPage
from fairgate.voice.wording import answering
from fairgate.voice.wording.dates import day
from fairgate.voice.wording.promises import THE_PROMISE, turn_to

Letter = tuple[str, str]
"""Subject and text."""

RULE: Final = "\n\n" + 40 * "-" + "\n\n"


def invitation(page: AnswerPage, link: str, say: Translations) -> Letter:
    """The first letter, with the personal link."""
    return answering.title(page, say), _text(page, link, _opening(page, say), say)


def reminder(page: AnswerPage, link: str, say: Translations) -> Letter:
    """Goes to everybody who was asked, so it must suit those who have answered, too."""
    until = day(page.until, say)
    subject = say.gettext("Open until {until}: {title}").format(until=until, title=answering.title(page, say))
    opening = say.gettext(
        "This goes to everybody who was asked. If you have answered, nothing is left to do; nobody looks up who has."
    )
    return subject, _text(page, link, opening, say)


def in_both(first: Letter, second: Letter) -> Letter:
    """One letter of two, each in its own language."""
    return f"{first[0]} · {second[0]}", first[1] + RULE + second[1]


def _opening(page: AnswerPage, say: Translations) -> str:
    if page.form is Form.MIRROR:
        return say.gettext("You were picked at random to say how well you are served.")
    return say.gettext("One decision on something you handed in was picked at random.")


def _text(page: AnswerPage, link: str, opening: str, say: Translations) -> str:
    return "\n\n".join(
        (
            opening,
            answering.about(page, say),
            f"{answering.what_it_is(page, say)}\n{link}",
            say.gettext(
                "The link is yours alone: whoever has it could answer in your place. Answering is never a condition for anything."
            ),
            say.gettext("Your answer is confidential, not anonymous. In exact words: {promise}").format(
                promise=say.gettext(THE_PROMISE)
            ),
            turn_to(page.turn_to, say),
        )
    )
