"""Halden Small: sixty people, three months. Too few for statistics, enough for a map and conversations."""

from datetime import UTC, datetime

from fairgate.demo.plant import Need, Plant, Step
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
)
