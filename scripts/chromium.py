"""Make sure a Chromium or Chrome is there for the browser journeys: found, or installed where that is possible."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def found() -> str | None:
    """The browser to use: ``FAIRGATE_CHROMIUM`` if given, else the first of the usual names."""
    if chosen := os.environ.get("FAIRGATE_CHROMIUM"):
        return chosen
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return str(MAC) if MAC.exists() else None


def install() -> None:
    """Debian's package, when we are root; anybody else is told."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        quiet = {"stdout": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-qq"], check=True, **quiet)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"],
            check=True,
            env=environment,
            **quiet,
        )


if __name__ == "__main__":
    if not found():
        install()
    if not (path := found()):
        print("No Chromium or Chrome: the browser journeys are skipped.", file=sys.stderr)
        sys.exit(1 if os.environ.get("CI") else 0)
    print(f"Browser: {path}")
