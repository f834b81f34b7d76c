"""Closing: wholly, once, by whoever has the key; and what is left of everybody."""

import os
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from fairgate.engines import disclosure
from fairgate.gate.rules import Outcome
from fairgate.ledger.models import Entry
from fairgate.mail.models import Outgoing
from fairgate.voice import actions, jobs, queries
from fairgate.voice.actions import closing
from fairgate.voice.actions import keys as waiting
from fairgate.voice.models import Ballot, Envelope, Invitation, Period, Publication
from fairgate.voice.rules import (
    FEWEST,
    Form,
    KeyDoesNotFit,
    KeyUnreadable,
    PeriodState,
    StillAtWork,
    WrongState,
)
from fairgate.work.models import Job
from fairgate.work.rules import Problem

from .conftest import MANUFACTURING, QUALITY, START, WAREHOUSE, House

ABOUT = ("unit", "team", "approving", "outcome", "kind", "seniority", "customer", "risk")


def ready(house: House, people: int = 60) -> tuple[Period, dict[int, object]]:
    """A period that has ended, with everybody's answers."""
    period = house.quarter(people=people)
    said = house.answered(list(period.invitations.select_related("period")))
    return house.ended(period), dict(said)


def nobody_looks(done: float, note: str = "", /) -> None:
    pass


@pytest.mark.usefixtures("quick_protection")
def grown_old() -> None:
    """As if the keys that lie there had been laid an hour ago."""
    for path in Path(settings.KEYS).glob("*.key"):
        os.utime(path, (0, 0))


