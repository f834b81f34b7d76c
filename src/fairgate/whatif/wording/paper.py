"""An answer on paper."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Any

from fairgate.engines.counterfactual import Answer, BreakEven, Refused
from fairgate.shared.translations import Translations
from fairgate.whatif.wording import answers, assumptions, base_rates, differences, tables, threshold
from fairgate.whatif.wording.names import policy_name

WHOLE = 12  # rows: such a table stands on one page
LEAST = 7  # letters: short labels such as "year 10" stay whole


def of_answer(
    found: Answer | Refused,
    lines: Iterable[BreakEven],
    *,
    title: str,
    made: str,
    unit: str,
    say: Translations,
    notes: Sequence[str] = (),
    origin: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """What `web.pdf` makes pages of. The reason for going on although figures disagree stands above each of them; ``notes`` are
    what records can't tell, ``origin`` how it came about: scenario, seed, versions, hash."""
    page: dict[str, Any] = {
        "title": say.gettext("What if nobody checked? {name}").format(name=title),
        "made": made,
        "place": unit,
        "words": {"page": say.gettext("page"), "of": say.gettext("of")},
    }
    if isinstance(found, Refused):
        return page | {
            "lead": base_rates.refused(say),
            "parts": [_checked(found, say), *_origin(origin, say)],
        }
    if found.override:
        page["place"] = base_rates.overridden(found.override, say)
    page["lead"] = threshold.lead(found, say)
    return page | {"parts": [*_answer(found, lines, notes, say), *_origin(origin, say)]}


def _checked(found: Answer | Refused, say: Translations) -> dict[str, Any]:
    heading = say.gettext("Does the scenario reproduce what was counted?")
    return {"heading": heading, "list": list(base_rates.base_rates(found.base_rates, say))}


def _origin(facts: Sequence[tuple[str, str]], say: Translations) -> Iterator[dict[str, Any]]:
    if facts:
        told = [f"{name}: {value}" for name, value in facts]
        yield {"heading": say.gettext("How it came about"), "list": told}


def _answer(
    found: Answer, lines: Iterable[BreakEven], notes: Sequence[str], say: Translations
) -> Iterator[dict[str, Any]]:
    if found.override:
        yield {"note": base_rates.overridden(found.override, say)}
    if borrowed := assumptions.borrowed(found.scenario, say):
        yield {"note": borrowed}
    yield {
        "list": list(threshold.thresholds(found.threshold, say)),
        "sentences": [answers.ranking(found, say), answers.worth(found, say)],
    }
    yield {
        "heading": say.gettext("Assumptions this hangs on most"),
        "list": [
            *assumptions.assumptions(found, say),
            *(answers.overload(one, say) for one in found.overloads),
        ],
    }
    yield _checked(found, say)
    told = (
        answers.faster(found, say),
        answers.lasting(found, say),
        answers.earlier(found, say),
        answers.serious(found, say),
        answers.staying(found, say),
        answers.reading(found, say),
        answers.severities(say),
    )
    yield {"heading": say.gettext("How long would it go well?"), "sentences": list(filter(None, told))}
    for table in tables.tables(found, say):
        yield {"heading": table.title, "table": _table(table)}
    every = list(lines)
    if every:
        heading = say.gettext("Where two ways are worth the same, along: {parameter}")
        yield {
            "heading": heading.format(parameter=differences.line_title(every[0], say)),
            "sentences": [differences.line_sentence(line, say) for line in every],
        }
    today = found.policies[0]
    yield {
        "heading": say.gettext("Each way against {today}").format(today=policy_name(today, say)),
        "sentences": [answers.apart(say)],
    }
    for name in found.policies[1:]:
        table = tables.apart(found, name, today, say)
        yield {"table": _table(table) | {"caption": table.title}}
    yield {"heading": say.gettext("How do we know?"), "list": [*answers.basis(found, say), *notes]}


def _table(table: tables.Table) -> dict[str, Any]:
    """Columns of numbers as wide as their numbers, their words broken to that; the rest is for the words that name the row."""
    columns = []
    for at, label in enumerate(table.header):
        lines = [line for row in table.rows for line in row[at].split("\n")] if at else []
        half = (len(label) + 1) // 2 + 1  # two lines, where words allow
        wide = max([LEAST, half, *map(len, lines), *map(len, label.split())])
        columns.append({"label": "\n".join(wrap(label, wide)) if at else label, "number": at > 0})
    return {"columns": columns, "rows": [list(row) for row in table.rows], "whole": len(table.rows) <= WHOLE}
