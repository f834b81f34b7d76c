"""Which columns of somebody's export say what about a decision: proposed by name, for a person to confirm once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

import numpy as np

from fairgate.readers.choices import NO_CHOICES, Choices
from fairgate.readers.columns import assign, plain
from fairgate.readers.dates import TWO_WAYS, order_of, read_times
from fairgate.readers.detect import detect
from fairgate.readers.events import EventLog, read_events
from fairgate.readers.flowing import open_rows
from fairgate.readers.numbers import notation
from fairgate.readers.problems import refuse
from fairgate.readers.table import Cell, Source, as_text

SAMPLE = 2_000  # rows a proposal is made from
SHOWN = 3  # examples of each column

# Names are compared as `columns.plain` makes them. Earlier fields and earlier names win; each column is taken once.
SYNONYMS: Mapping[str, str] = {
    "key": """key record requestkey requestid decisionid recordid recordnumber recordno referencenumber reference
        ref ticket ticketid ticketnumber number no id caseid case vorgangsnummer vorgangsnr vorgang
        antragsnummer antragsnr aktenzeichen referenz kennung nummer nr""",
    "decided_at": """decidedat decidedon decided decisiondate dateofdecision decisiontime releasedate releasedon
        approvedon closedat closedon closed completedat entschiedenam entschieden entscheidungsdatum
        datumderentscheidung freigegebenam freigegeben freigabedatum genehmigtam abgeschlossenam abgeschlossen
        erledigtam""",
    "submitted_at": """submittedat submittedon submitted submissiondate dateofsubmission requestedat requestedon
        requestdate receivedat receivedon received createdat createdon created openedat opened eingereichtam
        eingereicht eingegangenam eingegangen eingang eingangsdatum beantragtam beantragt antragsdatum
        gestelltam angelegtam angelegt erstelltam erstellt""",
    "promised_by": """promisedby promised dueby duedate due targetdate deadline faelligam faellig faelligkeit
        zugesagtbis zusage termin frist""",
    "outcome": """outcome decision disposition result verdict status state usagedecision entscheidung ergebnis
        verwendungsentscheid beschluss bescheid""",
    "unit": """unit unitthatasked requestingunit whoasked requestingdepartment department requestedbyunit fromunit
        fromdepartment team area customer customerunit org anforderndeabteilung antragstellendeeinheit
        antragstellendeabteilung organisationseinheit abteilung einheit bereich""",
    "kind": """kind requestkind kindofrequest requesttype typeofrequest type category art antragsart vorgangsart kategorie typ
""",
    "item": """item lotcontractordocument lot lotnumber lotno lotid batch batchnumber batchno batchid document
        documentnumber contract contractnumber material product charge chargennummer chargennr los losnummer losnr vertrag
        vertragsnummer dokument dokumentnummer""",
    "asked": """asked whatwasasked subject title summary what description request betreff titel beschreibung antrag
""",
    "process": "process inprocess processname prozess prozessname ablauf",
    "team": "teamthatdecided decidingteam reviewteam teamname entscheidendesteam",
    "risk": "risk severity criticality riskclass priority risiko schwere kritikalitaet prioritaet",
    "value": "value amount lots quantity volume total wert betrag menge",
    "submitter": """submitter personwhoasked submittedby requester requestedby author createdby initiator eingereichtvon
        antragsteller ersteller""",
    "decider": """decider personwhodecided decidedby approver approvedby releasedby reviewer decisionmaker
        entschiedenvon freigegebenvon genehmigtvon pruefer entscheider""",
    "follows": """follows recorditfollows previousrequest previous predecessor resubmissionof replaces vorgaenger
        folgtauf""",
    "conditions": "conditions condition provisos auflagen bedingungen",
    "note": "note notes comment comments remark remarks reason bemerkung kommentar anmerkung begruendung",
}
TIMES = ("decided_at", "submitted_at", "promised_by")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file seems to be. ``is_log``: an event log, whose decisions are derived; ``fields``: our field (in a log, the
    part an attribute plays) to their column; ``examples``: a few values of each column; ``date_format`` "ymd", "dmy" or
    "mdy", empty where the dates can be read two ways or none are to be seen; ``units``: the units a log names, the one with
    most events first; ``acts``: how often each of them did what, as (unit, activity, events)."""

    is_log: bool
    fields: Mapping[str, str]
    examples: Mapping[str, tuple[str, ...]]
    date_format: str
    decimal: str
    source: Source
    units: tuple[str, ...] = ()
    acts: tuple[tuple[str, str, int], ...] = ()


