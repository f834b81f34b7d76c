"""Letters leave once, are tried again, or are given up; server down, refusing, slow, hanging up."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from fairgate.ledger.models import Entry
from fairgate.mail import actions, queries
from fairgate.mail.models import Outgoing
from fairgate.mail.rules import LEASE, TRIES, Fault, State
from fairgate.shared import clock
from mail.composers import SECRET
from mail.conftest import BY, asked, sent

pytestmark = pytest.mark.django_db


def test_a_letter_is_written_when_it_is_sent_and_goes_to_one_address(server, world):
    entry = asked(7)
    world.addresses["person:7"] = "müller@plant.example"  # changed after it was asked for
    world.addresses["person:7"] = "mueller@plant.example"
    assert sent() == actions.Round(sent=1)
    (letter,) = server.received
    assert "To: mueller@plant.example" in letter
    assert "From: Fairgate <fairgate@plant.example>" in letter
    assert f"Message-ID: <{entry.pk}@plant.example>" in letter
    assert "Auto-Submitted: auto-generated" in letter
    assert SECRET in letter
    entry.refresh_from_db()
    assert (entry.state, entry.attempts, entry.fault, entry.claim) == (State.SENT, 1, "", None)


def test_what_was_sent_is_not_sent_again(server):
    asked()
    assert sent().sent == 1
    assert sent() == actions.Round()
    assert len(server.received) == 1


def test_a_letter_that_is_not_wanted_any_more_is_not_needed(server, world):
    entry = asked(3)
    world.gone.add("person:3")
    assert sent() == actions.Round(not_needed=1)
    entry.refresh_from_db()
    assert (entry.state, server.received) == (State.NOT_NEEDED, [])


def test_nothing_leaves_before_its_time(server):
    asked(1, not_before=clock.now() + timedelta(hours=1))
    assert sent() == actions.Round()


def test_the_same_key_asks_once(server):
    first, again = asked(1, key="invitation 1"), asked(1, key="invitation 1")
    assert first.pk == again.pk
    asked(2)
    asked(3)  # no key: any number
    assert Outgoing.objects.count() == 3


def test_many_letters_share_connections(server):
    for number in range(60):
        asked(number)
    assert sent().sent == 60
    assert server.connections == 2


def test_a_server_that_ends_connections_after_a_few_letters_still_gets_all_but_those_it_cut_off(server):
    server.manners.letters = 3
    for number in range(7):
        asked(number)
    done = sent()
    assert (done.sent, done.put_off, done.stopped) == (5, 2, "") or (done.sent, done.put_off) == (6, 1)
    Outgoing.objects.update(next_try=clock.now())
    while Outgoing.objects.filter(state=State.WAITING).exists():
        Outgoing.objects.update(next_try=clock.now())
        sent()
    assert len(server.received) == 7


def test_mail_that_is_not_set_up_leaves_letters_waiting(settings):
    settings.MAIL = "off"
    entry = asked()
    assert sent().stopped == "off"
    assert not queries.can_send()
    entry.refresh_from_db()
    assert (entry.state, entry.attempts) == (State.WAITING, 0)


def test_a_setting_nobody_understands_leaves_letters_waiting_and_is_told(settings):
    settings.MAIL = "smpt://mail"
    asked()
    assert sent().stopped == "setting"
    assert "expected smtp://" in queries.standing_for(BY).problem


def test_letters_for_the_console_are_shown_in_a_terminal_and_never_in_a_log(settings, capsys):
    settings.MAIL = "console:"
    asked()
    assert sent().stopped == "console"
    assert capsys.readouterr().out == ""
    assert sent(terminal=True).sent == 1
    assert SECRET in capsys.readouterr().out


def test_letters_may_go_to_files(settings, tmp_path):
    settings.MAIL = f"file:{tmp_path}/letters"
    asked()
    assert sent().sent == 1
    assert SECRET in "".join(each.read_text() for each in (tmp_path / "letters").iterdir())


def test_a_server_that_is_down_stops_the_round_and_the_letter_is_tried_later(server, settings):
    settings.MAIL = "smtp://127.0.0.1:1?seconds=1"
    first, second = asked(1), asked(2)
    done = sent()
    assert (done.put_off, done.stopped) == (1, "unreachable")
    for entry in (first, second):
        entry.refresh_from_db()
    assert sorted([first.attempts, second.attempts]) == [0, 1]
    tried = first if first.attempts else second
    wait = (tried.next_try - clock.now()).total_seconds()
    assert 290 < wait <= 300
    settings.MAIL = server.address
    assert sent().sent == 1
    Outgoing.objects.update(next_try=clock.now())
    assert sent().sent == 1


def test_an_unknown_server_name_is_unreachable(settings):
    settings.MAIL = "smtp://mail.invalid?seconds=1"
    asked()
    assert sent().stopped == "unreachable"


FAULTS = [
    ({"RCPT": "550 no such user here person1@plant.example"}, Fault.ADDRESS_REFUSED, State.FAILED, False),
    ({"RCPT": "450 greylisted, come back"}, Fault.PUT_OFF, State.WAITING, False),
    ({"MAIL": "530 not from you"}, Fault.SENDER_REFUSED, State.WAITING, True),
    ({"MAIL": "421 too busy"}, Fault.PUT_OFF, State.WAITING, False),
    ({"DATA": "554 no"}, Fault.LETTER_REFUSED, State.FAILED, False),
    ({".": "554 looks like spam"}, Fault.LETTER_REFUSED, State.FAILED, False),
    ({".": "452 disk full"}, Fault.PUT_OFF, State.WAITING, False),
    ({"banner": "554 go away"}, Fault.UNREACHABLE, State.WAITING, True),
    ({"banner": "hang up"}, Fault.HUNG_UP, State.WAITING, True),
    ({"banner": "silence"}, Fault.SLOW, State.WAITING, True),
    ({"RCPT": "hang up"}, Fault.HUNG_UP, State.WAITING, True),
    ({".": "silence"}, Fault.SLOW, State.WAITING, True),
]


@pytest.mark.parametrize(("replies", "fault", "state", "stops"), FAULTS)
def test_each_way_a_server_can_fail_has_its_code_and_consequence(server, replies, fault, state, stops):
    server.manners.replies.update(replies)
    entry = asked(1)
    done = sent()
    entry.refresh_from_db()
    assert (entry.fault, entry.state) == (fault, state)
    assert done.stopped == (fault.value if stops else "")
    assert server.received == []


def test_one_refused_address_does_not_hold_up_the_others(server, world):
    world.addresses["person:2"] = ""
    world.addresses["person:3"] = "nobody\nBcc: all@plant.example"
    world.addresses["person:4"] = "no address at all"
    entries = [asked(number) for number in range(1, 6)]
    done = sent()
    for entry in entries:
        entry.refresh_from_db()
    assert [entry.state for entry in entries] == [
        State.SENT, State.FAILED, State.FAILED, State.FAILED, State.SENT,
    ]  # fmt: skip
    assert [entry.fault for entry in entries[1:4]] == [Fault.NO_ADDRESS, Fault.MALFORMED, Fault.MALFORMED]
    assert (done.sent, done.failed) == (2, 3)


def test_a_server_without_encryption_gets_no_letter_when_it_was_asked_for(server, settings):
    settings.MAIL = server.address.replace("smtp://", "smtp+starttls://")
    asked()
    assert sent().stopped == "encryption"
    settings.MAIL = server.address.replace("smtp://", "smtp://fair:sesame@")
    Outgoing.objects.update(next_try=clock.now())
    assert sent().stopped == "encryption"  # it offers no way to sign in
    assert server.received == []


def test_a_refused_password_is_a_sign_in_fault(server, settings):
    server.manners.replies.update({"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "535 no"})
    settings.MAIL = server.address.replace("smtp://", "smtp://fair:sesame@")
    asked()
    assert sent().stopped == "sign-in"


def test_a_letter_is_given_up_after_its_last_try_and_a_steward_may_try_again(server):
    server.manners.replies["."] = "452 later"
    entry = asked()
    for _ in range(TRIES):
        Outgoing.objects.filter(state=State.WAITING).update(next_try=clock.now())
        sent()
    entry.refresh_from_db()
    assert (entry.state, entry.attempts, entry.fault) == (State.FAILED, TRIES, Fault.PUT_OFF)
    del server.manners.replies["."]
    assert actions.retry(by=BY) == 1
    assert Entry.objects.latest("pk").action == "mail.retried"
    assert sent().sent == 1


@pytest.mark.parametrize("reply", ["take it and hang up"])
def test_where_nobody_can_tell_an_invitation_is_sent_again_and_a_reminder_is_not(server, reply):
    server.manners.replies["."] = reply
    invitation = asked(1)
    assert sent().stopped == "hung-up"
    reminder = asked(2, "test.reminder")
    sent()
    for entry in (invitation, reminder):
        entry.refresh_from_db()
    assert (invitation.state, invitation.fault) == (State.WAITING, Fault.HUNG_UP)
    assert (reminder.state, reminder.fault) == (State.FAILED, Fault.IN_DOUBT)
    del server.manners.replies["."]
    Outgoing.objects.update(next_try=clock.now())
    sent()
    to_one = [letter for letter in server.received if "person1@" in letter]
    assert len(to_one) == 2
    assert len([letter for letter in server.received if "person2@" in letter]) == 1
    assert all(f"Message-ID: <{invitation.pk}@" in letter for letter in to_one)  # a mailbox can tell


def test_what_a_crashed_sender_left_behind_waits_again_or_is_given_up_but_not_before_its_time(server):
    entries = [asked(1), asked(2, "test.reminder")]
    Outgoing.objects.update(state=State.SENDING, attempts=1, claimed_at=clock.now() - LEASE / 2)
    assert sent() == actions.Round()
    Outgoing.objects.update(claimed_at=clock.now() - LEASE * 1.1)
    assert sent().sent == 1
    for entry in entries:
        entry.refresh_from_db()
    assert [entry.state for entry in entries] == [State.SENT, State.FAILED]
    assert entries[1].fault == Fault.IN_DOUBT


def test_a_sender_that_slept_too_long_does_not_write_over_what_the_next_one_did(server):
    from fairgate.mail.actions import sending

    entry = asked()
    held = sending._claim(entry.pk)
    Outgoing.objects.update(claim=uuid4())  # the next one holds it by now
    sending._end(held, State.FAILED, Fault.SLOW)
    entry.refresh_from_db()
    assert (entry.state, entry.fault) == (State.SENDING, "")


def test_a_composer_that_fails_is_told_without_its_words(server, world, caplog):
    world.broken = True
    entry = asked()
    assert sent().put_off == 1
    entry.refresh_from_db()
    assert entry.fault == Fault.NOT_COMPOSED
    assert "RuntimeError in _compose, line" in caplog.text
    assert SECRET not in caplog.text


def test_an_unknown_letter_waits_for_a_version_that_knows_it(server):
    entry = asked(1, "test.of-a-later-version")
    assert sent().put_off == 1
    entry.refresh_from_db()
    assert (entry.state, entry.fault) == (State.WAITING, Fault.UNKNOWN_LETTER)


def test_a_topic_can_be_counted_and_forgotten(server):
    asked(1, topic="voice.period:1")
    asked(2, topic="voice.period:1")
    asked(3)
    sent()
    assert queries.counts("voice.period:1")[State.SENT] == 2
    assert actions.forget(by=BY, topic="voice.period:1") == 2
    assert queries.counts() | {State.SENT: 0} == dict.fromkeys(State, 0)
    assert queries.counts()[State.SENT] == 1
    with pytest.raises(ValueError, match="topic"):
        actions.forget(by=BY, topic="")


def test_what_was_sent_long_ago_is_forgotten_by_itself(server):
    asked()
    sent()
    Outgoing.objects.update(ended_at=clock.now() - timedelta(days=91))
    sent()
    assert not Outgoing.objects.exists()


@pytest.mark.parametrize("arguments", [{"text": "x" * 65}, {"it": ["a", "list"]}, {"it": 1.5}])
def test_the_outbox_takes_ids_and_no_texts(arguments):
    with pytest.raises(ValueError, match="expected an id"):
        actions.queue(by=BY, letter="test.invitation", to="person:1", arguments=arguments)


def test_the_outbox_takes_accounts_and_no_addresses():
    with pytest.raises(ValueError, match="found no account"):
        actions.queue(by=BY, letter="test.invitation", to="a@plant.example", arguments={})


class Somebody:
    actor_id, actor_name, actor_role, is_program = "person:1", "Alice", "lead", False

    def has_role(self, *any_of: str) -> bool:
        return "lead" in any_of


def test_only_stewards_send_retry_and_look():
    for forbidden in (
        lambda: actions.send_due(by=Somebody()),
        lambda: actions.send_test(by=Somebody(), address="a@plant.example"),
        lambda: actions.retry(by=Somebody()),
        lambda: queries.standing_for(Somebody()),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()


def test_a_test_letter_says_whether_it_left(server, settings):
    assert actions.send_test(by=BY, address="it@plant.example") == ""
    assert "To: it@plant.example" in server.received[0]
    server.manners.replies["RCPT"] = "550 no"
    assert actions.send_test(by=BY, address="it@plant.example") == "address-refused"
    settings.MAIL = "off"
    assert actions.send_test(by=BY, address="it@plant.example") == "off"


def test_the_standing_counts_and_names_nobody(server, world):
    world.addresses["person:2"] = ""
    asked(1)
    asked(2)
    sent()
    standing = queries.standing_for(BY)
    assert (standing.counts[State.SENT], standing.counts[State.FAILED]) == (1, 1)
    assert standing.faults == {Fault.NO_ADDRESS: 1}
    assert "person" not in str(standing)
