"""The front page on paper, and lists as spreadsheets."""

from collections.abc import Iterable, Iterator
from typing import Any

from fairgate.gate.wording import NOT_A_RECORD
from fairgate.protection.rules import Level, Nature, WouldHave
from fairgate.protection.wording import figures
from fairgate.protection.wording.names import LABELS, NATURES, SEVERITIES, WOULD_HAVE
from fairgate.shared.translations import Translations

Cell = str | None


def of_protection(page: Any, made: str, say: Translations) -> dict[str, Any]:
    """What `web.pdf` makes the one page of."""
    rails = page.guardrails
    title = say.gettext("What the gate protects from")
    if rails.unit:
        title = f"{title}: {rails.unit.name}"
    return {
        "title": title,
        "made": made,
        "place": rails.unit.name if rails.unit else "",
        "words": {"page": say.gettext("page"), "of": say.gettext("of")},
        "one_page": True,
        "lead": figures.lead(page, say),
        "parts": [
            {"table": table(page, say)},
            {"heading": say.gettext("Caught"), "list": figures.caught(page.caught, say)},
            {"heading": say.gettext("Let out"), "list": figures.escapes(rails.escapes, say)},
            {
                "heading": say.gettext("Stopped needlessly"),
                "list": figures.needless(rails.needless, rails.refusals, say),
            },
            {"heading": say.gettext("Drift"), "sentences": [figures.drift(rails.approval, say)]},
            {"note": say.gettext(NOT_A_RECORD)},
        ],
    }


def table(page: Any, say: Translations) -> dict[str, Any]:
    """The picture's numbers."""
    return {
        "caption": say.gettext("Caught, let out, stopped needlessly"),
        "columns": [
            {"label": say.gettext("What"), "number": False},
            {"label": say.gettext("Which"), "number": False},
            {"label": say.gettext("How many"), "number": True},
        ],
        "rows": [
            [heading, label, end] for heading, bars in figures.bars(page, say) for label, _, end, _ in bars
        ],
    }


def catch_header(say: Translations) -> list[str]:
    return [
        say.gettext("Request"),
        say.gettext("About"),
        say.gettext("Asked by"),
        say.gettext("Decided by"),
        say.gettext("Outcome"),
        say.gettext("The function says"),
        say.gettext("Why"),
        say.gettext("The unit that asked says"),
        say.gettext("Why"),
    ]


def catch_cells(judgements: Iterable[Any], say: Translations) -> Iterator[list[Cell]]:
    """Judgements with the customer's beside them."""
    for one in judgements:
        request = one.decision.request
        yield [
            request.reference,
            str(request),
            request.unit.name,
            request.deciding_unit.name,
            one.decision.outcome,
            say.gettext(WOULD_HAVE[WouldHave(one.would_have)]),
            one.note,
            say.gettext(WOULD_HAVE[WouldHave(one.customer_said)]),
            one.customer_note,
        ]


def complaint_header(say: Translations, *, with_complainant: bool) -> list[str]:
    return [say.gettext(label) for label in _columns(with_complainant).values()] + [
        say.gettext("Found by"),
        say.gettext("Linked to a decision"),
    ]


def complaint_cells(
    complaints: Iterable[Any], say: Translations, *, with_complainant: bool
) -> Iterator[list[Cell]]:
    """Who complained is left out unless ``with_complainant``."""
    for one in complaints:
        values = {
            **{name: str(getattr(one, name, "") or "") for name in _columns(with_complainant)},
            "severity": say.gettext(SEVERITIES[Level(one.severity)]),
            "external": str(one.external_customer or ""),
        }
        yield [
            *(values[name] for name in _columns(with_complainant)),
            say.gettext(NATURES[Nature(one.kind)]),
            say.gettext("yes") if one.has_link else say.gettext("no"),
        ]


def _columns(with_complainant: bool) -> dict[str, str]:
    """All but the inner key, which holds an account's number."""
    left_out = {"key"} if with_complainant else {"key", "complainant"}
    return {name: label for name, label in LABELS.items() if name not in left_out}
