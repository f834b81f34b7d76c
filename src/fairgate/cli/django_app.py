"""Starting Django, for the commands that need it."""

import os
from pathlib import Path

_OF_REAL_RECORDS = ("DATABASE", "ANCHORS", "SECRET_KEY", "PEOPLE_KEY", "LINK_KEY", "KEYS", "MAIL")


def start(*, data: Path | None = None, demonstration: bool = False) -> None:
    """Configure and load Django once. ``data`` and ``demonstration`` have to be known before settings are read.

    A demonstration lets anybody in as anybody, so it never opens what the environment names for real records.
    """
    os.umask(0o077)  # records, sessions and anchors are nobody else's on this machine
    if data is not None:
        os.environ["FAIRGATE_DATA"] = str(data)
    os.environ["FAIRGATE_DEMONSTRATION"] = "1" if demonstration else ""
    if demonstration:
        for name in _OF_REAL_RECORDS:
            os.environ.pop(f"FAIRGATE_{name}", None)
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


def is_there() -> bool:
    """Whether the database holds an installation."""
    from django.conf import settings
    from django.db import connection

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3") and not Path(database["NAME"]).exists():
        return False  # opening it would make one
    return "ledger_entry" in connection.introspection.table_names()
