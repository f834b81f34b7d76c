"""Who is my customer? Arrays in, frozen answers out (DESIGN 4.1).

Three ways in, one answer: count a log (`assemble`, `count`), declare needs (`declare`), describe flows
(`describe`).
"""

from fairgate.engines.customers.answer import (
    Answer,
    Authority,
    Decided,
    ExternalCustomer,
    InProcess,
    InternalCustomer,
    Loss,
    Note,
    Reading,
    Readings,
    Summary,
    Supplier,
)
from fairgate.engines.customers.cases import Cases, assemble
from fairgate.engines.customers.counted import Counts, count
from fairgate.engines.customers.declared import Declared, declare
from fairgate.engines.customers.described import Description, describe
from fairgate.engines.customers.discrimination import Discrimination, discriminate
from fairgate.engines.customers.errors import (
    BadEvents,
    BadPattern,
    BadRows,
    CustomersError,
    EndlessCycle,
    MixedVolumes,
    NoCustomer,
    NoEvents,
    OneUnit,
    SharesAboveOne,
    UnknownUnit,
)
from fairgate.engines.customers.events import PLACEHOLDERS, Events, is_placeholder
from fairgate.engines.customers.figures import Coverage, Figures
from fairgate.engines.customers.kinds import APPROVE, REJECT, RETURN, Kind, Patterns
from fairgate.engines.customers.links import Link, links
from fairgate.engines.customers.readings import CUSTOMER_FROM
from fairgate.engines.customers.relations import UNNAMED_CUSTOMER
from fairgate.engines.customers.summaries import summaries

__all__ = [
    "APPROVE",
    "CUSTOMER_FROM",
    "PLACEHOLDERS",
    "REJECT",
    "RETURN",
    "UNNAMED_CUSTOMER",
    "Answer",
    "Authority",
    "BadEvents",
    "BadPattern",
    "BadRows",
    "Cases",
    "Counts",
    "Coverage",
    "CustomersError",
    "Decided",
    "Declared",
    "Description",
    "Discrimination",
    "EndlessCycle",
    "Events",
    "ExternalCustomer",
    "Figures",
    "InProcess",
    "InternalCustomer",
    "Kind",
    "Link",
    "Loss",
    "MixedVolumes",
    "NoCustomer",
    "NoEvents",
    "Note",
    "OneUnit",
    "Patterns",
    "Reading",
    "Readings",
    "SharesAboveOne",
    "Summary",
    "Supplier",
    "UnknownUnit",
    "assemble",
    "count",
    "declare",
    "describe",
    "discriminate",
    "is_placeholder",
    "links",
    "summaries",
]
