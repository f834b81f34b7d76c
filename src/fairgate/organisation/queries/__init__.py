"""Everything that is read. Permission has one door: what a person may see or change is asked here."""

from fairgate.organisation.queries.described import Described, endless_flows
from fairgate.organisation.queries.doors import (
    may_add,
    may_add_kind,
    may_edit,
    may_judge,
    units_of,
    unknown_names,
)
from fairgate.organisation.queries.facts import (
    counts_by_kind,
    fact_for,
    facts_for,
    names_known,
    resting_on,
    row_of,
    rows_for,
)
from fairgate.organisation.queries.judged import anything_judged, judgements_for, standing_between
from fairgate.organisation.queries.logs import (
    counted_for,
    counting_ended_in_vain,
    counts_in,
    import_for,
    imports_for,
    log_for,
    logs_for,
    new_units_in,
    same_log,
)
from fairgate.organisation.queries.map import CustomerMap, Link, around, map_for
from fairgate.organisation.queries.portrait import Portrait, Relation, declared_from, portrait_for
from fairgate.organisation.queries.units import (
    anybody_placed,
    function,
    members_of,
    own_units,
    placeable,
    unit_for,
)

__all__ = [
    "CustomerMap",
    "Described",
    "Link",
    "Portrait",
    "Relation",
    "anybody_placed",
    "anything_judged",
    "around",
    "counted_for",
    "counting_ended_in_vain",
    "counts_by_kind",
    "counts_in",
    "declared_from",
    "endless_flows",
    "fact_for",
    "facts_for",
    "function",
    "import_for",
    "imports_for",
    "judgements_for",
    "log_for",
    "logs_for",
    "map_for",
    "may_add",
    "may_add_kind",
    "may_edit",
    "may_judge",
    "members_of",
    "names_known",
    "new_units_in",
    "own_units",
    "placeable",
    "portrait_for",
    "resting_on",
    "row_of",
    "rows_for",
    "same_log",
    "standing_between",
    "unit_for",
    "units_of",
    "unknown_names",
]
