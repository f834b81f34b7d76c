"""The setting, the registry, when a letter is tried again."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairgate.mail.rules import (
    TRIES,
    BadRoute,
    Fault,
    Kind,
    Letter,
    UnknownLetter,
    letter,
    letter_named,
    next_try,
    route,
)
from fairgate.mail.wording import FAULTS, KINDS, STATE_NAMES

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_each_way_out_is_read_from_one_line():
    assert route("").kind is route("off").kind is Kind.OFF
    assert route("console:").kind is Kind.CONSOLE
    assert (route("file:/var/letters").kind, route("file:/var/letters").folder) == (Kind.FILE, "/var/letters")
    plain = route("smtp://mail.plant.example")
    assert (plain.host, plain.port, plain.secure, plain.user) == ("mail.plant.example", 25, "", "")
    upgraded = route("smtp+starttls://fair%40plant:p%3Aw%2Fd@mail.plant.example?seconds=5")
    assert (upgraded.port, upgraded.secure, upgraded.user, upgraded.password, upgraded.seconds) == (
        587, "starttls", "fair@plant", "p:w/d", 5.0,
    )  # fmt: skip
    assert (route("smtps://mail").port, route("smtps://mail:4465").port) == (465, 4465)


@pytest.mark.parametrize(
    ("setting", "found"),
    [
        ("mailto:somebody", "something else"),
        ("http://mail.example", "“http://”"),
        ("smtp://", "no server's name"),
        ("smtp://mail:notaport", "can't be read"),
        ("file:letters", "whole path"),
        ("smtp://mail?seconds=soon", "seconds=soon"),
        ("smtp://fair:sesame@mail.example", "unencrypted"),
        ("fair:sesame@mail.example", "something else"),
        ("smtp://fair:ses/ame@mail.example", "can't be read"),
    ],
)
def test_a_setting_nobody_understands_is_told_without_what_may_be_the_password(setting, found):
    with pytest.raises(BadRoute, match="expected") as refused:
        route(setting)
    assert found in str(refused.value)
    assert "sesame" not in str(refused.value)


def test_the_password_is_in_no_representation():
    assert "sesame" not in repr(route("smtps://fair:sesame@mail.example"))
    assert "secret" not in repr(Letter("a@b.example", "secret", "secret"))


def test_a_password_may_go_unencrypted_to_this_machine():
    assert route("smtp://fair:sesame@127.0.0.1:2525").password == "sesame"
    assert route("smtp://fair:sesame@localhost").password == "sesame"


@given(st.text(max_size=60))
def test_any_setting_is_read_or_refused(text):
    with suppress(BadRoute):  # and nothing else
        assert route(text).kind in Kind


def test_tries_double_from_five_minutes_to_six_hours_and_end_after_a_day_and_a_half():
    waits, now = [], NOON
    for attempt in range(1, TRIES):
        later = next_try(attempt, now)
        waits.append((later - now).total_seconds() / 60)
        now = later
    assert waits == [5, 10, 20, 40, 80, 160, 320, 360, 360, 360, 360]
    assert next_try(TRIES, now) is None
    assert timedelta(hours=30) < now - NOON < timedelta(hours=36)


def test_a_name_belongs_to_one_letter():
    @letter("test.once")
    def first(*, to: str) -> None: ...

    with pytest.raises(ValueError, match="two letters"):

        @letter("test.once")
        def second(*, to: str) -> None: ...

    assert letter_named("test.once").compose is first
    with pytest.raises(UnknownLetter):
        letter_named("test.never")


def test_every_state_kind_and_fault_has_words():
    from fairgate.mail.rules import State

    assert set(STATE_NAMES) == set(State)
    assert set(KINDS) == set(Kind)
    assert set(FAULTS) == set(Fault)
