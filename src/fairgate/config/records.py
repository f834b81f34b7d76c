"""Which records may change and which are written once. Every model stands in one of the two; `tests/test_house.py`
checks that, and that the database really refuses to change what stands in the second."""

MUTABLE = frozenset(
    {
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
        "work.Job",
    }
)

APPEND_ONLY = frozenset(
    {
        "files.StoredFile",
        "ledger.Entry",
        "organisation.Judgement",
    }
)
