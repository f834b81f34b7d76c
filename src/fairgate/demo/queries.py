"""What the demonstration is."""

from fairgate.organisation.models import Unit


def is_made() -> bool:
    """Made in one transaction, so it is there whole or not at all."""
    return Unit.objects.exists()
