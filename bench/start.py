"""How long the commands take to answer: ratios to click alone, and seconds to the first page.

Prints, and asserts nothing: `fairgate --help` against `python -c "import click"`; the demonstration from nothing to its first
page, and again once it is made.
"""

import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

RUNS = 7
PORT = 8765


def cpu(*command: str) -> float:
    """CPU seconds of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def help_against_click() -> None:
    click = [cpu(sys.executable, "-c", "import click") for _ in range(RUNS)]
    ours = [cpu(sys.executable, "-m", "fairgate", "--help") for _ in range(RUNS)]
    ratio = statistics.median(ours) / statistics.median(click)
    print(
        f"fairgate --help: {statistics.median(ours):.3f} CPU s, {ratio:.2f} times importing click (bound 3)"
    )


def to_the_first_page(data: Path) -> float:
    """Wall seconds from the command to a page."""
    begun = time.monotonic()
    environment = {**os.environ, "FAIRGATE_DATA": str(data)}
    server = subprocess.Popen(
        [sys.executable, "-m", "fairgate", "demo", "--no-open", "--port", str(PORT)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while time.monotonic() - begun < 120:
            try:
                with urlopen(f"http://127.0.0.1:{PORT}/people/sign-in/", timeout=5):
                    return time.monotonic() - begun
            except (URLError, ConnectionError):
                time.sleep(0.02)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
    raise TimeoutError("no page within two minutes")


if __name__ == "__main__":
    help_against_click()
    with tempfile.TemporaryDirectory() as folder:
        print(f"Halden Pharma made and served: {to_the_first_page(Path(folder)):.1f} s (bound 30)")
        again = [to_the_first_page(Path(folder)) for _ in range(3)]
        print(f"served again: {statistics.median(again):.1f} s (bound 4)")
