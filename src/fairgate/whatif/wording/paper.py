"""An answer on paper."""

from collections.abc import Iterable, Iterator
from typing import Any

from fairgate.engines.counterfactual import Answer, BreakEven, Refused
from fairgate.shared.translations import Translations
from fairgate.whatif.wording import answers, assumptions, base_rates, differences, tables, threshold
from fairgate.whatif.wording.names import policy_name


def of_answer(
    found: Answer | Refused,
    lines: Iterable[BreakEven],
    *,
    title: str,
    made: str,
    unit: str,
    say: Translations,
) -> dict[str, Any]:
    """What `web.pdf` makes pages of. The reason for going on although figures disagree stands above each of them."""
    page: dict[str, Any] = {
        "title": say.gettext("What if nobody checked? {name}").format(name=title),
        "made": made,
        "place": unit,
        "words": {"page": say.gettext("page"), "of": say.gettext("of")},
    }
    if isinstance(found, Refused):
        return page | {"lead": base_rates.refused(say), "parts": [_checked(found, say)]}
    if found.override:
        page["place"] = base_rates.overridden(found.override, say)
    page["lead"] = threshold.lead(found, say)
    return page | {"parts": list(_answer(found, lines, say))}


def _checked(found: Answer | Refused, say: Translations) -> dict[str, Any]:
    heading = say.gettext("Does the scenario reproduce what was counted?")
    return {"heading": heading, "list": list(base_rates.base_rates(found.base_rates, say))}


def _answer(found: Answer, lines: Iterable[BreakEven], say: Translations) -> Iterator[dict[str, Any]]:
    if found.override:
        yield {"note": base_rates.overridden(found.override, say)}
    yield {
        "list": list(threshold.thresholds(found.threshold, say)),
        "sentences": [answers.ranking(found, say)],
    }
    yield {
        "heading": say.gettext("Assumptions this hangs on most"),
        "list": [
            *assumptions.assumptions(found, say),
            *(answers.overload(one, say) for one in found.overloads),
        ],
    }
    yield _checked(found, say)
    yield {"sentences": list(filter(None, (answers.faster(found, say), answers.lasting(found, say))))}
    for table in tables.tables(found, say):
        yield {"table": _table(table)}
    for line in lines:
        yield {"sentences": [differences.line_sentence(line, say)]}
    today = policy_name(found.policies[0], say)
    yield {"heading": say.gettext("Each way against {today}").format(today=today)}
    for name in found.policies[1:]:
        yield {"table": _table(tables.apart(found.differences, name, say))}
    yield {"heading": say.gettext("How do we know?"), "list": list(answers.basis(found, say))}


def _table(table: tables.Table) -> dict[str, Any]:
    columns = [{"label": label, "number": at > 0} for at, label in enumerate(table.header)]
    return {"caption": table.title, "columns": columns, "rows": [list(row) for row in table.rows]}
