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

ACCESS_COLUMNS: dict[str, str] = {
    "name": gettext_noop("Name"),
    "username": gettext_noop("Sign-in name"),
    "email": gettext_noop("E-mail"),
    "may_sign_in": gettext_noop("May sign in"),
    "seniority": gettext_noop("Seniority"),
    "role": gettext_noop("Role"),
    "role_since": gettext_noop("Role since"),
    "account_made": gettext_noop("Account made"),
    "password_set": gettext_noop("Password set"),
    "last_sign_in": gettext_noop("Last sign-in"),
}
"""The columns of the access review, by the fields of `people.queries.Access`."""

SENIORITY_NAMES: dict[Seniority, str] = {
    Seniority.JUNIOR: gettext_noop("Junior"),
    Seniority.MIDDLE: gettext_noop("Middle"),
    Seniority.SENIOR: gettext_noop("Senior"),
}
