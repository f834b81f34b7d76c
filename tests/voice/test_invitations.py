"""Who is asked, about what, once a period; and that nothing tells who has answered."""

from datetime import timedelta
from random import Random

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from fairgate.gate.models import Preset, RecordedPerson
from fairgate.gate.rules import Outcome
from fairgate.ledger.models import Entry
from fairgate.mail.models import Outgoing
from fairgate.people import actions as people
from fairgate.voice import actions, jobs, queries
from fairgate.voice.models import Envelope, Invitation, Period
from fairgate.voice.rules import (
    Answering,
    BadPeriod,
    Form,
    KeyDoesNotFit,
    KeyUnreadable,
    Left,
    LinkUnknown,
    Overlaps,
    PeriodState,
    TooEarly,
    WrongState,
)
from fairgate.voice.rules.links import token_of

from .conftest import MANUFACTURING, PROGRAM, QUALITY, START, WAREHOUSE, House, some_answers

DAY = timedelta(days=1)


def asked(house: House, period: Period) -> dict[str, Invitation]:
    return {one.person.name: one for one in house.invited(period)}


def test_nobody_is_asked_before_the_officer_has_shown_the_key(house: House) -> None:
    house.decided(house.cast["charlie"])
    made = actions.announce_period(by=house.gil, starts_on=START, today=START)
    actions.send_invitations(by=PROGRAM, today=START + 80 * DAY)
    assert not Invitation.objects.exists()
    with pytest.raises(KeyUnreadable):
        actions.confirm_key(by=house.gil, pk=made.period.pk, content=b"nothing")
    other = actions.announce_period(by=house.gil, starts_on=START.replace(month=10), today=START)
    with pytest.raises(KeyDoesNotFit):
        actions.confirm_key(by=house.gil, pk=made.period.pk, content=other.key_file.content)
    opened = actions.confirm_key(by=house.gil, pk=made.period.pk, content=made.key_file.content, today=START)
    assert opened.state == PeriodState.OPEN
    assert actions.send_invitations(by=PROGRAM, today=START + 80 * DAY).decisions == 1


def test_the_key_is_nowhere_but_in_the_file(house: House) -> None:
    made = actions.announce_period(by=house.gil, starts_on=START, today=START)
    secret = made.key_file.content.decode().rpartition("key: ")[2].strip()
    assert len(secret) == 64
    everything = str(list(Period.objects.values())) + str(list(Entry.objects.values())) + repr(made)
    assert secret not in everything
    assert bytes.fromhex(secret) not in bytes(Period.objects.get().public_key)
    assert made.period.fingerprint in Entry.objects.get(action="voice.period-announced").new
    assert made.period.fingerprint in made.key_file.content.decode()


def test_a_key_file_that_an_editor_saved_again_still_fits(house: House) -> None:
    made = actions.announce_period(by=house.gil, starts_on=START, today=START)
    rewritten = made.key_file.content.decode().replace("\r\n", "\n").encode("utf-16")
    assert actions.confirm_key(by=house.gil, pk=made.period.pk, content=rewritten).state == PeriodState.OPEN


def test_only_the_privacy_officer_opens_and_ends(house: House) -> None:
    period = house.opened()
    for name in ("alice", "bob", "charlie", "dora", "emil", "fay"):
        by = house.cast[name]
        with pytest.raises(PermissionDenied):
            actions.announce_period(by=by)
        with pytest.raises(PermissionDenied):
            actions.end_period(by=by, pk=period.pk)
        with pytest.raises(PermissionDenied):
            actions.give_up(by=by, pk=period.pk, reason="")
        with pytest.raises(PermissionDenied):
            actions.request_closing(by=by, pk=period.pk, key=b"", done_at="/")
    with pytest.raises(PermissionDenied):
        actions.send_invitations(by=house.cast["bob"])


def test_periods_do_not_overlap_and_end_when_people_were_told(house: House) -> None:
    period = house.opened()
    assert (period.name, period.days.answers_until.isoformat()) == ("2026-Q3", "2026-10-14")
    with pytest.raises(Overlaps):
        actions.announce_period(by=house.gil, starts_on=START.replace(month=9), months=1)
    for wrong in ({"months": 2}, {"oversampling": 0.5}, {"starts_on": START.replace(day=2)}):
        with pytest.raises(BadPeriod):
            actions.announce_period(by=house.gil, **wrong)
    assert actions.announce_period(by=house.gil, today=START).period.name == "2026-Q4"
    with pytest.raises(TooEarly):
        actions.end_period(by=house.gil, pk=period.pk, today=period.days.answers_until)
    assert house.ended(period).state == PeriodState.ENDED
    with pytest.raises(WrongState):
        house.ended(period)


def test_a_discarded_period_may_be_announced_again(house: House) -> None:
    made = actions.announce_period(by=house.gil, starts_on=START, today=START)
    actions.discard_period(by=house.gil, pk=made.period.pk)
    assert house.opened().state == PeriodState.OPEN


