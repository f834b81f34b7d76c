"""The scorecard on one page of paper."""

from typing import Any

from fairgate.fairness.wording import effects, known, scores, tables
from fairgate.fairness.wording.points import number
from fairgate.gate.wording import NOT_A_RECORD
from fairgate.protection.wording import figures
from fairgate.shared.translations import Translations

MOST_ON_PAPER = 30  # teams, a line each


def of_scorecard(card: Any, made: str, say: Translations) -> dict[str, Any]:
    """What `web.pdf` makes the one page of."""
    title = say.gettext("Fair score")
    if card.unit:
        title = f"{title}: {card.unit.name}"
    parts = [*_scores(card, say), *_guardrails(card, say)]
    parts += [
        {"heading": say.gettext("How do we know?"), "list": how(card, say)},
        {
            "note": " ".join(
                [scores.source(card.survey, say) if card.survey else "", confidential(card, say)]
            ).strip()
        },
        {"note": " ".join([*_provenance(card, say), say.gettext(NOT_A_RECORD)])},
    ]
    return {
        "title": title,
        "made": made,
        "place": card.unit.name if card.unit else "",
        "words": {"page": say.gettext("page"), "of": say.gettext("of")},
        "one_page": True,
        "lead": scores.lead(card, say),
        "parts": parts,
    }


def _provenance(card: Any, say: Translations) -> list[str]:
    """What it takes to find the run again, and what allowed it."""
    if card.result is None or card.agreement is None:
        return []
    run = card.result.run
    return [
        say.gettext("Counted inputs {inputs}, seed {seed}, {versions}.").format(
            inputs=run.inputs,
            seed=run.seed,
            versions=", ".join(f"{name} {version}" for name, version in run.versions.items()),
        ),
        say.gettext("Agreement of {day}: {document}.").format(
            day=card.agreement.agreed_on.isoformat(), document=card.agreement.document
        ),
    ]


def how(card: Any, say: Translations) -> list[str]:
    """How the figures of a scorecard are known."""
    more = known.how_of_periods(say) if _is_of_periods(card) else []
    return [*known.how(say), *more]


def confidential(card: Any, say: Translations) -> str:
    return known.confidential_periods(say) if _is_of_periods(card) else known.confidential(say)


def _is_of_periods(card: Any) -> bool:
    return card.survey is not None and bool(card.survey.periods)


def _scores(card: Any, say: Translations) -> list[dict[str, Any]]:
    if card.result is None:
        together = [scores.together(card, say)] if card.counts and card.sees_teams else []
        return [{"sentences": together}]
    found = card.result.scores
    parts: list[dict[str, Any]] = []
    if found["teams"]:
        parts.append(_table(found, say))
    told = [*scores.notes(found, say), *scores.warnings(card, say)]
    parts.append({"list": [*effects.approval_effects(found, say), *told]})
    if found["sensitivity"]:
        heading = say.gettext("What the comparison hangs on")
        parts.append(
            {
                "heading": heading,
                "list": [*effects.outcome_effects(found, say), *effects.sensitivity(found, say)],
            }
        )
    return parts


def _table(found: dict[str, Any], say: Translations) -> dict[str, Any]:
    if (teams := len(found["teams"])) > MOST_ON_PAPER:
        text = say.gettext(
            "{n} teams are too many for one page of paper: the page on the screen has them all."
        )
        return {"sentences": [text.format(n=number(teams))]}
    columns = [{"label": label, "number": at > 0} for at, label in enumerate(tables.narrow_header(say))]
    return {"table": {"caption": "", "columns": columns, "rows": tables.narrow_rows(found, say)}}


def _guardrails(card: Any, say: Translations) -> list[dict[str, Any]]:
    if card.rails is None:
        return []
    rails = card.rails
    told = [
        *figures.escapes(rails.escapes, say),
        *figures.needless(rails.needless, rails.refusals, say),
        figures.drift(rails.approval, say),
    ]
    parts: list[dict[str, Any]] = [{"heading": say.gettext("Guardrails"), "list": told}]
    if card.by_team:
        labels = (
            say.gettext("Team"),
            say.gettext("Decisions"),
            say.gettext("Passed"),
            say.gettext("Proved wrong, of passed"),
        )
        columns = [{"label": label, "number": at > 0} for at, label in enumerate(labels)]
        parts.append(
            {
                "table": {
                    "caption": "",
                    "columns": columns,
                    "rows": [list(row) for row in tables.team_rails(card.by_team)],
                }
            }
        )
    return parts