def propose(path: Path, choices: Choices = NO_CHOICES) -> Proposal:
    """Look at the beginning of a table, or at a whole log. Errors: ReadError for what is neither."""
    if detect(path).format == "xes":
        return _of_log(read_events(path, choices))
    with open_rows(path, choices) as table:
        rows = [cells for _, cells in islice(table.rows, SAMPLE)]
        columns, source = table.columns, table.source
    if not rows:
        refuse(path, "column names and no row below them", "one row for each decision")
    fields = proposed(columns)
    if "outcome" not in fields and {"case", "activity", "time"} <= assign(columns, "events").keys():
        return _of_log(read_events(path, choices))
    by_name = {name: [row[at] for row in rows] for at, name in enumerate(columns)}
    examples = {name: _examples(cells) for name, cells in by_name.items()}
    dates = _dates([by_name[fields[name]] for name in TIMES if name in fields], list(by_name.values()))
    amounts = [cell for cell in by_name.get(fields.get("value", ""), []) if isinstance(cell, str)]
    prefer = "," if source.separator == "semicolon" else "."
    return Proposal(
        False, fields, examples, date_order(dates), notation(amounts, prefer=prefer).decimal, source
    )


def proposed(columns: Sequence[str]) -> dict[str, str]:
    """field -> column, by name."""
    by_name = {plain(column): column for column in reversed(columns)}
    found: dict[str, str] = {}
    for field, names in SYNONYMS.items():
        free = (
            by_name[name] for name in names.split() if name in by_name and by_name[name] not in found.values()
        )
        if (column := next(free, None)) is not None:
            found[field] = column
    return found


def date_order(cells: Sequence[Cell]) -> str:
    """The order of day, month and year in a column: "ymd", "dmy" or "mdy"; "" where it can be read two ways, or where there
    is no date. A workbook's own dates are read whatever the order, so "ymd" does for them."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell]
    if not texts:
        return "ymd" if any(isinstance(cell, datetime) for cell in cells) else ""
    read = read_times(texts)
    return "" if read.assumed else order_of(read.format)


def _dates(known: Sequence[Sequence[Cell]], columns: Sequence[Sequence[Cell]]) -> list[Cell]:
    """The cells that tell how dates are written: of the columns known to hold them by name, else of those that look so."""
    found = [column for column in known if any(column)] or [
        column for column in columns if _is_of_dates(column)
    ]
    return [cell for column in found for cell in column]


def _is_of_dates(cells: Sequence[Cell]) -> bool:
    if any(isinstance(cell, datetime) for cell in cells):
        return True
    texts = [text for text in map(as_text, cells) if not text.isdecimal() and text]
    return bool(texts) and 2 * int(np.isnat(read_times(texts).times).sum()) < len(texts)


def _of_log(log: EventLog) -> Proposal:
    counts: dict[int, int] = {}
    for code in log.unit.codes.tolist():
        counts[code] = counts.get(code, 0) + 1
    units = [log.unit.names[code] for code in sorted(counts, key=lambda code: -counts[code]) if code >= 0]
    examples = {"activity": log.activity.names[:40], "unit": tuple(units[:40])}
    order = "" if TWO_WAYS in log.source.notes else order_of(log.source.date_format) or "ymd"
    return Proposal(
        True, dict(log.source.columns), examples, order, ".", log.source, tuple(units), _acts(log)
    )


def _acts(log: EventLog) -> tuple[tuple[str, str, int], ...]:
    pairs = Counter(zip(log.unit.codes.tolist(), log.activity.codes.tolist(), strict=True))
    return tuple(
        (log.unit.names[unit], log.activity.names[activity], often)
        for (unit, activity), often in pairs.items()
        if unit >= 0
    )


def _examples(cells: Sequence[Cell]) -> tuple[str, ...]:
    told: dict[str, None] = {}
    for cell in cells:
        if cell != "":
            text = cell.isoformat(" ") if isinstance(cell, datetime) else as_text(cell)
            told[text[:60]] = None
        if len(told) == SHOWN:
            break
    return tuple(told)