def test_the_wrong_people_are_never_asked(house: House) -> None:
    """Those without an account, those who left, those who decide there, and nobody about a hold or an old decision."""
    left, late, held = house.crowd(3)
    house.decided(left)
    people.disable(by=PROGRAM, person=left, reason="left")
    house.decided(None)
    house.decided(house.cast["hana"])  # works in Quality, too
    house.decided(held, Outcome.HELD)
    house.decided(late, on=START - 3 * DAY)
    house.decided(house.cast["charlie"])
    period = house.opened()
    found = [one for one in house.invited(period) if one.form == Form.TREATMENT]
    assert [one.person.username for one in found] == ["charlie"]


def test_somebody_an_imported_record_names_is_asked_once_they_are_mapped(house: House) -> None:
    pseudonym = RecordedPerson.objects.create(source="SAP", digest="x", pseudonym="Person 1")
    decision = house.decided(None)
    type(decision.request).objects.filter(pk=decision.request_id).update(submitter=pseudonym)
    period = house.opened()
    assert actions.send_invitations(by=PROGRAM, today=START + 80 * DAY).decisions == 0
    pseudonym.account = house.cast["dan"]
    pseudonym.save()
    assert actions.send_invitations(by=PROGRAM, today=START + 80 * DAY).decisions == 1
    assert period.invitations.get(form=Form.TREATMENT).person == house.cast["dan"]


def test_nobody_decided_on_their_own_and_is_asked_about_it(house: House) -> None:
    mara = house.crowd(1)[0]
    decision = house.decided(mara)
    house.deciders = [mara]
    house.decided(mara)
    period = house.opened()
    assert asked(house, period)[mara.name].decision == decision


def test_one_invitation_a_person_a_period_however_often_it_is_asked_for(house: House) -> None:
    for number, person in enumerate(house.crowd(20)):
        for day in range(5):
            house.decided(person, on=START + day * 7 * DAY, team=number)
    period = house.opened()
    for night in range(0, 110, 3):
        actions.send_invitations(by=PROGRAM, today=START + night * DAY)
        actions.send_invitations(by=PROGRAM, today=START + night * DAY)
    treated = period.invitations.filter(form=Form.TREATMENT)
    assert treated.count() == 20
    assert treated.exclude(asked_on__gte=START + DAY).count() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            period=period,
            person=treated[0].person,
            form=Form.TREATMENT,
            unit=house.quality,
            asked_on=START,
            nonce=b"",
            link_hash="x",
        )


def test_an_invitation_comes_on_the_day_after_a_decision(house: House) -> None:
    for person in house.crowd(60):
        house.decided(person, Outcome.REFUSED, on=START + 10 * DAY)
    period = house.opened()
    assert actions.send_invitations(by=PROGRAM, today=START + 10 * DAY).asked == 0
    sent = actions.send_invitations(by=PROGRAM, today=START + 11 * DAY).asked
    assert 20 <= sent <= 50  # 1 − 0.75³ = 58% at once
    assert actions.send_invitations(by=PROGRAM, today=period.days.catches_up_on - DAY).asked == 0
    assert actions.send_invitations(by=PROGRAM, today=period.days.catches_up_on).decisions == 60 - sent


def test_what_was_asked_about_before_is_not_asked_again(house: House) -> None:
    decision = house.decided(house.cast["charlie"], on=START.replace(month=9, day=30))
    period = house.opened()
    assert asked(house, period)["Charlie"].decision == decision
    house.ended(period)
    type(decision.request).objects.filter(pk=decision.request_id).update(
        decided_at=decision.decided_at + 3 * DAY
    )
    later = house.opened(START.replace(month=10))
    assert "Charlie" not in asked(house, later)


@pytest.mark.parametrize("closed", [True, False])
def test_what_was_settled_in_a_closed_period_is_not_asked_about_when_it_is_overturned(
    house: House, quick_protection: None, closed: bool
) -> None:
    """Closing forgets which requests were asked about. Where the period before wasn't closed, nobody was asked: then it is."""
    decision = house.decided(house.cast["charlie"], "refused", on=START.replace(month=9, day=30))
    if closed:
        period = house.opened()
        house.invited(period)
        house.closed(house.ended(period))
        assert not Invitation.objects.exclude(decision=None).exists()
    later = decision.decided_at + 3 * DAY
    request = decision.request
    type(request).objects.filter(pk=request.pk).update(decided_at=later, outcome="approved")
    type(decision).objects.create(
        request=request, outcome="approved", kind_edition=1, decided_at=later, replaces=decision
    )
    period = house.opened(START.replace(month=10))
    assert ("Charlie" in asked(house, period)) != closed


