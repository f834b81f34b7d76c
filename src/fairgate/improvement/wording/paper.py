"""The summary and the charter on paper: what `web.pdf.REPORT` prints, each on one page."""

from typing import Any

from fairgate.improvement.rules import Fate
from fairgate.improvement.wording import front
from fairgate.improvement.wording.names import FATES, SUMMARY_PARTS
from fairgate.shared.translations import Translations


def of_summary(
    page: Any, summary: Any, commitments: list[tuple[Any, Fate]], made: str, say: Translations
) -> dict[str, Any]:
    """``commitments`` of the interview, each as it counts today."""
    interview = page.interview
    parts: list[dict[str, Any]] = [
        {"heading": say.gettext(title), "sentences": getattr(summary, part).split("\n")}
        for part, title in SUMMARY_PARTS.items()
    ]
    if page.themes:
        themes = ", ".join(theme.name for theme in page.themes)
        parts.append({"note": say.gettext("Themes: {themes}").format(themes=themes)})
    if commitments:
        parts.append({"heading": say.gettext("What was promised"), "table": _promises(commitments, say)})
    return {
        "title": say.gettext("{ours} and {theirs}: what we heard").format(
            ours=interview.unit.name, theirs=interview.other.name
        ),
        "place": interview.unit.name,
        "made": made,
        "lang": "en",
        "one_page": True,
        "lead": say.gettext("{interviewer} talked with {name} on {day}.").format(
            interviewer=interview.interviewer.name,
            name=interview.person_name,
            day=interview.held_on.isoformat(),
        ),
        "parts": [
            *parts,
            {
                "note": say.gettext(
                    "One conversation, in the team’s words: what one person said, not what a unit thinks."
                )
            },
        ],
    }


def of_charter(charter: Any, made: str, say: Translations) -> dict[str, Any]:
    words = charter.words
    times = front.promise_times(charter.kinds, say)
    parts: list[dict[str, Any]] = []
    if times:
        columns = [
            {"label": say.gettext("When you ask for")},
            {"label": say.gettext("You get an answer within"), "narrow": True},
        ]
        table = {"columns": columns, "rows": [list(row) for row in times]}
        parts.append({"heading": say.gettext("How fast we answer"), "table": table})
    return {
        "title": say.gettext("What {unit} promises you").format(unit=words.unit.name),
        "place": words.unit.name,
        "made": made,
        "lang": "en",
        "one_page": True,
        "lead": say.gettext("To every unit inside that needs us in order to serve our customers."),
        "parts": [
            *parts,
            {"heading": say.gettext("How we say no"), "list": list(words.refusing)},
            {"heading": say.gettext("What we always do"), "list": list(words.standing)},
            {
                "heading": say.gettext("How well we keep it"),
                "sentences": [
                    front.promises_kept(charter.promises, say),
                    front.kept(charter.commitments, say),
                ],
            },
            {"note": front.how_counted(charter.commitments, say)[0]},
            *(
                [{"heading": say.gettext("Whom to ask"), "sentences": [words.contact]}]
                if words.contact
                else []
            ),
        ],
    }


def _promises(commitments: list[tuple[Any, Fate]], say: Translations) -> dict[str, Any]:
    columns = [
        {"label": say.gettext("What")},
        {"label": say.gettext("Owner"), "narrow": True},
        {"label": say.gettext("By"), "narrow": True},
        {"label": say.gettext("State"), "narrow": True},
    ]
    rows = [
        [one.what, one.owner.name, one.due.isoformat(), say.gettext(FATES[fate])] for one, fate in commitments
    ]
    return {"columns": columns, "rows": rows}
