"""How the figures are known, and what they are not."""

from fairgate.shared.translations import Translations


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


def confidential(say: Translations) -> str:
    return say.gettext(
        "Answers are confidential, not anonymous: what a table holds was put in it by whoever made it. Nothing here is about a "
        "single person, and no score of one exists."
    )
