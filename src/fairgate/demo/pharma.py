"""Halden Pharma: twelve units, three hundred people, two years of lots.

Planted for this part of the product:
every other unit needs Quality Assurance for something, so by need "11 of 11 units" are its customers and the
reading separates nobody; by authority six are; Manufacturing is both; Quality Assurance is itself a customer of five units.
"""

from fairgate.demo.plant import Need, Plant, Step
from fairgate.organisation.rules import FlowKind, NeedKind, Verdict

QA, QC, MFG, PKG, WH = "Quality Assurance", "Quality Control", "Manufacturing", "Packaging", "Warehouse"
ENG, PRO, REG, PLAN = "Engineering", "Procurement", "Regulatory Affairs", "Supply Planning"
SALES, IT, HR = "Sales", "Information Technology", "Human Resources"

TABLETS, INJECTIONS, CONTRACT = "Tablets", "Injections", "Contract packing"
HELP, RELEASE = NeedKind.HELP, NeedKind.RELEASE
WORK, DECISION, RETURN, CUSTOMER, SCRAP = FlowKind

HALDEN_PHARMA = Plant(
    title="Halden Pharma",
    function=QA,
    mission="Releases or holds what the plant makes, and approves whatever can change it.",
    units={
        QA: "Releases or holds what the plant makes, and approves whatever can change it.",
        QC: "Tests materials and lots in the laboratory.",
        MFG: "Makes tablets and injections.",
        PKG: "Packs and labels, for Halden and for partner companies.",
        WH: "Receives, stores and ships.",
        ENG: "Keeps buildings and machines in a qualified state.",
        PRO: "Chooses suppliers and buys.",
        REG: "Keeps licences and submissions in order.",
        PLAN: "Plans what is made when.",
        SALES: "Sells, and answers customers.",
        IT: "Runs computerised systems.",
        HR: "Hires, and organises training.",
    },
    headcount={
        QA: 24,
        QC: 38,
        MFG: 86,
        PKG: 44,
        WH: 26,
        ENG: 28,
        PRO: 9,
        REG: 8,
        PLAN: 8,
        SALES: 12,
        IT: 10,
        HR: 7,
    },
    processes={TABLETS: "Patients", INJECTIONS: "Hospitals", CONTRACT: "Partner companies"},
    needs=(
        Need(MFG, "batch release", QA, TABLETS, RELEASE, 520),
        Need(MFG, "batch release", QA, INJECTIONS, RELEASE, 240),
        Need(MFG, "help with deviations", QA, TABLETS, HELP, 130),
        Need(PKG, "release of packed lots", QA, TABLETS, RELEASE, 500),
        Need(PKG, "release of packed lots", QA, CONTRACT, RELEASE, 180),
        Need(WH, "release of returned goods", QA, TABLETS, RELEASE, 40),
        Need(WH, "material status", QA, TABLETS, HELP, 520),
        Need(ENG, "approval of qualification", QA, INJECTIONS, RELEASE, 60),
        Need(PRO, "approval of suppliers", QA, TABLETS, RELEASE, 35),
        Need(IT, "approval of system changes", QA, INJECTIONS, RELEASE, 25),
        Need(QC, "advice on methods", QA, TABLETS, HELP, 90),
        Need(REG, "quality documents for submissions", QA, INJECTIONS, HELP, 30),
        Need(PLAN, "expected release dates", QA, TABLETS, HELP, 520),
        Need(SALES, "answers for customers' audits", QA, CONTRACT, HELP, 45),
        Need(HR, "content of GMP training", QA, TABLETS, HELP, 12),
        Need(QA, "test results", QC, TABLETS, HELP, 520),
        Need(QA, "test results", QC, INJECTIONS, HELP, 240),
        Need(QA, "complete batch records", MFG, TABLETS, HELP, 520),
        Need(QA, "reports on qualification", ENG, INJECTIONS, HELP, 60),
        Need(QA, "the quality system kept running", IT, INJECTIONS, HELP, 240),
        Need(QA, "changes to licences", REG, INJECTIONS, HELP, 30),
        Need(MFG, "starting materials", WH, TABLETS, HELP, 520),
        Need(MFG, "starting materials", WH, INJECTIONS, HELP, 240),
        Need(MFG, "machines ready to run", ENG, TABLETS, HELP, 520),
        Need(PKG, "bulk product", MFG, TABLETS, HELP, 500),
        Need(WH, "packed goods", PKG, TABLETS, HELP, 500),
        Need(WH, "packed goods", PKG, CONTRACT, HELP, 180),
        Need(WH, "filled product", MFG, INJECTIONS, HELP, 240),
        Need(WH, "purchase orders", PRO, TABLETS, HELP, 520),
        Need(MFG, "production plan", PLAN, TABLETS, HELP, 520),
        Need(PLAN, "sales forecast", SALES, TABLETS, HELP, 520),
        Need(PKG, "trained operators", HR, CONTRACT, HELP, 60),
    ),
    flows=(
        (TABLETS, PRO, MFG, WORK),
        (TABLETS, MFG, QC, WORK),
        (TABLETS, QC, QA, DECISION),
        (TABLETS, QA, PKG, WORK),
        (TABLETS, QA, MFG, RETURN),
        (TABLETS, QA, "", SCRAP),
        (TABLETS, PKG, WH, WORK),
        (TABLETS, WH, "", CUSTOMER),
        (INJECTIONS, PRO, MFG, WORK),
        (INJECTIONS, MFG, QC, WORK),
        (INJECTIONS, QC, QA, DECISION),
        (INJECTIONS, QA, WH, WORK),
        (INJECTIONS, WH, "", CUSTOMER),
        (CONTRACT, SALES, PKG, WORK),
        (CONTRACT, PKG, QA, DECISION),
        (CONTRACT, QA, WH, WORK),
        (CONTRACT, WH, "", CUSTOMER),
    ),
    recorded_process="Tablets",
    recorded_unit="packs",
    steps=(
        Step(PRO, "Order materials", 48),
        Step(WH, "Stage materials", 20),
        Step(ENG, "Calibrate line", 6, skip=0.55),
        Step(MFG, "Make tablets", 30),
        Step(QC, "Test lot", 72),
        Step(MFG, "Submit batch record", 12),
        Step(QA, "Review batch record", 60),
        Step(QA, "Batch", 4, gate=True, reject=0.035, send_back=0.09, back_to=3),
        Step(PKG, "Pack lot", 24),
        Step(QA, "Packed lot", 12, gate=True, reject=0.01, send_back=0.04, back_to=8),
        Step(WH, "Ship lot", 16),
    ),
    lots=1000,
    judged=(
        (
            QA,
            MFG,
            Verdict.CONFIRMED,
            "Nothing leaves the plant without our release; agreed with Manufacturing.",
        ),
        (
            WH,
            QA,
            Verdict.STRUCK,
            "The warehouse comes before us in time, but we need nothing from it to decide.",
        ),
    ),
)