def test_the_function_is_asked_how_its_suppliers_serve_it(house: House) -> None:
    from fairgate.organisation import actions as organisation
    from fairgate.organisation.rules import NeedKind, NeedRow, Origin, Verdict

    rows = [
        NeedRow(
            customer=QUALITY,
            what="records",
            supplier=supplier,
            kind=NeedKind.HELP,
            process="Tablets",
            external="Patients",
        )
        for supplier in (MANUFACTURING, WAREHOUSE)
    ]
    organisation.add(by=PROGRAM, rows=rows, origin=Origin.TYPED)
    organisation.judge(
        by=house.cast["alice"],
        supplier=house.units[WAREHOUSE].pk,
        customer=house.quality.pk,
        verdict=Verdict.STRUCK,
        reason="not any more",
    )
    period = house.opened()
    assert actions.send_invitations(by=PROGRAM, today=period.days.catches_up_on - DAY).mirrors == 0
    found = {name: one for name, one in asked(house, period).items() if one.form == Form.MIRROR}
    assert set(found) == {"Bob", "Rita", "Sam", "Hana"}
    assert {one.supplier.name for one in found.values() if one.supplier} == {MANUFACTURING}
    page = queries.page_of(found["Bob"], today=START)
    assert (page.is_mirror, page.supplier, page.about) == (True, MANUFACTURING, None)
    assert Preset.objects.filter(unit=found["Bob"].unit).exists()


def test_the_link_is_not_stored_and_opens_the_form_until_the_end(house: House) -> None:
    house.decided(house.cast["charlie"])
    period = house.opened()
    one = asked(house, period)["Charlie"]
    token = token_of(queries.link_key_of(one.period), str(one.pk), bytes(one.nonce))
    page = queries.by_link(token, today=START)
    assert page.door == Answering(one.pk)
    assert page.about is not None
    assert page.about.what.startswith("Lot")
    stored = str(list(Invitation.objects.values())) + str(list(Outgoing.objects.values()))
    assert token not in stored
    for forged in ("", "x" * 43, token[:-1], token + "a", "\udcff" * 43, "0" * 10_000):
        with pytest.raises(LinkUnknown):
            queries.by_link(forged, today=START)


def test_somebody_who_left_meanwhile_is_told_so_by_the_link(house: House) -> None:
    charlie = house.cast["charlie"]
    house.decided(charlie)
    one = asked(house, house.opened())["Charlie"]
    people.disable(by=PROGRAM, person=charlie, reason="left")
    with pytest.raises(Left):
        queries.by_link(token_of(queries.link_key_of(one.period), str(one.pk), bytes(one.nonce)), today=START)
    with pytest.raises(Left):
        actions.answer(by=Answering(one.pk), answers=some_answers(Random(1)), today=START)


def test_the_letter_is_written_when_it_is_sent_in_both_languages(house: House, time: object) -> None:
    mara, paul = house.crowd(2, mail=True)
    for person in (mara, paul):
        house.decided(person)
    period = house.opened()
    actions.send_invitations(by=PROGRAM, today=START + 80 * DAY)
    entry = Outgoing.objects.get(to=mara.actor_id)
    letter = jobs.invitation(to=entry.to, **entry.arguments)
    assert letter is not None
    assert letter.address == mara.email
    token = letter.text.rpartition("/voice/a/")[2][:43]
    assert queries.by_link(token, today=START).door.invitation == period.invitations.get(person=mara).pk
    assert "Lot" in letter.text
    assert " · " in letter.subject


def test_reminders_go_to_everybody_alike(house: House, time: object) -> None:
    mara, paul = house.crowd(2, mail=True)
    for person in (mara, paul):
        house.decided(person)
    period = house.opened()
    house.answered(house.invited(period)[:1])
    sent = actions.send_invitations(by=PROGRAM, today=period.days.reminds_on)
    again = actions.send_invitations(by=PROGRAM, today=period.days.reminds_on + DAY)
    assert (sent.reminded, again.reminded) == (2, 0)
    reminders = Outgoing.objects.filter(letter="voice.reminder")
    written = [jobs.reminder(to=entry.to, **entry.arguments) for entry in reminders]
    assert len(written) == 2
    assert None not in written
    assert {tuple(sorted(entry.arguments)) for entry in reminders} == {("pk",)}


def test_the_ledger_tells_how_many_were_asked_and_no_names(house: House) -> None:
    people = house.crowd(5)
    for person in people:
        house.decided(person)
    house.invited(house.opened())
    entry = Entry.objects.get(action="voice.invitations-sent")
    assert '"asked":"5"' in entry.new.replace(" ", "") or '"asked":5' in entry.new.replace(" ", "")
    assert not any(person.name in str(entry.__dict__) for person in people)


def test_the_night_ends_a_period_that_is_over(house: House) -> None:
    period = house.opened()
    assert actions.send_invitations(by=PROGRAM, today=period.days.answers_until + DAY).ended == 1
    assert Period.objects.get().state == PeriodState.ENDED


def test_a_lost_key_ends_a_period_unread_and_the_next_one_starts(house: House) -> None:
    period = house.quarter(people=6)
    house.answered(house.invited(period))
    lost = actions.give_up(by=house.gil, pk=period.pk, reason="the stick broke")
    assert (lost.state, lost.unread, Envelope.objects.count()) == (PeriodState.LOST, 6, 0)
    assert Entry.objects.get(action="voice.period-given-up").reason == "the stick broke"
    assert house.opened(START.replace(month=10)).state == PeriodState.OPEN
    one = period.invitations.all()[0]
    with pytest.raises(Exception, match="period-over") as caught:
        queries.by_link(token_of(queries.link_key_of(one.period), str(one.pk), bytes(one.nonce)), today=START)
    assert caught.value.lost
