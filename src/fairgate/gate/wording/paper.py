"""A refusal slip on one sheet of paper. Texts only; records are taken as they come."""

from typing import Any

from fairgate.gate.wording.names import NOT_A_RECORD
from fairgate.shared.translations import Translations


def of_slip(
    request: Any, slip: Any, rule: str, lead: str, made: str, day: str, say: Translations
) -> dict[str, Any]:
    """Everything the printed slip holds, in the order a reader needs it. ``rule``: the clause it rests on; ``day``: by when;
    ``made``: when it was printed, with the zone."""
    place = f"{request.reference} · {request.unit} · {request.deciding_unit}"
    return {
        "title": say.gettext("Refusal slip: {item}").format(item=request.item or request.reference),
        "place": place,
        "made": made,
        "lang": "en",
        "one_page": True,
        "lead": lead,
        "parts": [
            _part(say.gettext("What was asked"), slip.asked),
            _part(say.gettext("Why not"), slip.reasons, say.gettext("It rests on {rule}.").format(rule=rule)),
            _part(
                say.gettext("The way to yes"), slip.way_to_yes, say.gettext("By when: {day}").format(day=day)
            ),
            _part(say.gettext("Whom to ask"), slip.ask_whom),
            _part(say.gettext("A second look"), slip.second_look),
            {"note": say.gettext(NOT_A_RECORD)},
        ],
    }


def _part(heading: str, *texts: str) -> dict[str, Any]:
    """Each line that was typed is a paragraph of its own."""
    lines = [line.strip() for text in texts for line in text.splitlines() if line.strip()]
    return {"heading": heading, "sentences": lines}