class TestClosing:
    """With every table withheld: what becomes of the answers."""

    def test_answers_become_ballots_and_nothing_tells_who_gave_them(self, house: House) -> None:
        period, said = ready(house)
        assert Envelope.objects.count() == len(said) == 60
        closed = house.closed(period)
        assert closed.state == PeriodState.CLOSED
        assert Envelope.objects.count() == 0
        contents = Publication.objects.get().contents
        assert (contents["asked"], contents["answered"], contents["unreadable"]) == (60, 60, 0)
        assert Ballot.objects.count() + contents["dropped"] == 60
        texts = Counter(answers.text() for answers in said.values())
        kept = Counter(Ballot.objects.values_list("answers", flat=True))
        assert kept
        assert not kept - texts
        assert Invitation.objects.count() == 60

    def test_every_ballot_is_about_the_same_as_four_others(self, house: House) -> None:
        for number, person in enumerate(house.crowd(90)):
            outcome = [Outcome.APPROVED, Outcome.CONDITIONS, Outcome.REFUSED, Outcome.RETURNED][
                number % 7 % 4
            ]
            house.decided(
                person,
                outcome,
                team=number % 11,
                on=START,
                kind=["change", "question"][number % 2],
                risk=["minor", "critical", ""][number % 3],
            )
        period = house.opened()
        house.answered(house.invited(period))
        house.closed(house.ended(period))
        counted = Counter(Ballot.objects.values_list(*ABOUT))
        assert counted
        assert min(counted.values()) >= FEWEST
        teams = {ballot.team_id for ballot in Ballot.objects.all()}
        assert None not in teams
        contents = Publication.objects.get().contents
        assert sum(counted.values()) + contents["dropped"] == 90
        levels = contents["forms"]["treatment"]["recoding"]["levels"]
        gone = [name for name, level in levels.items() if level < 0]
        assert gone
        for name in gone:
            assert {getattr(one, name) for one in Ballot.objects.all()} <= {None, ""}

    def test_what_cannot_be_opened_is_counted_and_nothing_else_is_lost(self, house: House) -> None:
        period, _ = ready(house)
        first, second, third = Envelope.objects.order_by("pk")[:3]
        Envelope.objects.filter(pk=first.pk).update(sealed=bytes(second.sealed))  # copied
        Envelope.objects.filter(pk=third.pk).update(sealed=b"not one of ours")
        house.closed(period)
        contents = Publication.objects.get().contents
        assert (contents["answered"], contents["unreadable"]) == (58, 2)
        assert Ballot.objects.count() + contents["dropped"] == 58

    @pytest.mark.parametrize("lost", [5, 40])
    def test_where_many_cannot_be_opened_nothing_is_closed_before_somebody_says_so(
        self, house: House, lost: int
    ) -> None:
        period, _ = ready(house, people=40)
        damaged = list(Envelope.objects.order_by("pk").values_list("pk", flat=True)[:lost])
        Envelope.objects.filter(pk__in=damaged).update(sealed=b"not one of ours")
        key = house.key[period.pk]
        for without in (0, lost - 1):
            with pytest.raises(Problem, match=f"{lost} answers can’t be read.*link-key"):
                actions.close_at_once(by=house.gil, pk=period.pk, key=key, without=without)
        assert (Envelope.objects.count(), Publication.objects.count()) == (40, 0)
        assert Period.objects.get(pk=period.pk).state == PeriodState.ENDED
        actions.preview_at_once(by=house.gil, pk=period.pk, key=key)
        preview = queries.period_for(house.gil, period.pk).preview
        assert preview is not None
        assert (preview.unreadable, preview.too_many) == (lost, True)
        actions.close_at_once(by=house.gil, pk=period.pk, key=key, without=lost)
        found = queries.results_for(house.cast["bob"], period.pk)
        assert found.unreadable == lost
        assert found.answered == found.responses[0].answered == (40 - lost or None)

    def test_with_another_link_key_nothing_is_deleted(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        period, _ = ready(house, people=12)
        with monkeypatch.context() as another:
            another.setattr(settings, "LINK_KEY", "x" * 64)
            with pytest.raises(Problem, match="12 answers"):
                house.closed(period)
        assert Envelope.objects.count() == 12
        assert house.closed(period).state == PeriodState.CLOSED

    def test_what_only_dropped_ballots_had_is_nowhere(self, house: House) -> None:
        for number, person in enumerate(house.crowd(31)):
            house.decided(person, team=0, decider=number, on=START, unit=MANUFACTURING)
        lone = house.crowd(1)[0]
        house.decided(lone, deciding=house.units[WAREHOUSE], on=START)
        period = house.opened()
        house.answered(house.invited(period))
        house.closed(house.ended(period))
        contents = Publication.objects.get().contents
        form = contents["forms"]["treatment"]
        assert form["codes"]["unit"] == [house.quality.pk]
        assert "loss" not in form["recoding"]
        assert str(house.units[WAREHOUSE].pk) not in contents["names"]["unit"]

    def test_the_order_of_the_ballots_is_the_order_of_random_ids(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        period, _ = ready(house, people=30)
        written: list[Ballot] = []
        create = Ballot.objects.bulk_create
        monkeypatch.setattr(
            type(Ballot.objects),
            "bulk_create",
            lambda self, rows, **more: written.extend(rows) or create(rows, **more),
        )
        house.closed(period)
        ids = [one.pk.hex for one in written]
        assert ids == sorted(ids)
        assert {one.pk.version for one in written} == {4}

    def test_a_key_of_another_period_or_no_key_closes_nothing(self, house: House) -> None:
        period, _ = ready(house, people=6)
        other = actions.announce_period(by=house.gil, today=START).key_file.content
        for wrong, error in (
            (other, KeyDoesNotFit),
            (b"\x00\xff", KeyUnreadable),
            (b"key: 12", KeyUnreadable),
        ):
            with pytest.raises(error):
                actions.close_at_once(by=house.gil, pk=period.pk, key=wrong)
        assert not list(Path(settings.KEYS).glob("*"))
        assert Period.objects.get(pk=period.pk).state == PeriodState.ENDED
        assert Envelope.objects.count() == 6

    def test_what_has_not_ended_cannot_be_closed_and_what_is_closed_is_closed(self, house: House) -> None:
        period = house.quarter(people=6)
        with pytest.raises(WrongState):
            house.closed(period)
        house.ended(period)
        house.closed(period)
        with pytest.raises(WrongState):
            house.closed(period)
        assert Publication.objects.count() == 1

    def test_two_who_close_at_once_close_it_once(self, house: House) -> None:
        """Both read every envelope before either saves; the second finds it done, and doubles nothing."""
        period, said = ready(house)
        works = []
        for _ in range(2):
            closing._lay(house.gil, period.pk, house.key[period.pk])
            works.append(closing.compute_closing(by=house.gil, pk=period.pk))
        for save in works:
            with transaction.atomic():
                save()
        contents = Publication.objects.get(period=period).contents
        assert Ballot.objects.count() + contents["dropped"] == len(said)
        assert Entry.objects.filter(action="voice.period-closed").count() == 1
        assert Period.objects.get(pk=period.pk).state == PeriodState.CLOSED

    def test_a_preview_that_ends_after_closing_changes_nothing(self, house: House) -> None:
        period, _ = ready(house)
        closing._lay(house.gil, period.pk, house.key[period.pk])
        late = closing.compute_preview(by=house.gil, pk=period.pk)
        house.closed(period)
        with transaction.atomic():
            late()
        assert Period.objects.get(pk=period.pk).preview is None
        assert Period.objects.get(pk=period.pk).state == PeriodState.CLOSED
        assert Publication.objects.count() == 1

    def test_a_period_nobody_answered_is_closed_too(self, house: House) -> None:
        period = house.quarter(people=3)
        house.closed(house.ended(period))
        found = queries.results_for(house.cast["charlie"], period.pk)
        assert (found.asked, found.answered, found.tables) == (3, None, ())

    def test_the_job_takes_the_key_away_before_it_opens_anything(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        period, _ = ready(house, people=6)
        job = actions.request_closing(by=house.gil, pk=period.pk, key=house.key[period.pk], done_at="/")
        (path,) = Path(settings.KEYS).glob("*")
        assert path.stat().st_mode & 0o777 == 0o600
        again = actions.request_closing(by=house.gil, pk=period.pk, key=house.key[period.pk], done_at="/")
        assert again == job
        assert Job.objects.count() == 1
        seen = []
        real = closing.Opener
        monkeypatch.setattr(
            closing, "Opener", lambda *args, **more: seen.append(path.exists()) or real(*args, **more)
        )
        save = jobs.close(nobody_looks, **job.arguments)
        assert seen == [False]
        assert Period.objects.get(pk=period.pk).state == PeriodState.ENDED
        with transaction.atomic():
            save()
            save()  # a job that is done again
        assert Publication.objects.count() == 1
        with pytest.raises(Problem, match="Upload"):
            jobs.close(nobody_looks, **job.arguments)

    def test_the_key_is_in_no_record(self, house: House) -> None:
        period, _ = ready(house, people=6)
        actions.request_closing(by=house.gil, pk=period.pk, key=house.key[period.pk], done_at="/")
        secret = house.key[period.pk].decode().rpartition("key: ")[2].strip()
        for model in (Job, Entry, Period, Outgoing):
            assert secret not in str(list(model.objects.values()))

    def test_keys_no_job_waits_for_are_swept(self, house: House) -> None:
        period, _ = ready(house, people=6)
        waiting.lay(period.pk, b"x" * 32)
        waiting.lay(uuid4(), b"x" * 32)
        Path(settings.KEYS, "stray.key").write_bytes(b"x")
        assert actions.sweep_keys(by=house.gil) == 0, (
            "a key that was laid just now: its job may not be written down yet"
        )
        grown_old()
        assert actions.sweep_keys(by=house.gil) == 3
        job = actions.request_preview(by=house.gil, pk=period.pk, key=house.key[period.pk], done_at="/")
        grown_old()
        assert actions.sweep_keys(by=house.gil) == 0
        Job.objects.filter(pk=job.pk).update(state="failed")
        assert actions.sweep_keys(by=house.gil) == 1

    def test_closing_is_not_taken_for_the_preview_that_still_runs(self, house: House) -> None:
        period, _ = ready(house, people=6)
        key = house.key[period.pk]
        job = actions.request_preview(by=house.gil, pk=period.pk, key=key, done_at="/")
        assert actions.request_preview(by=house.gil, pk=period.pk, key=key, done_at="/").pk == job.pk
        with pytest.raises(StillAtWork):
            actions.request_closing(by=house.gil, pk=period.pk, key=key, done_at="/")

    def test_a_preview_keeps_counts_and_no_figure(self, house: House) -> None:
        period, said = ready(house)
        actions.preview_at_once(by=house.gil, pk=period.pk, key=house.key[period.pk])
        page = queries.period_for(house.gil, period.pk)
        assert page.preview is not None
        assert page.preview.answered == 60
        assert page.preview.tables
        assert page.row.state == PeriodState.ENDED
        assert Envelope.objects.count() == len(said)
        kept = str(Period.objects.values("preview").get())
        assert not any(answers.text() in kept for answers in said.values())
        assert queries.period_for(house.cast["bob"], period.pk).preview is None

    def test_the_ledger_has_counts_and_the_outbox_forgets(self, house: House) -> None:
        people = house.crowd(6, mail=True)
        for person in people:
            house.decided(person, on=START)
        period = house.opened()
        house.answered(house.invited(period))
        assert Outgoing.objects.count() == 6
        house.closed(house.ended(period))
        assert Outgoing.objects.count() == 0
        entry = Entry.objects.get(action="voice.period-closed")
        assert period.fingerprint in entry.new
        assert not any(person.name in entry.new for person in people)

    def test_a_ballot_cannot_be_changed_or_removed(self, house: House) -> None:
        period, _ = ready(house)
        house.closed(period)
        for change in (
            lambda: Ballot.objects.update(answers="5555555551"),
            lambda: Ballot.objects.all().delete(),
            lambda: Publication.objects.update(contents={}),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    def test_mirror_answers_stay_apart(self, house: House) -> None:
        from fairgate.organisation import actions as organisation
        from fairgate.organisation.rules import NeedKind, NeedRow, Origin

        from .conftest import PROGRAM

        row = NeedRow(
            customer=QUALITY,
            what="records",
            supplier=MANUFACTURING,
            kind=NeedKind.HELP,
            process="Tablets",
            external="Patients",
        )
        organisation.add(by=PROGRAM, rows=[row], origin=Origin.TYPED)
        house.crowd(8, unit=QUALITY)
        period = house.opened()
        house.answered(house.invited(period))
        house.closed(house.ended(period))
        ballots = Ballot.objects.all()
        assert {one.form for one in ballots} == {Form.MIRROR}
        assert {one.supplier_id for one in ballots} == {house.units[MANUFACTURING].pk}
        assert {len(one.answers) for one in ballots} == {5}
        assert queries.ballots_of([period.pk]).ballots == 0

    def test_the_fairness_room_gets_columns_of_codes(self, house: House) -> None:
        period, _ = ready(house)
        house.closed(period)
        table = queries.ballots_of([period.pk])
        assert table.ballots == Ballot.objects.count()
        assert set(table.team.names) <= {"Ash", "Elder", "Oak"}
        assert table.enough_deciders <= {"Ash", "Elder", "Oak"}
        for place, (item, codes) in enumerate(table.ratings.items()):
            there = Counter(str(code + 1) if code >= 0 else "-" for code in codes.tolist())
            texts = Ballot.objects.order_by("id").values_list("answers", flat=True)
            assert there == Counter(text[place] for text in texts), item
        assert queries.closed_periods()[0].pk == period.pk
        assert queries.ballots_of([]).ballots == 0

    def test_results_are_news_for_everybody_with_a_role(self, house: House) -> None:
        period, _ = ready(house, people=6)
        house.closed(period)
        since = datetime(2020, 1, 1, tzinfo=UTC)
        (news,) = queries.news_for(house.cast["charlie"], since)
        assert period.name in news.what
        assert queries.news_for(house.cast["charlie"], datetime.now(UTC)) == []
        bare = house.crowd(1)[0]
        assert queries.news_for(bare, since) == []
        with pytest.raises(PermissionDenied):
            queries.periods_for(bare)
        with pytest.raises(Period.DoesNotExist):
            queries.results_for(bare, period.pk)

    def test_how_many_answered_is_for_the_officer_in_tens_while_open_and_not_below_five(
        self, house: House
    ) -> None:
        period = house.quarter(people=31)
        invitations = list(period.invitations.select_related("period"))
        for number, told in ((19, None), (20, 20), (29, 20), (30, 30)):
            house.answered(invitations[:number])
            assert queries.period_for(house.gil, period.pk).answered == told
        house.answered(invitations)
        house.ended(period)
        assert queries.period_for(house.gil, period.pk).answered == 31
        assert queries.period_for(house.cast["bob"], period.pk).answered is None
        for gone in Envelope.objects.all()[4:]:
            gone.delete()
        assert queries.period_for(house.gil, period.pk).answered is None


def test_what_is_published_adds_up_to_what_was_said(house: House) -> None:
    """With the real protection: every shown part holds the true count. (Of 40 answers it may be that nothing can be shown.)"""
    period, said = ready(house, people=100)
    house.closed(period)
    found = queries.results_for(house.cast["charlie"], period.pk)
    assert found.audit.passed
    assert found.asked == 100
    table = next(one for one in found.tables if one.code == "items")
    kept = list(Ballot.objects.values_list("answers", flat=True))
    assert len(kept) + found.dropped == 100
    shown = 0
    for place, row in enumerate(table.rows[:8]):
        assert row.keys == (QUALITY,)
        assert row.ballots == len(kept)
        for part in row.parts or ():
            true = sum(text[place] in {str(step) for step in part.steps} for text in kept)
            assert part.low <= true <= part.high
            shown += 1
    assert shown
    everybody = next(row for row in found.responses if row.by == "all")
    assert (everybody.asked, everybody.answered) == (100, 100)
    assert said


def test_too_few_to_keep_any_answer_is_said_and_nothing_is_shown(house: House) -> None:
    period, _ = ready(house, people=3)
    house.closed(period)
    found = queries.results_for(house.cast["charlie"], period.pk)
    assert (found.answered, found.dropped, Ballot.objects.count()) == (None, None, 0)
    assert {row.answered for row in found.responses} == {None}
    assert not any("3" in str(Publication.objects.get().contents[name]) for name in ("answered", "dropped"))
    for entry in Entry.objects.filter(action="voice.period-closed"):
        assert '"answered":"fewer than five"' in entry.new
    assert all(table.withheld and not table.rows for table in found.tables)
    assert found.audit.passed


def failing(monkeypatch: pytest.MonkeyPatch, *tables: str, always: bool = False) -> None:
    """An audit that doesn't pass: because of ``tables``, or without saying because of what."""
    protect, audit = disclosure.protect, disclosure.audit

    def failed(published: disclosure.Publication) -> disclosure.Publication:
        found = tuple(disclosure.Finding(one, (0,), "voice", (0,), 1, 1, 5, insider=False) for one in tables)
        return replace(published, audit=replace(published.audit, failed=3, findings=found))

    monkeypatch.setattr(disclosure, "protect", lambda *args, **more: failed(protect(*args, **more)))
    if always:
        monkeypatch.setattr(
            disclosure, "audit", lambda *args, **more: replace(audit(*args, **more), failed=1)
        )


@pytest.mark.parametrize("concerned", [["items"], ["items-by-outcome"], []])
def test_what_the_audit_does_not_pass_is_withheld(
    house: House, monkeypatch: pytest.MonkeyPatch, concerned: list[str]
) -> None:
    failing(monkeypatch, *concerned)
    period, _ = ready(house, people=24)
    house.closed(period)
    found = queries.results_for(house.cast["bob"], period.pk)
    shown = {table.code for table in found.tables if not table.withheld}
    assert shown.isdisjoint(concerned)
    assert not shown or concerned, "without a word on which table failed, all are withheld"
    assert found.audit.passed
    stored = str(Publication.objects.get().contents["forms"]["treatment"]["tables"])
    assert ("raters" in stored) == bool(shown)
    assert all(not table.rows for table in found.tables if table.withheld)


def test_where_withholding_does_not_help_the_period_stays_as_it_is(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, always=True)
    period, said = ready(house, people=24)
    with pytest.raises(Problem, match="Nothing was published"):
        house.closed(period)
    assert Envelope.objects.count() == len(said)
    assert Period.objects.get(pk=period.pk).state == PeriodState.ENDED
