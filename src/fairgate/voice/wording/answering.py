"""The form in words, and what is said where there is none."""

from collections.abc import Mapping
from typing import Final

from fairgate.shared.translations import Translations, gettext_noop
from fairgate.voice.rules import Form
from fairgate.voice.rules.pages import AnswerPage
from fairgate.voice.wording.dates import day

LANGUAGES: Final = (("en", "English"), ("de", "Deutsch"))


def title(page: AnswerPage, say: Translations) -> str:
    if page.form is Form.MIRROR:
        return say.gettext("How well did {unit} serve you?").format(unit=page.supplier)
    return say.gettext("How were you treated?")


def about(page: AnswerPage, say: Translations) -> str:
    """Which decision it is about; never what was decided, which is asked apart."""
    if page.about is None:
        return say.gettext("{unit} hands work on to you. Think of {period}.").format(
            unit=page.supplier, period=page.period
        )
    it = page.about
    return say.gettext("It is about one decision of {unit}, on {day}: {what} ({reference}).").format(
        what=it.what.strip().rstrip("."), unit=it.unit, day=day(it.decided_on, say), reference=it.reference
    )


def what_it_is(page: AnswerPage, say: Translations) -> str:
    if page.form is Form.MIRROR:
        text = say.gettext("Three sentences, half a minute. Leave out what you like. Open until {until}.")
    else:
        text = say.gettext(
            "Eight sentences on how you were dealt with, whatever was decided, and two on the decision itself. Less than two "
            "minutes. Leave out what you like. Open until {until}."
        )
    return text.format(until=day(page.until, say))


NOTHING_CHOSEN: Final = gettext_noop("Nothing was chosen. One sentence is enough.")
NOT_A_STEP: Final = gettext_noop("Something was sent that isn’t on this form. Choose again.")

Said = tuple[str, tuple[str, ...]]
"""A heading and its sentences, to be translated."""

THANKS: Final[Said] = (
    gettext_noop("Thank you. Your answer is sealed."),
    (
        gettext_noop("If you had answered before, this answer took the place of the old one: there is only ever one."),
        gettext_noop("You may replace or delete it until the period ends: by the same link, or signed in under “Feedback”."),
    ),
)  # fmt: skip
DELETED: Final[Said] = (
    gettext_noop("Your answer is deleted"),
    (
        gettext_noop("Nothing of it is left to be opened."),
        gettext_noop("If you change your mind, answer again in the same way until the period ends."),
    ),
)
LEFT_AN_ANSWER: Final[Said] = (
    gettext_noop("This invitation is withdrawn"),
    (
        gettext_noop("Your account here is closed, so you aren’t asked any more. Thank you for your time."),
        gettext_noop(
            "A sealed answer of yours is here and still counts. You may delete it until the period ends."
        ),
    ),
)
# Why there is no form, by code. A link that never was and one that was forged get the same words.
NO_FORM: Final[Mapping[str, Said]] = {
    "link-unknown": (
        gettext_noop("This link leads nowhere"),
        (gettext_noop("Perhaps the mail program cut it: copy the whole line. Or sign in and look under “Feedback”."),),
    ),
    "period-over": (
        gettext_noop("This period is over"),
        (
            gettext_noop("Answers are no longer taken, replaced or deleted."),
            gettext_noop("What comes of them is published under “Feedback”. You may be asked again in the next period."),
        ),
    ),
    "left": (
        gettext_noop("This invitation is withdrawn"),
        (gettext_noop("Your account here is closed, so you aren’t asked any more. Thank you for your time."),),
    ),
    "lost": (
        gettext_noop("The key of this period is lost"),
        (
            gettext_noop("Nobody can read the answers given in it, yours included. They were thrown away unread."),
            gettext_noop("We are sorry. You may be asked again in the next period."),
        ),
    ),
    "not-asked": (
        gettext_noop("You aren’t asked at the moment"),
        (
            gettext_noop(
                "Once a period at most you are asked about one decision on something you handed in, picked at random. Then it "
                "stands here and on your home page."
            ),
        ),
    ),
    "busy": (
        gettext_noop("Nothing was saved"),
        (gettext_noop("The server was busy. Go back and send it once more."),),
    ),
}  # fmt: skip
