"""What was heard: notes for the team, one page for the team, and sharing that page with the person interviewed.

The ledger gets hashes, never the words (`rules.sealed`): who may read the ledger may not read what somebody said.
"""

import secrets
from collections.abc import Sequence

from django.db import transaction

from fairgate.improvement.actions.interviews import for_team, subject_of
from fairgate.improvement.actions.refusals import only_if, refuse_if
from fairgate.improvement.models import Notes, SharedSummary, Summary, Theme
from fairgate.improvement.rules import (
    SUMMARY_LENGTH,
    TEXT_LENGTH,
    THEME_LENGTH,
    InterviewState,
    Move,
    Refusal,
    sealed,
    text_faults,
    tidy,
)
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.shared import clock
from fairgate.shared.actor import Actor

NOTES_LENGTH = 4 * TEXT_LENGTH
# More than anybody reads; a list of twenty themes has none.
MOST_THEMES = 12


@transaction.atomic
def write_notes(*, by: Actor, pk: int, text: str, seen: str) -> Notes:
    """Replace the notes. ``seen`` is the digest of those the page showed, "" where there were none."""
    interview = for_team(by, pk, Move.NOTE, notes=True)
    before = Notes.objects.filter(interview=interview).first()
    only_if(seen == (before.digest if before else ""), Refusal.STALE)
    words, salt = tidy(text), secrets.token_hex(32)
    refuse_if(text_faults({"text": words}, {"text": NOTES_LENGTH}, optional=frozenset({"text"})))
    notes, _ = Notes.objects.update_or_create(
        interview=interview,
        defaults={
            "text": words,
            "salt": salt,
            "digest": sealed(salt, words),
            "by_name": by.actor_name,
            "at": clock.now(),
        },
    )
    ledger.append(
        by=by,
        action="improvement.notes-changed",
        subject=subject_of(interview),
        old={"hash": before.digest} if before else None,
        new={"hash": notes.digest},
    )
    return notes


@transaction.atomic
def summarise(
    *,
    by: Actor,
    pk: int,
    works: str,
    hinders: str,
    wishes: str,
    themes: Sequence[int],
    new_themes: Sequence[str],
    seen: str,
) -> Summary:
    """Write the page for the team, with the themes that came up; ``seen`` as in `write_notes`."""
    interview = for_team(by, pk, Move.SUMMARISE)
    before = Summary.objects.filter(interview=interview).first()
    only_if(seen == (before.digest if before else ""), Refusal.STALE)
    parts = {"works": tidy(works), "hinders": tidy(hinders), "wishes": tidy(wishes)}
    names = [tidy(name) for name in new_themes]
    refuse_if(
        [
            *text_faults(parts, dict.fromkeys(parts, SUMMARY_LENGTH)),
            *(
                fault
                for name in names
                for fault in text_faults({"new_themes": name}, {"new_themes": THEME_LENGTH})
            ),
        ]
    )
    salt = secrets.token_hex(32)
    summary, _ = Summary.objects.update_or_create(
        interview=interview,
        defaults={
            **parts,
            "salt": salt,
            "digest": sealed(salt, *parts.values()),
            "by_name": by.actor_name,
            "at": clock.now(),
        },
    )
    chosen = [*Theme.objects.filter(pk__in=themes), *(_theme(by, name) for name in names)]
    interview.themes.set(chosen[:MOST_THEMES])
    interview.state = InterviewState.SUMMARISED
    interview.save()
    ledger.append(
        by=by,
        action="improvement.interview-summarised",
        subject=subject_of(interview),
        old={"hash": before.digest} if before else None,
        new={"hash": summary.digest, "themes": interview.themes.count()},
    )
    return summary


@transaction.atomic
def share(*, by: Actor, pk: int, seen: str) -> SharedSummary:
    """Give the summary, as the page showed it (``seen``, its digest), to the person interviewed. They keep it as it is."""
    interview = for_team(by, pk, Move.SHARE)
    summary = Summary.objects.get(interview=interview)
    only_if(seen == summary.digest, Refusal.STALE)
    last = SharedSummary.objects.filter(interview=interview).last()
    if last is not None and last.digest == summary.digest:
        return last
    shared = SharedSummary.objects.create(
        interview=interview,
        works=summary.works,
        hinders=summary.hinders,
        wishes=summary.wishes,
        digest=summary.digest,
        by_name=by.actor_name,
        at=clock.now(),
    )
    ledger.append(
        by=by,
        action="improvement.summary-shared",
        subject=subject_of(interview),
        new={"hash": summary.digest},
    )
    return shared


def _theme(by: Actor, name: str) -> Theme:
    """The theme of that name in any spelling, or a new one."""
    if known := Theme.objects.filter(name__iexact=name).first():
        return known
    theme = Theme.objects.create(name=name, by_name=by.actor_name, made_at=clock.now())
    ledger.append(
        by=by,
        action="improvement.theme-added",
        subject=Subject("themes", str(theme.pk), theme.name),
        new={"name": theme.name},
    )
    return theme
