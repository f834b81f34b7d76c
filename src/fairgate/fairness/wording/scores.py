"""A scorecard in sentences, points and intervals. Handed `queries` results, which this file stands below: it names only what
it reads. Points are whole: anything finer would pretend."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fairgate.fairness.rules import FEWEST_BALLOTS, FEWEST_DECIDERS, Worse
from fairgate.fairness.wording.points import at_edges, number, points, shown
from fairgate.shared.translations import Translations

FEW_NAMES = 3  # of teams, named in a sentence
MOST_NOTES = 20  # why a team has no score, told one by one

FELL: dict[Worse, str] = {
    Worse.ESCAPES: "more of what was passed proved wrong",
    Worse.NEEDLESS: "more refusals weren’t needed",
    Worse.APPROVAL: "more was approved",
}

STEPPED = {
    "raw": "raw share",
    "fair": "fair score",
    "refusal": "refusal score",
    "approval_effect": "what approving all adds",
}

Team = Mapping[str, Any]
Value = float | None


def lead(card: Any, say: Translations) -> str:
    """The sentence to take away."""
    if card.unit is None:
        return say.gettext("No unit decides on others’ work here yet, so there is nothing to score.")
    if card.survey is None:
        return say.gettext("Nobody was asked yet how they were treated: no table of ratings came in.")
    if card.agreement is None:
        return say.gettext(
            "Scores of teams are off: no agreement about them is recorded. Until then only what all teams got together is shown."
        )
    if not card.sees_teams:
        return together(card, say)
    if card.result is None:
        return say.gettext("The scores of this table aren’t worked out yet.")
    return _found(card.result.scores, say)


def together(card: Any, say: Translations) -> str:
    """What all teams got together, or why even that isn't shown."""
    counts = card.counts
    if counts is None:
        return say.gettext("Scores are for those who read the gate’s records.")
    if card.survey is not None and card.survey.periods:
        return say.ngettext(
            "{n} answer of closed periods is about these teams. What all of them got together is published under Feedback.",
            "{n} answers of closed periods are about these teams. What all of them got together is published under Feedback.",
            counts["ballots"],
        ).format(n=number(counts["ballots"]))
    if counts.get("withheld"):
        return say.gettext(
            "What all teams got together isn’t shown: figures are hidden (few answered, few decided, or nearly the same table "
            "was used before) that could be worked out from it."
        )
    if counts["good"] is None:
        return few(counts["ballots"], say)
    return say.gettext(
        "Of {ballots} answers, {good} in 100 call the treatment good, whatever was decided. "
        "{share} in 100 decisions have an answer."
    ).format(
        ballots=number(counts["ballots"]),
        good=at_edges(counts["good"]),
        share=f"{min(100 * counts['ballots'] / max(counts['decisions'], 1), 100):.0f}",
    )


def source(survey: Any, say: Translations) -> str:
    """Where the figures come from."""
    if survey.periods:
        return say.ngettext(
            "From the closed period {name}.", "From the closed periods {name}.", len(survey.periods)
        ).format(name=survey.name)
    return say.gettext("From the table “{name}”.").format(name=survey.name)


def few(ballots: int, say: Translations) -> str:
    """Why there is no figure, and what to do instead."""
    return say.ngettext(
        "{n} answer came in; nothing is shown below {fewest}. With so few, conversations tell more: interviews, promises kept, "
        "what was caught.",
        "{n} answers came in; nothing is shown below {fewest}. With so few, conversations tell more: interviews, promises kept, "
        "what was caught.",
        ballots,
    ).format(n=number(ballots), fewest=FEWEST_BALLOTS)


def _found(scores: Mapping[str, Any], say: Translations) -> str:
    rated = [team for team in scores["teams"] if team["fair"] is not None]
    if not rated:
        return _none(scores, say)
    if len(rated) == 1:
        return say.gettext("Only {team} has enough answers for a score: {fair} ({low} to {high}).").format(
            team=rated[0]["team"], **_points(rated[0])
        )
    best = _best(scores, rated)
    alike = list(scores.get("best", {}).get("alike", ()))
    raw = [team for team in rated if team["raw"] is not None]
    # Beyond an edge nobody is first: of those shown alike the best one is named, else the first by name.
    first = max(raw, key=lambda team: (shown(team["raw"]), team is best), default=best)
    words = {"raw_team": first["team"], "raw": at_edges(first["raw"]), "raw_fair": points(first["fair"])}
    if alike:
        return _undecided(first, best, alike, words, say)
    if any(team["raw"] is None for team in rated):
        text = say.gettext(
            "With the same mix of cases and decisions for every team, {team} treats people best: {fair} ({low} to {high})."
        )
    elif first is best:
        text = say.gettext(
            "{raw_team} is rated best as answered ({raw} good in 100), and with the same mix of cases and decisions for every "
            "team as well: {fair} ({low} to {high})."
        )
    else:
        text = say.gettext(
            "{raw_team} looks best as answered: {raw} good ratings in 100. With the same mix of cases and decisions for every "
            "team it has {raw_fair}, and {team} treats people best: {fair} ({low} to {high})."
        )
    return text.format(team=best["team"], **words, **_points(best))


def _best(scores: Mapping[str, Any], rated: list[Team]) -> Team:
    """As the run found it before rounding."""
    named = scores.get("best", {}).get("team")
    return next((team for team in rated if team["team"] == named), max(rated, key=lambda team: team["fair"]))


