"""Build the wheel, install it with the lock into a clean environment, and ask it the first question."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place), cwd=ROOT)
        wheel = next(place.glob("*.whl"))
        uv = uv_command()
        run(*uv, "venv", "--quiet", "--python", sys.executable, str(place / "clean"))
        python = place / "clean" / "bin" / "python"
        run(
            *uv,
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "--python",
            str(python),
            "-r",
            str(ROOT / "requirements.lock"),
        )
        run(*uv, "pip", "install", "--quiet", "--no-deps", "--python", str(python), str(wheel))
        fairgate = place / "clean" / "bin" / "fairgate"
        environment = {**os.environ, "FAIRGATE_DATA": str(place / "data")}
        environment.pop("PYTHONPATH", None)
        said = run(str(fairgate), "--version", cwd=place, env=environment)
        answer = run(
            str(fairgate),
            "customers",
            str(ROOT / "examples" / "needs.csv"),
            "--json",
            cwd=place,
            env=environment,
        )
        run(str(fairgate), "demo", "halden-small", "--only-make", cwd=place, env=environment)
        size = wheel.stat().st_size / 1e6
        units = len(json.loads(answer)["units"])
        print(f"{wheel.name}, {size:.1f} MB: {said.strip()}, {units} units answered")


def lock_resolves() -> None:
    """Everything in the lock is there as a wheel for the systems people have, which this one may not be."""
    for platform in ("aarch64-apple-darwin", "x86_64-pc-windows-msvc", "x86_64-unknown-linux-gnu"):
        for version in ("3.11", "3.13"):
            with tempfile.TemporaryDirectory() as nowhere:
                run(
                    *uv_command(), "pip", "install", "--dry-run", "--require-hashes", "--only-binary", ":all:",
                    "--python-platform", platform, "--python-version", version, "--target", nowhere,
                    "-r", str(ROOT / "requirements.lock"),
                )  # fmt: skip
        print(f"The lock resolves for {platform}.")


def uv_command() -> list[str]:
    own = Path(sys.executable).parent / "uv"
    return [str(own)] if own.exists() else ["uv"]


def run(*command: str, **options: object) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True, **options)  # type: ignore[call-overload]
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return str(done.stdout)


if __name__ == "__main__":
    lock_resolves()
    main()
