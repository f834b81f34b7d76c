"""The words an installation brings: invitations, six open questions each way, and what a charter says. A team may change all
of them; each change is an edition."""

from fairgate.improvement.rules import Direction
from fairgate.shared.translations import Translations

# What an invitation may leave open; filled in when an interview is planned.
BLANKS = ("name", "ours", "theirs")


def invitation(direction: Direction, say: Translations) -> str:
    """The letter, with blanks in braces."""
    if direction is Direction.SUPPLIER:
        return say.gettext(
            "Dear {name},\n\n"
            "{ours} depends on {theirs}: in this we are your customer, not your judge. May we have thirty minutes of your "
            "time, face to face? We would like to hear what we could do so that helping us costs you less.\n\n"
            "Our notes stay with our team. The one page we write from them we gladly share with you. "
            "What we promise, we come back with."
        )
    return say.gettext(
        "Dear {name},\n\n"
        "{theirs} needs {ours} to serve our customers, and sometimes our answer is no. May we have thirty minutes of your "
        "time, face to face? We would like to hear how that works for you. The standard stays as it is; "
        "how we work with you need not.\n\n"
        "Our notes stay with our team. The one page we write from them we gladly share with you. "
        "What we promise, we come back with."
    )


def questions(direction: Direction, say: Translations) -> list[str]:
    """Six open questions; none asks the function not to do its job."""
    if direction is Direction.SUPPLIER:
        return [
            say.gettext("What do you do for us, and who else waits for the same people?"),
            say.gettext(
                "Think of the last time we needed something from you: what reached you, and what was missing?"
            ),
            say.gettext("What do we do, as your customer, that makes your work easier?"),
            say.gettext("Where do we cause you rework, waiting or rush?"),
            say.gettext("What would you have to get from us, and when, to get it right the first time?"),
            say.gettext("If we changed one thing until next quarter, what should it be?"),
        ]
    return [
        say.gettext("What are you trying to get done for our customers, and where do you need us?"),
        say.gettext(
            "Think of the last time you needed our help or our release: what happened, step by step?"
        ),
        say.gettext("What do we do that helps you and that we should keep doing?"),
        say.gettext("Where do we cost you time or trouble that the standard doesn’t ask for?"),
        say.gettext("When we last said no: did you know why, and what would have made it a yes?"),
        say.gettext("The standard stays as it is: what one thing should we change until next quarter?"),
    ]


def refusing(say: Translations) -> list[str]:
    """How we refuse, in a charter."""
    return [
        say.gettext(
            "With every no you get a slip: the rule it rests on, reasons you can repeat to your team, and the way to yes."
        ),
        say.gettext(
            "You may ask for a second look. Somebody of ours who had no part in the decision takes it, and tells you why."
        ),
        say.gettext(
            "Ask us early whether something would pass: the answer binds nobody and costs you nothing."
        ),
    ]


def standing(say: Translations) -> list[str]:
    """What a charter promises always."""
    return [
        say.gettext("You get an answer by the day we promised, or a word from us before that day."),
        say.gettext("Whatever we decide, you are treated with courtesy and offered help with the next step."),
        say.gettext(
            "We ask you at least once a year how we work with you, and come back with what we promised."
        ),
        say.gettext("We keep the standard. That is what our customers outside count on, and you with them."),
    ]
