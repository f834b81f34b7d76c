"""What the columns of facts are called, on forms, in tables and in the spreadsheet people fill in."""

from fairgate.organisation.rules import FactKind, FlowKind, NeedKind
from fairgate.organisation.wording.translations import gettext_noop

TITLES: dict[FactKind, str] = {
    FactKind.UNITS: gettext_noop("Units"),
    FactKind.PROCESSES: gettext_noop("Processes"),
    FactKind.SERVICES: gettext_noop("Services"),
    FactKind.NEEDS: gettext_noop("Needs"),
    FactKind.FLOWS: gettext_noop("Flows"),
    FactKind.GATES: gettext_noop("Gates"),
}
ONE: dict[FactKind, str] = {
    FactKind.UNITS: gettext_noop("a unit"),
    FactKind.PROCESSES: gettext_noop("a process"),
    FactKind.SERVICES: gettext_noop("a service"),
    FactKind.NEEDS: gettext_noop("a need"),
    FactKind.FLOWS: gettext_noop("a flow"),
    FactKind.GATES: gettext_noop("a gate"),
}
MEANINGS: dict[FactKind, str] = {
    FactKind.UNITS: gettext_noop("A unit is a team or department."),
    FactKind.PROCESSES: gettext_noop(
        "A process is an ordered way of working that ends at an external customer."
    ),
    FactKind.SERVICES: gettext_noop("A service is what a unit offers to others."),
    FactKind.NEEDS: gettext_noop(
        "A need says who needs help or a release from whom, in which process, to serve which external customer."
    ),
    FactKind.FLOWS: gettext_noop("A flow is work passing from one unit to another in a process."),
    FactKind.GATES: gettext_noop("A gate is a point where one unit decides on another’s work."),
}
LABELS: dict[FactKind, dict[str, str]] = {
    FactKind.UNITS: {
        "name": gettext_noop("Unit"),
        "description": gettext_noop("What it does"),
    },
    FactKind.PROCESSES: {
        "name": gettext_noop("Process"),
        "external": gettext_noop("External customer"),
    },
    FactKind.SERVICES: {
        "unit": gettext_noop("Unit"),
        "name": gettext_noop("Service"),
    },
    FactKind.NEEDS: {
        "customer": gettext_noop("Who needs it"),
        "what": gettext_noop("What they need"),
        "supplier": gettext_noop("From whom"),
        "process": gettext_noop("Process"),
        "external": gettext_noop("External customer"),
        "kind": gettext_noop("Help or release"),
        "volume": gettext_noop("Volume"),
    },
    FactKind.FLOWS: {
        "process": gettext_noop("Process"),
        "external": gettext_noop("External customer"),
        "source": gettext_noop("From"),
        "target": gettext_noop("To"),
        "kind": gettext_noop("Kind"),
        "volume": gettext_noop("Volume"),
    },
    FactKind.GATES: {
        "unit": gettext_noop("Who decides"),
        "over": gettext_noop("On whose work"),
        "process": gettext_noop("Process"),
        "external": gettext_noop("External customer"),
        "name": gettext_noop("Name of the gate"),
    },
}
HINTS: dict[str, str] = {
    "external": gettext_noop("Who uses the product or service in the end, such as patients."),
    "volume": gettext_noop(
        "How much in a year: lots, orders, cases. Leave it empty if you don’t know; give it for all or none."
    ),
    "target": gettext_noop("Leave empty where the work reaches the external customer or is scrapped."),
    "what": gettext_noop("Such as batch release, calibration, training."),
}
CHOICES: dict[str, str] = {
    NeedKind.HELP: gettext_noop("help: they ask for it"),
    NeedKind.RELEASE: gettext_noop("release: nothing goes on without it"),
    FlowKind.WORK: gettext_noop("handed over to work on"),
    FlowKind.DECISION: gettext_noop("handed in for a decision"),
    FlowKind.RETURN: gettext_noop("sent back"),
    FlowKind.CUSTOMER: gettext_noop("served to the external customer"),
    FlowKind.SCRAP: gettext_noop("scrapped"),
}
