"""Who is shown the way where."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import set_script_prefix

from fairgate.people.rules import Role
from fairgate.web.navigation import links_for


def visitor(*roles):
    return SimpleNamespace(is_authenticated=True, has_role=lambda *any_of: bool(set(roles) & set(any_of)))


def shown(who, path="/"):
    return {str(link.label): (link.url, link.current) for link in links_for(who, path)}


def test_nobody_outside_is_shown_a_way():
    assert shown(AnonymousUser()) == {}


@pytest.mark.parametrize("role", list(Role))
def test_people_are_for_stewards(role):
    assert ("People" in shown(visitor(role))) == (role is Role.STEWARD)


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", {"Home": "page", "Organisation": ""}),
        ("/organisation/", {"Home": "", "Organisation": "page"}),
        ("/organisation/units/3/", {"Home": "", "Organisation": "true"}),
        ("/elsewhere/", {"Home": "", "Organisation": ""}),
    ],
)
def test_where_one_is_is_marked(path, current):
    found = shown(visitor(), path)
    assert {label: found[label][1] for label in current} == current


def test_an_installation_below_another_address_links_within_itself():
    set_script_prefix("/fairgate/")
    try:
        assert shown(visitor(), "/fairgate/")["Organisation"] == ("/fairgate/organisation/", "")
    finally:
        set_script_prefix("/")
