"""Halden Small: sixty people, three months. Too few for statistics, enough for a map and conversations."""

from datetime import UTC, datetime

from fairgate.demo.plant import Ask, Line, Need, Plant, Step, Talk, Team
from fairgate.organisation.rules import FlowKind, NeedKind

QUALITY, PRODUCTION, FILLING, STORES, OFFICE = "Quality", "Production", "Filling", "Stores", "Office"
CREAMS, SAMPLES = "Creams", "Samples"
HELP, RELEASE = NeedKind.HELP, NeedKind.RELEASE
WORK, DECISION, RETURN, CUSTOMER, SCRAP = FlowKind

HALDEN_SMALL = Plant(
    title="Halden Small",
    function=QUALITY,
    mission="Tests and releases what leaves the house.",
    units={
        QUALITY: "Tests and releases what leaves the house.",
        PRODUCTION: "Mixes creams and ointments.",
        FILLING: "Fills and labels tubes.",
        STORES: "Receives, stores and ships.",
        OFFICE: "Buys, sells and keeps the books.",
    },
    headcount={QUALITY: 6, PRODUCTION: 22, FILLING: 16, STORES: 8, OFFICE: 8},
    processes={CREAMS: "Pharmacies", SAMPLES: "Doctors"},
    needs=(
        Need(PRODUCTION, "batch release", QUALITY, CREAMS, RELEASE, 60),
        Need(FILLING, "label approval", QUALITY, CREAMS, RELEASE, 20),
        Need(OFFICE, "answers to complaints", QUALITY, CREAMS, HELP, 15),
        Need(QUALITY, "complete batch records", PRODUCTION, CREAMS, HELP, 60),
        Need(PRODUCTION, "materials", STORES, CREAMS, HELP, 60),
        Need(FILLING, "bulk cream", PRODUCTION, CREAMS, HELP, 60),
        Need(STORES, "filled tubes", FILLING, CREAMS, HELP, 60),
        Need(STORES, "materials ordered", OFFICE, CREAMS, HELP, 60),
        Need(STORES, "sample packs", FILLING, SAMPLES, HELP, 25),
        Need(OFFICE, "samples sent", STORES, SAMPLES, HELP, 25),
    ),
    flows=(
        (CREAMS, OFFICE, PRODUCTION, WORK),
        (CREAMS, PRODUCTION, QUALITY, DECISION),
        (CREAMS, QUALITY, FILLING, WORK),
        (CREAMS, QUALITY, PRODUCTION, RETURN),
        (CREAMS, FILLING, STORES, WORK),
        (CREAMS, STORES, "", CUSTOMER),
        (SAMPLES, FILLING, STORES, WORK),
        (SAMPLES, STORES, "", CUSTOMER),
    ),
    recorded_process="Creams",
    recorded_unit="tubes",
    steps=(
        Step(STORES, "Stage materials", 12),
        Step(PRODUCTION, "Mix batch", 10),
        Step(QUALITY, "Batch", 30, gate=True, reject=0.03, send_back=0.08, back_to=1),
        Step(FILLING, "Fill tubes", 16),
        Step(STORES, "Ship batch", 20),
    ),
    lots=15,
    from_day=datetime(2026, 8, 3, 6, 0, tzinfo=UTC),
    days=90,
    seed=21,
    teams=(Team("Quality", escapes=0.08, later_escapes=0.08),),
    gates_of_lots={"Batch": Line("batch-disposition", PRODUCTION, CREAMS, "Release of {item}")},
    submitting=frozenset({PRODUCTION}),
    lines=(
        Line(
            "document",
            FILLING,
            CREAMS,
            "Approval of {item}",
            "Label {number:02}",
            14,
            stop=0.3,
            refuse=0.0,
            escapes=0.0,
        ),
    ),
    clauses={
        "batch-disposition": "211.165",
        "batch-record-review": "211.192",
        "document": "211.100",
    },
    judged_days=90,
    agreement=(
        "Minutes of the house meeting of 3 August 2026, item 4",
        "everybody in Quality and management",
    ),
    slipped_days=90,
    asks=(
        Ask(
            PRODUCTION,
            "deviation",
            "Closing of deviation 7: cream mixed at 62 instead of 60 degrees",
            "Deviation 7",
            "The thermometer was read wrongly for five minutes.",
        ),
    ),
    talks=(
        Talk(
            PRODUCTION,
            -20,
            "They think we are slow on purpose. They were not told that the laboratory waits for results.",
            "We get an answer, and it is polite.",
            "Nobody says how long it will take.",
            "A date on every batch.",
            ("waiting",),
            shared=True,
            promise="Every batch gets a date on the day it is handed in.",
            due_in=2,
            done="The date is on the card of every batch.",
        ),
        Talk(
            FILLING,
            -8,
            "Label texts go round three times.",
            "Quick answers on labels.",
            "Each person returns a label for something else.",
            "All comments at once.",
            ("early advice",),
            promise="All comments on a label at once.",
            due_in=21,
        ),
        Talk(OFFICE, 6),
    ),
    natures=("tube leaks",),
    other_natures=("late delivery", "torn carton"),
    other_complaints=3,
)
