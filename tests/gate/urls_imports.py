"""Who gets what at the addresses of imports; `test_import_pages.py` asks for each."""

import pytest
from django.urls import reverse

from fairgate.gate import imports
from fairgate.gate.models import DecisionImport, RecordedPerson

from .arriving import THREE, applied, came, mapping_of
from .conftest import PROGRAM
from .urls_requests import INVALID, OK, REFUSED, Answers

GONE_ON, METHOD = 302, 405
EVERYBODY = frozenset(
    {"alice", "bob", "charlie", "dan", "dora", "emil", "fay", "gil", "hana", "lea", "olga", "rita", "sam"}
)
BRINGING, LOOKING = frozenset({"alice", "bob"}), frozenset({"alice", "bob", "dora"})
STEWARD = frozenset({"alice"})

TABLE = {
    "imports": Answers(LOOKING, OK, OK, refused=EVERYBODY - LOOKING),
    "new-import": Answers(BRINGING, OK, INVALID, refused=EVERYBODY - BRINGING),
    "import-template": Answers(LOOKING, OK, OK, refused=EVERYBODY - LOOKING),
    "import": Answers(LOOKING, OK, OK),
    "import-list": Answers(LOOKING, OK, OK),
    "import-columns": Answers(BRINGING, OK, INVALID, refused=frozenset({"dora"})),
    "import-words": Answers(BRINGING, OK, INVALID, refused=frozenset({"dora"})),
    "mapping": Answers(BRINGING, OK, INVALID),
    "recorded-people": Answers(STEWARD, OK, OK, refused=EVERYBODY - STEWARD),
    "recorded-person": Answers(STEWARD, OK, GONE_ON),
}
POSTED = ("read-import-again", "apply-import", "discard-import")
"""These are buttons: by GET there is nothing, by POST those who may are led on."""

__all__ = ["METHOD", "POSTED", "REFUSED", "TABLE", "imports_addresses"]


@pytest.fixture
def imports_addresses(cast, gate):
    """One import waits for its columns, one has words nobody knows, one is ready, one was saved."""
    mapping = mapping_of()
    applied(THREE, mapping)
    faulty = came(THREE.replace("Rejected", "perhaps"), mapping)
    new = imports.open_file(by=cast["bob"], name="new.csv", content=[THREE.encode()])
    ready = {name: came(THREE + " " * at + "\n", mapping) for at, name in enumerate(POSTED)}
    arguments = {
        "import": [faulty.pk],
        "import-list": [faulty.pk, "problems"],
        "import-columns": [new.pk],
        "import-words": [faulty.pk],
        "mapping": [mapping.pk],
        "recorded-person": [RecordedPerson.objects.all()[0].pk],
        **{name: [coming.pk] for name, coming in ready.items()},
    }
    assert DecisionImport.objects.count() == 6
    assert PROGRAM.is_program
    return {name: reverse(f"gate:{name}", args=arguments.get(name, [])) for name in (*TABLE, *POSTED)}
