"""How the figures are known, and what they are not."""

from fairgate.shared.translations import Translations
from fairgate.voice.wording.promises import THE_PROMISE


def how(say: Translations) -> list[str]:
    return [
        say.gettext(
            "Raw is measured: good ratings in 100 answers, as they came in. Whoever approves more gets more of it."
        ),
        say.gettext(
            "The fair score is estimated: the good ratings in 100 that a team would get if every team had the same mix of cases "
            "and decisions. A refusal doesn’t lower it, and giving in doesn’t raise it."
        ),
        say.gettext(
            "The interval covers the truth for 90 in 100 teams on average, not for each. A team with few answers leans on what "
            "all teams have in common."
        ),
        say.gettext(
            "The refusal score is the same over decisions that didn’t approve. Without enough own answers there the score is "
            "“borrowed” from the other teams, and says so."
        ),
        say.gettext(
            "What approving everything adds is estimated over all decisions of the team, as if everybody answered; what comes in "
            "depends on who does. The fair score is held against the same mix before and after, so on average it gains "
            "nothing."
        ),
        say.gettext(
            "Where an outcome or a kind has few ratings, or ratings all on one side, its gap to the others rests on an "
            "assumption: very large gaps are unlikely. A line by the teams and a warning say so."
        ),
        say.gettext(
            "Adjusted for: kind, risk, seniority and unit where the table names them, and the decision. Never for waiting, "
            "clarity, courtesy or rework: those are what the team does."
        ),
        say.gettext(
            "It can’t see whether a refusal was needed: a team that refuses needlessly but kindly scores well. That is why "
            "needless refusals and escapes always stand beside it."
        ),
        say.gettext(
            "Guardrails are counted from the gate’s own records, as the room “Protection” shows them."
        ),
    ]


def how_of_periods(say: Translations) -> list[str]:
    """What is different where the answers are those of closed periods."""
    return [
        say.gettext(
            "People are asked more often about decisions that didn’t approve, so raw shares are lower than on a day like any "
            "other; the fair score counts every decision once."
        ),
        say.gettext(
            "The mix of decisions is counted from the gate’s own record of these periods: all decisions, answered or not. "
            "It is read as coarsely as the ballots: what had to be left out of those of one period is left out everywhere."
        ),
        say.gettext(
            "Decisions whose submitter has no account here are spread over seniorities as the others are."
        ),
        say.gettext(
            "A raw share is shown as finely as an audit allows that takes it with everything published of these periods. "
            "How far one ballot moves a score is worked out without fitting anew: a heuristic."
        ),
    ]


def confidential_periods(say: Translations) -> str:
    return say.gettext(
        "Answers are confidential, not anonymous. In exact words: {promise} No score of a person exists."
    ).format(promise=say.gettext(THE_PROMISE))


def confidential(say: Translations) -> str:
    return say.gettext(
        "Answers are confidential, not anonymous: what a table holds was put in it by whoever made it. Nothing here is about a "
        "single person, and no score of one exists."
    )
