"""Roles and seniority in words. Marked for translation here, translated where they are shown."""

from fairgate.people.rules import Role, Seniority
from fairgate.shared.translations import gettext_noop

ROLE_NAMES: dict[Role, str] = {
    Role.REQUESTER: gettext_noop("Requester"),
    Role.REVIEWER: gettext_noop("Reviewer"),
    Role.LEAD: gettext_noop("Lead"),
    Role.EXECUTIVE: gettext_noop("Executive"),
    Role.AUDITOR: gettext_noop("Auditor"),
    Role.STEWARD: gettext_noop("Steward"),
    Role.PRIVACY_OFFICER: gettext_noop("Privacy officer"),
}

ROLE_SENTENCES: dict[Role, str] = {
    Role.REQUESTER: gettext_noop("Hands work in to a gate and needs its help or its release."),
    Role.REVIEWER: gettext_noop("Reviews what was handed in and decides on it."),
    Role.LEAD: gettext_noop("Leads the function: its rota, its promises, its improvement."),
    Role.EXECUTIVE: gettext_noop("Reads the long-term view and the value report."),
    Role.AUDITOR: gettext_noop("Reads every record and writes none; holds no other role."),
    Role.STEWARD: gettext_noop("Looks after people and the organisation; never decides or signs."),
    Role.PRIVACY_OFFICER: gettext_noop("Holds the keys to feedback and closes its periods."),
}

SENIORITY_NAMES: dict[Seniority, str] = {
    Seniority.JUNIOR: gettext_noop("Junior"),
    Seniority.MIDDLE: gettext_noop("Middle"),
    Seniority.SENIOR: gettext_noop("Senior"),
}
