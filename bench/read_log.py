"""Reading an event log: ours against pm4py's iterparse, in one run.

    FAIRGATE_REAL_DATA=... .venv/bin/python bench/read_log.py [FILE NAME] [RUNS]

pm4py is AGPL and no dependency of Fairgate: it is installed into a temporary environment, removed at the end.
Each reading is a process of its own; what counts are the CPU seconds of the reading call, without start and
imports. The two take turns, so that a noisy neighbour disturbs both; medians are compared. The bar: 4 times.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

BAR = 4.0

OURS = """
import sys, time
from pathlib import Path
from fairgate.readers.events import read_events
start = time.process_time()
log = read_events(Path(sys.argv[1]))
seconds = time.process_time() - start
print(len(log), seconds)
"""
THEIRS = """
import contextlib, io, sys, time
with contextlib.redirect_stdout(io.StringIO()):
    from pm4py.objects.log.importer.xes import importer
start = time.process_time()
quiet = {"show_progress_bar": False}
log = importer.apply(sys.argv[1], variant=importer.Variants.ITERPARSE, parameters=quiet)
seconds = time.process_time() - start
print(sum(map(len, log)), seconds)
"""


def timed(python: Path, program: str, log: Path) -> tuple[int, float]:
    """Events read and CPU seconds taken."""
    done = subprocess.run([python, "-c", program, log], capture_output=True, text=True, check=True)
    events, seconds = done.stdout.split()[-2:]
    return int(events), float(seconds)


def with_pm4py(folder: Path) -> Path:
    print("installing pm4py into a temporary environment …", flush=True)
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "pm4py"], check=True, stderr=subprocess.DEVNULL
    )
    return python


def main() -> int:
    if not (folder := os.environ.get("FAIRGATE_REAL_DATA")):
        print("FAIRGATE_REAL_DATA names no folder with real data: nothing measured")
        return 0
    log = Path(folder) / (sys.argv[1] if len(sys.argv) > 1 else "bpic2020_PermitLog.xes.gz")
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    ours, theirs = [], []
    with tempfile.TemporaryDirectory(prefix="fairgate-bench-") as temporary:
        peer = with_pm4py(Path(temporary))
        for _ in range(runs):
            ours.append(timed(Path(sys.executable), OURS, log))
            theirs.append(timed(peer, THEIRS, log))
    if {events for events, _ in ours} != {events for events, _ in theirs}:
        print(f"different numbers of events: {ours[0][0]} and {theirs[0][0]}")
        return 1
    mine, peers = (statistics.median(seconds for _, seconds in taken) for taken in (ours, theirs))
    print(f"{log.name}: {ours[0][0]:,} events, medians of {runs} runs")
    ratio = peers / mine
    print(f"fairgate {mine:.2f} s CPU, pm4py iterparse {peers:.2f} s CPU")
    print(f"ratio: {ratio:.1f} times faster (the bar is {BAR:.0f})")
    return 0 if ratio >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
