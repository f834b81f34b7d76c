"""Events become cases: the ordered acts on each process document, with its value and its external
customer."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.customers.arrays import Amounts, Codes, Flags, Places
from fairgate.engines.customers.documents import carried, coded, document_named_by, last_known
from fairgate.engines.customers.events import Events, is_placeholder
from fairgate.engines.customers.kinds import Patterns


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """``d`` process documents with ``e`` acts; the acts of document ``i`` are ``starts[i]:starts[i + 1]``, in
    order.

    Of a document: ``case``, ``process``, ``external`` (-1 unnamed), ``value`` (NaN without amount; 1 if there
    is no column). Of an act: ``unit`` (-1 missing), ``kind`` by its pattern, ``activity``, and whether it
    ``serves`` (None: decisions say who was served). ``named`` says which units are units and not
    placeholders.
    """

    starts: Places
    case: Codes
    process: Codes
    external: Codes
    value: Amounts
    unit: Codes
    kind: NDArray[np.int8]
    activity: Codes
    serves: Flags | None
    units: tuple[str, ...]
    named: Flags
    processes: tuple[str, ...]
    externals: tuple[str, ...]
    external_given: bool
    value_given: bool
    ties: int

    @property
    def document(self) -> Places:
        """The document of each act, ``int64[e]``."""
        return np.repeat(np.arange(len(self.case)), np.diff(self.starts))


def assemble(
    events: Events,
    patterns: Patterns | None = None,
    *,
    process: str = "process",
    document_is_kind: bool | None = None,
) -> Cases:
    """Order events by case and time (ties keep the order of the file) and cut each case into process
    documents.

    The document is the ``document`` column, else named by the activity ("Declaration …"); what names none
    belongs to the document named last before it in its case, else next. Its process is the kind of document:
    the activity's leading words, or the column's text where the same texts recur from case to case
    (``document_is_kind`` overrules that guess), else ``process``. A blank external customer or document is
    filled from the rest of its case.
    """
    patterns = patterns or Patterns()
    order = np.lexsort((events.time, events.case))
    case = events.case[order]
    case_starts = _boundaries(case)
    activity = events.activity[order]
    words, kinds_of_document = coded([document_named_by(name) for name in events.activity_names])
    named_by_activity = carried(words[activity], case_starts)
    if events.document is None:
        document, process_code = named_by_activity, named_by_activity
    else:
        document = carried(events.document[order], case_starts)
        if document_is_kind is None:
            document_is_kind = _recurs(case, document)
        if document_is_kind:
            process_code, kinds_of_document = document, events.document_names
        else:
            process_code = _within(case, document, words[activity])
    acts, starts = _grouped(case, document)
    first = acts[starts[:-1]]
    kinds = patterns.kinds(events.activity_names)
    serving = patterns.serving(events.activity_names)
    in_order = order[acts]
    activity = events.activity[in_order]
    processes, of_document = _processes(process_code[first], kinds_of_document, process)
    return Cases(
        starts=starts,
        case=case[first],
        process=of_document,
        external=_externals(events, order, case_starts, acts, starts),
        value=_values(events.value, in_order, starts),
        unit=events.unit[in_order],
        kind=kinds[activity],
        activity=activity,
        serves=None if serving is None else serving[activity],
        units=events.unit_names,
        named=np.array([not is_placeholder(name) for name in events.unit_names], dtype=np.bool_),
        processes=processes,
        externals=events.external_names,
        external_given=events.external is not None,
        value_given=events.value is not None,
        ties=_ties(case, events.time[order], events.unit[order]),
    )


def _boundaries(sorted_codes: NDArray[np.integer]) -> Places:
    changes = np.flatnonzero(np.diff(sorted_codes)) + 1
    return np.concatenate(([0], changes, [len(sorted_codes)])).astype(np.int64)


def _grouped(case: Codes, document: Codes) -> tuple[Places, Places]:
    """Acts reordered so that each document of a case lies together and in order."""
    key = case.astype(np.int64) * (int(document.max()) + 2) + document + 1
    acts = np.argsort(key, kind="stable")
    return acts, _boundaries(key[acts])


def _recurs(case: Codes, document: Codes) -> bool:
    """Whether texts in the document column are kinds ("Permit"): on average they turn up in two cases or
    more."""
    known = document >= 0
    pairs = np.unique(np.stack((case[known], document[known])), axis=1)
    return bool(pairs.shape[1] >= 2 * max(1, len(np.unique(pairs[1]))))


def _within(case: Codes, document: Codes, words: Codes) -> Codes:
    """The kind that a document's own activities name, for each act; -1 if none of them does."""
    acts, starts = _grouped(case, document)
    kind = np.empty_like(words)
    kind[acts] = carried(words[acts], starts)
    kind[acts] = np.repeat(kind[acts[starts[:-1]]], np.diff(starts))
    return kind


def _processes(codes: Codes, names: tuple[str, ...], without: str) -> tuple[tuple[str, ...], Codes]:
    """Names in use, with ``without`` for documents of no kind."""
    said = np.array([*names, without], dtype=object)[codes]
    code, used = coded(list(said))
    return used, code


def _values(value: Amounts | None, order: Places, starts: Places) -> Amounts:
    if value is None:
        return np.ones(len(starts) - 1)
    amounts = value[order]
    place = np.where(np.isnan(amounts), -1, np.arange(len(amounts)))
    last = np.maximum.reduceat(place, starts[:-1])
    return np.where(last >= 0, amounts[last], np.nan)


def _externals(events: Events, order: Places, case_starts: Places, acts: Places, starts: Places) -> Codes:
    """Where a document ended: at its last act that says so, else where its case did."""
    if events.external is None:
        return np.full(len(starts) - 1, -1, dtype=np.int32)
    external = events.external[order]
    of_case = np.repeat(last_known(external, case_starts), np.diff(case_starts))
    of_document = last_known(external[acts], starts)
    return np.where(of_document >= 0, of_document, of_case[acts[starts[:-1]]]).astype(np.int32)


def _ties(case: Codes, time: NDArray[np.datetime64], unit: Codes) -> int:
    """Neighbours in one case at one time by different units: only the file says who was first."""
    same = (case[1:] == case[:-1]) & (time[1:] == time[:-1]) & (unit[1:] != unit[:-1])
    return int(same.sum())
