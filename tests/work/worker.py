"""A worker in a process of its own, which a test may kill."""

import sys
import threading
from pathlib import Path

import django

django.setup()

from fairgate.work.jobs import run_worker  # noqa: E402 - after django.setup()

run_worker(threading.Event(), command=(sys.executable, str(Path(__file__).with_name("child.py"))))
