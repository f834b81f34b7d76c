"""A sender in a process of its own, which a test may kill. Prints how many letters it sent."""

import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - after django.setup()

from fairgate.mail import actions  # noqa: E402
from fairgate.shared.actor import System  # noqa: E402
from mail import composers  # noqa: E402, F401 - the tests' letters

settings.MAIL = sys.argv[1]
print(actions.send_due(by=System("sender")).sent, flush=True)
