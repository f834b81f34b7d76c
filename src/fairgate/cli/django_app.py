"""Starting Django, for the commands that need it."""

import os
from pathlib import Path


def start(*, data: Path | None = None, demonstration: bool = False) -> None:
    """Configure and load Django once. ``data`` and ``demonstration`` have to be known before settings are read."""
    if data is not None:
        os.environ["FAIRGATE_DATA"] = str(data)
    if demonstration:
        os.environ["FAIRGATE_DEMONSTRATION"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairgate.config.settings")
    import django

    django.setup()


def ready() -> None:
    """Bring the database up to this version: tables, then the ledger's triggers, then an anchor."""
    from django.core.management import call_command

    from fairgate.ledger import actions as ledger

    call_command("migrate", interactive=False, verbosity=0)
    ledger.reassert()
    ledger.anchor()
