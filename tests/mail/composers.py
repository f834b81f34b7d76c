"""Letters for tests, and people without accounts: this room knows none."""

from dataclasses import dataclass, field

from fairgate.mail.rules import Doubt, Letter, letter

SECRET = "https://fairgate.example/voice/a/Zq3-secret-link/"
TEXT = "Wie wurden Sie behandelt? How were you treated?"


@dataclass
class World:
    """What the composers below find when they look: whose address is what, who doesn't want letters any more."""

    addresses: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    broken: bool = False


WORLD = World()


def _compose(to: str, number: object) -> Letter | None:
    if WORLD.broken:
        raise RuntimeError(f"could not look up {SECRET}")
    if to in WORLD.gone:
        return None
    address = WORLD.addresses.get(to, f"{to.replace(':', '')}@plant.example")
    return Letter(address, f"Ihre Meinung {number}", f"{TEXT}\n{SECRET}{number}\n")


@letter("test.invitation")
def invitation(*, to: str, number: object = 0) -> Letter | None:
    return _compose(to, number)


@letter("test.reminder", in_doubt=Doubt.LET_IT_BE)
def reminder(*, to: str, number: object = 0) -> Letter | None:
    return _compose(to, number)
