"""Which column plays which part: by the names people give columns, in English and German, or by choice."""

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Literal

from fairgate.readers.choices import NONE
from fairgate.readers.problems import Problems, listed, quoted

Kind = Literal["events", "needs", "flows"]

# Names are compared without case, spaces, signs and what stands in brackets; ä is ae. Earlier names win.
SYNONYMS: Mapping[Kind, Mapping[str, str]] = {
    "events": {
        "case": """case caseid casenumber caseno casenr casename caseconceptname fall fallid fallnummer fallnr
            vorgang vorgangid vorgangsnummer batch batchid batchnumber batchno charge chargennummer lot lotid
            lotnumber lotno order orderid ordernumber auftrag auftragsnummer ticket ticketid ticketnumber
            requestid traceid trace""",
        "activity": """activity activityname conceptname step stepname processstep task taskname action event
            eventname eventtype aktivitaet taetigkeit schritt arbeitsschritt prozessschritt aktion ereignis
            aufgabe""",
        "time": """timestamp time datetime dateandtime timetimestamp completetimestamp completed completedat
            endtime endtimestamp date when starttime starttimestamp zeitstempel zeitpunkt zeit datum datumzeit
            datumuhrzeit datumundzeit""",
        "unit": """unit department dept team orgunit organisationalunit organizationalunit organisationunit
            organizationunit function orggroup group orgrole role abteilung einheit organisationseinheit
            bereich gruppe rolle stelle funktion resource orgresource ressource""",
        "value": "amount value volume lots quantity qty total betrag wert menge anzahl volumen stueckzahl",
        "external": """externalcustomer endcustomer finalcustomer customer client forwhom
            forwhichexternalcustomer externerkunde endkunde kunde fuerwen""",
        "document": """document documentid documentnumber documentno processdocument dokument dokumentid
            dokumentnummer beleg belegnummer belegnr""",
    },
    "needs": {
        "customer": """whoneeds whoneedsit who neededby internalcustomer customer customerunit unit department
            team werbraucht werbrauchtes wer internerkunde abteilung einheit kunde""",
        "supplier": """fromwhom neededfrom whofrom supplier supplierunit internalsupplier provider from vonwem
            von lieferant internerlieferant anbieter erbringer""",
        "what": """what whattheyneed whatisneeded service need needs was wasgebrauchtwird leistung dienst
            bedarf""",
        "process": "process inprocess inwhichprocess processname prozess improzess prozessname ablauf",
        "external": """externalcustomer endcustomer finalcustomer forwhichexternalcustomer
            whichexternalcustomer forwhom toserve toservewhom external endkunde externerkunde fuerwen
            fuerwelchenkunden fuerwelchenexternenkunden extern""",
        "kind": """kind helporrelease kindofneed kindofhelp typeofneed type art artdesbedarfs
            hilfeoderfreigabe bedarfsart""",
        "volume": """volume volumeperyear peryear lots lotsperyear quantity amount value volumen menge
            mengeprojahr anzahl betrag wert""",
    },
    "flows": {
        "source": "from fromunit source sender von vonabteilung voneinheit quelle absender",
        "target": "to tounit target receiver recipient nach an zu ziel anabteilung aneinheit empfaenger",
        "kind": "kind type kindofflow art typ",
        "volume": "volume lots quantity amount value count cases volumen menge anzahl faelle",
        "process": "process inprocess inwhichprocess processname prozess improzess prozessname ablauf",
        "external": "externalcustomer endcustomer finalcustomer forwhom endkunde externerkunde fuerwen",
        "share": "share probability proportion percent percentage anteil wahrscheinlichkeit prozent",
    },
}
NEEDED: Mapping[Kind, tuple[str, ...]] = {
    "events": ("case", "activity", "time"),
    "needs": ("customer", "supplier"),
    "flows": ("source", "target"),
}
IN_WORDS: Mapping[str, str] = {
    "case": "case",
    "activity": "activity",
    "time": "time",
    "unit": "unit",
    "value": "value",
    "external": "external customer",
    "document": "document",
    "customer": "who needs",
    "supplier": "from whom",
    "what": "what",
    "process": "process",
    "kind": "kind",
    "volume": "volume",
    "source": "from",
    "target": "to",
    "share": "share",
}


def plain(name: str) -> str:
    """A column's name as it is compared: "Case ID (Plant)" is "caseid"."""
    folded = re.sub(r"[(\[].*?[)\]]", "", name.casefold()) or name.casefold()
    for letter, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        folded = folded.replace(letter, written)
    return "".join(character for character in folded if character.isalnum())


def candidates(columns: Sequence[str], kind: Kind, part: str) -> list[str]:
    """The columns that could play `part`, best first."""
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(plain(column), column)
    return [by_name[name] for name in SYNONYMS[kind][part].split() if name in by_name]


def assign(columns: Sequence[str], kind: Kind, chosen: Mapping[str, str] | None = None) -> dict[str, str]:
    """part -> column, each column once; `chosen` parts are taken as given and come first."""
    parts = dict(chosen or {})
    for part in SYNONYMS[kind]:
        if part in parts:
            continue
        free = (c for c in candidates(columns, kind, part) if c not in parts.values())
        if (column := next(free, None)) is not None:
            parts[part] = column
    return {part: parts[part] for part in SYNONYMS[kind] if part in parts}


def chosen_columns(
    columns: Sequence[str], wanted: Mapping[str, str], problems: Problems, *, what: str = "column"
) -> dict[str, str]:
    """The columns a person named, found regardless of case; a name that isn't there becomes a problem."""
    by_name = {column.casefold(): column for column in reversed(columns)}
    found = {}
    for part, name in wanted.items():
        if not name or name == NONE:
            continue
        if (column := by_name.get(name.strip().casefold())) is not None:
            found[part] = column
        else:
            problems.add(
                None,
                "",
                f"no {what} {quoted(name)}, chosen for the {IN_WORDS[part]}",
                f"one of the {what}s there are: {listed(columns, 40)}",
                suggestion(name, columns),
            )
    return found


def suggestion(name: str, known: Sequence[str]) -> str:
    """“Did you mean …?”, when something is near."""
    folded = {one.casefold(): one for one in known}
    near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return f"Did you mean {quoted(folded[near[0]])}?" if near else ""