def _undecided(
    first: Team, best: Team, alike: Sequence[str], words: Mapping[str, str], say: Translations
) -> str:
    """Where chance may have put others behind the highest score, nobody is called best."""
    others = ", ".join(alike) if len(alike) <= FEW_NAMES else ""
    others = others or say.ngettext("{n} other team", "{n} other teams", len(alike)).format(n=len(alike))
    text = say.gettext(
        "With the same mix of cases and decisions for every team, {team} has the highest score, {fair} ({low} to {high}), but "
        "can’t be told apart from {others}: chance may explain their order."
    )
    said = text.format(team=best["team"], others=others, **_points(best))
    if first["raw"] is None or first is best:
        return said
    as_answered = say.gettext(
        "{raw_team} looks best as answered: {raw} good ratings in 100; its fair score is {raw_fair}."
    )
    return as_answered.format(**words) + " " + said


def _none(scores: Mapping[str, Any], say: Translations) -> str:
    teams = scores["teams"]
    if len(teams) == 1:
        return say.gettext("No fair score. {note}").format(note=teams[0]["note"])
    ballots = sum(team["ballots"] for team in teams)
    if ballots < FEWEST_BALLOTS:
        return say.gettext("No fair score. {why}").format(why=few(ballots, say))
    return say.gettext(
        "No team has a fair score; the table says why of each. Until there are more answers, conversations tell more: "
        "interviews, promises kept, what was caught."
    )


def notes(scores: Mapping[str, Any], say: Translations) -> list[str]:
    """Why a team has no score, or only a borrowed one; and which have nothing at all."""
    told = _of_teams(scores, say)
    told += [
        say.ngettext(
            "{team}: {n} person decided; {least} are needed, so that figures of a team are nobody’s own. "
            "Its decisions are left out, also of the mix that all teams are held against.",
            "{team}: {n} people decided; {least} are needed, so that figures of a team are nobody’s own. "
            "Its decisions are left out, also of the mix that all teams are held against.",
            left["deciders"],
        ).format(team=left["team"], n=left["deciders"], least=FEWEST_DECIDERS)
        for left in scores["left_out"]
        if left["deciders"] is not None
    ]
    told += [
        say.gettext(
            "{team}: fewer than {least} people decided on what was answered. Its decisions are left out, also of the mix."
        ).format(team=left["team"], least=FEWEST_DECIDERS)
        for left in scores["left_out"]
        if left["deciders"] is None
    ]
    told += _coarse(scores, say)
    if scores["deciders_named"]:
        told.append(
            say.gettext("Every team shown had at least {n} people deciding.").format(n=FEWEST_DECIDERS)
        )
    return told


def _of_teams(scores: Mapping[str, Any], say: Translations) -> list[str]:
    """A line each; of many teams the first, since the table has a dash for every figure that is missing."""
    noted = [f"{team['team']}: {team['note']}" for team in scores["teams"] if team["note"]]
    if (more := len(noted) - MOST_NOTES) <= 0:
        return noted
    text = say.ngettext("And {n} more team with such a note.", "And {n} more teams with such a note.", more)
    return [*noted[:MOST_NOTES], text.format(n=number(more))]


def _coarse(scores: Mapping[str, Any], say: Translations) -> Iterator[str]:
    """Of closed periods: how coarsely figures are told, and which raw share isn't."""
    if any("steps" in team for team in scores["teams"]):
        yield say.gettext(
            "Scores come in whole points, and in wider steps where leaving one single ballot out moves them by more."
        )
    for team in scores["teams"]:
        wider = {name: step for name, step in team.get("steps", {}).items() if step > 1}
        if wider:
            what = ", ".join(
                say.gettext("{score} in steps of {n}").format(score=say.gettext(STEPPED[name]), n=step)
                for name, step in wider.items()
            )
            yield f"{team['team']}: {what}."
    for name in scores.get("raw_hidden", ()):
        yield say.gettext(
            "{team}: its raw share is hidden. Beside what is published of these periods it could give away an answer."
        ).format(team=name)


def warnings(card: Any, say: Translations) -> list[str]:
    """A rising score with a falling guardrail first, then what the run warned of."""
    told = list(_risen(card, say))
    if card.result is not None:
        told += card.result.scores["warnings"]
    if card.counts and card.counts["left_out"]:
        told.append(
            say.ngettext(
                "{n} row names no team or no outcome: left out.",
                "{n} rows name no team or no outcome: left out.",
                card.counts["left_out"],
            ).format(n=number(card.counts["left_out"]))
        )
    return told


def _risen(card: Any, say: Translations) -> Iterator[str]:
    if not card.fell:
        return
    what = ", ".join(say.gettext(FELL[each]) for each in card.fell)
    if card.rose:
        yield say.gettext(
            "Scores rose since the table before ({teams}), and the guardrails fell: {what}. A score that comes with lower "
            "standards is no gain."
        ).format(teams=", ".join(card.rose), what=what)
    else:
        yield say.gettext("Guardrails fell since the table before: {what}.").format(what=what)


def _points(team: Team) -> dict[str, str]:
    low, high = team["interval"]
    return {"fair": points(team["fair"]), "low": points(low), "high": points(high)}
