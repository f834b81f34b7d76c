"""Letters that are due, sent in the background. The outbox lies below this room, so the task stands here."""

from collections.abc import Mapping
from dataclasses import asdict

from fairgate.mail import actions as mail
from fairgate.shared.actor import System
from fairgate.work.rules import JSON, Progress, task


@task("work.send_letters")
def send_letters(progress: Progress) -> Mapping[str, JSON]:
    """Send what is due. Each letter is marked by itself, so this may stop and begin again at any time."""
    sent = mail.send_due(by=System("post"), after_each=lambda so_far: progress(0.0, f"{so_far.sent:,}"))
    return asdict(sent)
