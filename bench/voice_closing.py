"""Closing a feedback period with 100,000 sealed answers: at most two minutes.

    python bench/voice_closing.py [--ballots 100000] [--teams 40]

Ours is the whole of closing: the key taken, every envelope read and opened, the answers mixed and recoded, tables protected and
audited, ballots and publication written, envelopes deleted and overwritten, the ledger entry. Beside it the least anybody could
do: libsodium opening the same sealed boxes, and nothing else. A temporary SQLite database (or the PostgreSQL that
FAIRGATE_DATABASE names, which must be empty); nothing of yours is touched.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

PROMISED = 120.0
START = date(2026, 7, 1)
OUTCOMES = ("approved", "approved", "approved", "conditions", "returned", "refused")


def installation(ballots: int, teams: int, seed: int = 3) -> tuple[object, bytes]:
    """A period that has ended, and its key file."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)

    from fairgate.gate.models import Decision, Preset, RequestKind, ServiceRequest, Team
    from fairgate.organisation.models import Unit
    from fairgate.people.models import Person
    from fairgate.shared.actor import System
    from fairgate.voice import actions, queries
    from fairgate.voice.actions.answering import about
    from fairgate.voice.models import Envelope, Invitation, Period
    from fairgate.voice.rules import Answers, Form
    from fairgate.voice.rules.envelopes import Payload, seal

    draw = random.Random(seed)
    quality = Unit.objects.create(name="Quality", is_function=True)
    units = Unit.objects.bulk_create(Unit(name=f"Unit {n}") for n in range(12))
    preset = Preset.objects.create(unit=quality, code="quality", title="Quality", version="1")
    kinds = [
        RequestKind.objects.create(preset=preset, code=f"k{n}", name=f"Kind {n}", outcomes=[])
        for n in range(4)
    ]
    groups = Team.objects.bulk_create(Team(unit=quality, name=f"Team {n}") for n in range(teams))
    deciders = Person.objects.bulk_create(Person(username=f"d{n}", name=f"D {n}") for n in range(3 * teams))
    bands = ("junior", "middle", "senior")
    askers = Person.objects.bulk_create(
        (Person(username=f"p{n}", name=f"P {n}", seniority=bands[n % 3]) for n in range(ballots)),
        batch_size=2_000,
    )
    at = datetime(2026, 7, 3, 12, tzinfo=UTC)
    requests = ServiceRequest.objects.bulk_create(
        (
            ServiceRequest(
                kind=draw.choice(kinds),
                kind_edition=1,
                unit=draw.choice(units),
                deciding_unit=quality,
                asked="May we?",
                submitted_at=at,
                submitted_by=person,
                state="decided",
                outcome=draw.choice(OUTCOMES),
                decided_at=at,
                risk=draw.choice(("minor", "major", "critical")),
                key=str(number),
            )
            for number, person in enumerate(askers)
        ),
        batch_size=2_000,
    )
    decisions = Decision.objects.bulk_create(
        (
            Decision(
                request=request,
                outcome=request.outcome,
                kind_edition=1,
                decided_at=at,
                decided_by=deciders[3 * (number % teams) + draw.randrange(3)],
                team=groups[number % teams],
            )
            for number, request in enumerate(requests)
        ),
        batch_size=2_000,
    )
    made = actions.announce_period(by=System("bench"), starts_on=START, today=START)
    period, content = made.period, made.key_file.content
    invitations = Invitation.objects.bulk_create(
        (
            Invitation(
                period=period,
                person=decision.request.submitted_by,
                form=Form.TREATMENT,
                unit=quality,
                decision=decision,
                kind=decision.request.kind,
                outcome=decision.outcome,
                asked_on=START,
                nonce=b"",
                link_hash=uuid4().hex,
            )
            for decision in decisions
        ),
        batch_size=2_000,
    )
    steps = (1, 2, 3, 4, 4, 5, 5, None)

    def sealed(one: Invitation) -> bytes:
        said = Answers(tuple(draw.choice(steps) for _ in range(8)), draw.choice(steps), draw.random() < 0.5)
        payload = Payload(Form.TREATMENT, said, about(one))
        return seal(
            payload,
            public_key=bytes(period.public_key),
            link_key=queries.link_key_of(period),
            invitation=str(one.pk),
        )

    Envelope.objects.bulk_create(
        (Envelope(invitation=one, sealed=sealed(one)) for one in invitations), batch_size=500
    )
    Period.objects.filter(pk=period.pk).update(state="ended")
    return period.pk, content


def timed(what: str, act: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor: the second is what a busy machine doesn't change."""
    begun, cpu = time.perf_counter(), time.process_time()
    act()
    elapsed, used = time.perf_counter() - begun, time.process_time() - cpu
    print(f"  {what:<52} {elapsed:8.1f} s, {used:8.1f} s of processor")
    return elapsed, used


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--ballots", type=int, default=100_000)
    parser.add_argument("--teams", type=int, default=40)
    asked = parser.parse_args()
    os.environ["FAIRGATE_DATA"] = tempfile.mkdtemp(prefix="bench-voice-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairgate.config.settings")
    pk, content = installation(asked.ballots, asked.teams)

    from nacl.public import PrivateKey, SealedBox

    from fairgate.shared.actor import System
    from fairgate.voice import actions, dataset
    from fairgate.voice.actions import closing
    from fairgate.voice.models import Ballot, Envelope, Publication
    from fairgate.voice.rules.keys import read_key

    box = SealedBox(PrivateKey(read_key(content).private))

    def boxes() -> list[bytes]:
        return [bytes(one) for one in Envelope.objects.values_list("sealed", flat=True)]

    print(f"{asked.ballots:,} sealed answers, {asked.teams} teams")
    _, peer = timed("libsodium alone opens them", lambda: _open(box, boxes()))
    stages = {"opening": closing._opened, "saving": closing._save_closing}
    closing._opened = lambda *args: _stage("of it: read, opened and mixed", stages["opening"], *args)
    closing._save_closing = lambda **more: _stage(
        "of it: saved, in one transaction", stages["saving"], **more
    )
    close = dataset.close
    dataset.close = lambda *args: _stage("of it: recoded, protected and audited", close, *args)
    ours, ours_cpu = timed("closing", lambda: actions.close_at_once(by=System("bench"), pk=pk, key=content))
    contents = Publication.objects.get().contents
    kept = Ballot.objects.count()
    print(f"  {kept:,} ballots kept, {contents['dropped']:,} dropped, {contents['unreadable']} unreadable")
    print(f"  recoding: {contents['forms']['treatment']['recoding']['levels']}")
    print(
        f"ratio, of processor time: closing takes {ours_cpu / peer:.1f} times what opening the boxes takes; "
        f"{ours_cpu:.0f} s of {PROMISED:.0f} s ({ours:.0f} s by the clock)"
    )
    return int(ours_cpu > PROMISED or kept + contents["dropped"] != asked.ballots)


def _open(box: Any, boxes: list[bytes]) -> None:
    for one in boxes:
        box.decrypt(one)


def _stage(what: str, act: Callable[..., object], *args: object, **more: object) -> object:
    found: list[object] = []
    timed(what, lambda: found.append(act(*args, **more)))
    return found[0]


if __name__ == "__main__":
    sys.exit(main())
