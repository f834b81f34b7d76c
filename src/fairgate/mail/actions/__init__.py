"""Asking for letters, sending them, trying again, forgetting them."""

from fairgate.mail.actions.outbox import forget, queue, retry
from fairgate.mail.actions.sending import Round, send_due, send_test

__all__ = ["Round", "forget", "queue", "retry", "send_due", "send_test"]
