"""Which roles one person may hold."""

import pytest

from fairgate.people.rules import WORKING, Role, Seniority, conflicting
from fairgate.people.wording import ROLE_NAMES, ROLE_SENTENCES, SENIORITY_NAMES


@pytest.mark.parametrize("role", sorted(WORKING))
def test_whoever_administers_does_not_decide(role):
    assert set(conflicting(frozenset({Role.STEWARD, role}))) == {Role.STEWARD, role}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUDITOR}))
def test_an_auditor_holds_no_other_role(role):
    assert conflicting(frozenset({Role.AUDITOR, role})) is not None


@pytest.mark.parametrize(
    "roles", [set(), {Role.STEWARD}, WORKING, {Role.STEWARD, Role.EXECUTIVE, Role.PRIVACY_OFFICER}]
)
def test_other_roles_go_together(roles):
    assert conflicting(frozenset(roles)) is None


def test_every_role_and_band_has_its_words():
    assert set(ROLE_NAMES) == set(ROLE_SENTENCES) == set(Role)
    assert set(SENIORITY_NAMES) == set(Seniority)
