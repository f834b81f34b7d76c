"""An outbox with letters for tests, and a mail server to send them to."""

from collections.abc import Iterator

import pytest

from fairgate.mail import actions
from fairgate.mail.models import Outgoing
from fairgate.shared.actor import System
from mail.composers import WORLD, World
from mail.server import Server

BY = System("tester")


@pytest.fixture(autouse=True)
def world() -> World:
    WORLD.__init__()
    return WORLD


@pytest.fixture
def server(settings) -> Iterator[Server]:
    with Server() as running:
        settings.MAIL = running.address
        settings.MAIL_FROM = "Fairgate <fairgate@plant.example>"
        yield running


def asked(number: int = 1, name: str = "test.invitation", **more: object) -> Outgoing:
    pk = actions.queue(by=BY, letter=name, to=f"person:{number}", arguments={"number": number}, **more)
    return Outgoing.objects.get(pk=pk)


def sent(**more: object) -> actions.Round:
    return actions.send_due(by=BY, **more)
