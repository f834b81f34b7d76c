"""What is hidden and why, what the attacker's program found, and how to read what is left."""

from fairgate.shared.translations import Translations
from fairgate.voice.rules import FEWEST, AuditNote, Results
from fairgate.voice.wording.periods import dropped, unreadable
from fairgate.voice.wording.results.tables import title


def hidden(found: Results, say: Translations) -> list[str]:
    """What isn't shown and why. For a single figure no reason is given: the reason itself would tell."""
    told = [*unreadable(found.unreadable, say), *dropped(found.dropped, found.coarsened, say)]
    for table in found.tables:
        gone = sum(row.parts is None for row in table.rows)
        name = title(table, say)
        if table.withheld:
            told.append(say.gettext("{table}: withheld whole.").format(table=name))
        elif gone:
            told.append(
                say.gettext("{table}: {hidden} of {all} figures are hidden.").format(
                    table=name, hidden=gone, all=len(table.rows)
                )
            )
    told.append(why_hidden(say))
    told.append(
        say.gettext(
            "Shares near nobody and near everybody are shown as “at most” and “at least”: otherwise they would tell what each of "
            "them said. Steps are told together where single ones would give somebody away."
        )
    )
    return told


def why_hidden(say: Translations) -> str:
    return say.gettext(
        "A figure is hidden where fewer than {fewest} people could judge or fewer than 3 people decided, or where showing it "
        "would give away one that is. Which of these it is isn’t said: the reason itself would tell."
    ).format(fewest=FEWEST)


def audit(note: AuditNote, say: Translations) -> str:
    """What the attacker's program found."""
    text = say.ngettext(
        "Before publishing, a program took every figure of this period and tried to work out {n} that is hidden or coded at its "
        "end, as an outsider and as insiders who know their own answer ({insiders} kinds of them).",
        "Before publishing, a program took every figure of this period and tried to work out {n} that are hidden or coded at "
        "their ends, as an outsider and as insiders who know their own answer ({insiders} kinds of them).",
        note.checked,
    ).format(n=f"{note.checked:,}", insiders=f"{note.insiders:,}")
    failed = say.gettext("It came too close to some, so those tables are withheld.")
    return f"{text} {open_stays(note.width, say) if note.passed else failed}"


def open_stays(width: int, say: Translations) -> str:
    """What the audit proves, and what it doesn't."""
    return say.gettext(
        "Hidden figures couldn’t be narrowed to fewer than {width} answers (to anything, where fewer could judge), and ends like "
        "“at most 2” stay at least 2 wide; for one who knows their own answer, each by one less. Figures told as a range, like "
        "“5 to 9”, are told coarsely to protect others, and may sometimes be worked out."
    ).format(width=width)


def how(say: Translations) -> list[str]:
    return [
        say.gettext("Measured: shares of those who answered and could judge, as they answered."),
        say.gettext(
            "One person is asked once a period at most, about one decision picked at random. Decisions that didn’t approve are "
            "asked about more often, so shares over everybody aren’t those of all decisions. The fair score takes that into "
            "account."
        ),
        say.gettext(
            "Whoever was refused rates lower, whatever was done. So shares of units that refuse more look lower; compare within "
            "what was decided, or by the fair score, which stands beside its guardrails."
        ),
        say.gettext(
            "The sentences are our own and not yet validated. Whether people agree with the decision is asked apart and never "
            "counted into how they were treated."
        ),
        say.gettext("Who didn’t answer may think otherwise: look at the response rates."),
    ]
