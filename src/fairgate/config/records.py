"""Which records may change and which are written once. Every model stands in one of the two; `tests/test_house.py`
checks that, and that the database really refuses to change what stands in the second."""

MUTABLE = frozenset(
    {
        "gate.AdviceQuestion",
        "gate.Clause",
        "gate.DecisionImport",
        "gate.DecisionMapping",
        "gate.Preset",
        "gate.RecordedPerson",
        "gate.RequestKind",
        "gate.SecondLook",
        "gate.ServiceRequest",
        "gate.Severity",
        "gate.Standard",
        "gate.Tally",
        "gate.Team",
        "gate.WorkingCalendar",
        "improvement.Commitment",
        "improvement.Interview",
        "improvement.Notes",
        "improvement.Summary",
        "improvement.Theme",
        "organisation.CountedLog",
        "organisation.CountedUnit",
        "organisation.ExternalCustomer",
        "organisation.Flow",
        "organisation.Gate",
        "organisation.Import",
        "organisation.Membership",
        "organisation.Need",
        "organisation.Process",
        "organisation.Service",
        "organisation.Unit",
        "people.Person",
        "people.RoleAssignment",
        "protection.Complaint",
        "protection.ComplaintImport",
        "work.Job",
    }
)

APPEND_ONLY = frozenset(
    {
        "files.StoredFile",
        "gate.Decision",
        "gate.Edition",
        "gate.PromiseChange",
        "gate.RefusalSlip",
        "gate.Review",
        "improvement.CharterEdition",
        "improvement.CommitmentEvent",
        "improvement.GuideEdition",
        "improvement.SharedSummary",
        "ledger.Entry",
        "organisation.Judgement",
        "protection.CatchJudgement",
        "protection.Escape",
    }
)
