"""Cumulative link mixed models: processor seconds with standard errors, against R's ordinal::clmm in the same run.

    FAIRGATE_REAL_DATA=… python bench/ordinal.py [--million] [--ten-million] [--skip-r]

InstEval (73,421 ratings of 1,128 lecturers by 2,972 students; lme4): 10,000 rows drawn at random, beside R where there is
an Rscript with the package ordinal; then the whole. `--million` adds ratings with three crossed factors of 10,000, 300 and 40
levels, 10^5 and 10^6 of them; `--ten-million` 10^7, with its peak of memory. Seconds are those of this process, after
one small fit has loaded the compiled passes. One thread of linear algebra each.
"""

import argparse
import os
import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

from fairgate.engines.ordinal import Category, Fit, Measure, Ratings, fit
from fairgate.readers.cells import count_cells

R_SCRIPT = """
suppressMessages(library(ordinal))
d <- read.csv("{file}"); d$y <- factor(d$y, ordered = TRUE); d$s <- factor(d$s); d$d <- factor(d$d)
t <- system.time(m <- clmm(y ~ service + (1 | s) + (1 | d), data = d))
cat(t[["user.self"]] + t[["sys.self"]], sprintf("%.6f", as.numeric(logLik(m))))
"""


def insteval() -> Ratings:
    path = Path(os.environ["FAIRGATE_REAL_DATA"]) / "insteval.csv.gz"
    cells = count_cells(path, {"y": "rating", "service": "fixed", "s": "random", "d": "random"})

    def category(name: str) -> Category:
        return Category(name, cells.columns[name].codes, cells.columns[name].names)

    service = np.array([float(name) for name in cells.columns["service"].names])[
        cells.columns["service"].codes
    ]
    return Ratings(
        cells.columns["y"].codes,
        cells.columns["y"].names,
        (Measure("service", service),),
        (category("s"), category("d")),
        cells.count,
    )


def drawn(whole: Ratings, size: int) -> Ratings:
    rows = np.random.default_rng(1).choice(whole.rows, size, replace=False)
    (service,) = whole.fixed
    return Ratings(
        whole.rating[rows],
        whole.levels,
        (Measure("service", service.values[rows]),),
        tuple(Category(one.name, one.codes[rows], one.names) for one in whole.random),
    )


def in_r(ratings: Ratings) -> tuple[float, float]:
    """Processor seconds and log-likelihood of clmm."""
    with tempfile.TemporaryDirectory() as folder:
        file, script = Path(folder) / "rows.csv", Path(folder) / "fit.R"
        s, d = ratings.random
        rows = zip(ratings.rating, ratings.fixed[0].values, s.codes, d.codes, strict=True)
        file.write_text("y,service,s,d\n" + "".join(f"{y},{x:g},{a},{b}\n" for y, x, a, b in rows))
        script.write_text(R_SCRIPT.format(file=file))
        said = subprocess.run(["Rscript", str(script)], capture_output=True, text=True, check=True).stdout
    seconds, log_likelihood = map(float, said.split())
    return seconds, log_likelihood


def three_factors(rows: int, levels: tuple[int, ...] = (10_000, 300, 40)) -> Ratings:
    rng = np.random.default_rng(3)
    codes = [rng.integers(0, size, rows).astype(np.int32) for size in levels]
    x = rng.integers(0, 2, rows).astype(np.int32)
    eta = -0.4 * x
    for sd, size, code in zip((0.7, 0.5, 0.3), levels, codes, strict=True):
        eta = eta + sd * rng.normal(size=size)[code]
    eta += rng.logistic(size=rows)
    rating = (eta[:, None] > np.array([-2.2, -1.0, 0.2, 1.4])).sum(axis=1).astype(np.int32)
    return Ratings(
        rating,
        tuple("12345"),
        (Category("x", x, ("a", "b")),),
        tuple(
            Category(name, code, tuple(map(str, range(size))))
            for name, code, size in zip("rdt", codes, levels, strict=True)
        ),
    )


def timed(name: str, ratings: Ratings) -> tuple[float, Fit]:
    begun, wall = time.process_time(), time.perf_counter()
    found = fit(ratings)
    seconds = time.process_time() - begun
    levels = " x ".join(f"{one.levels:,}" for one in found.random)
    print(
        f"{name}: {ratings.rows:,} ratings, levels {levels}: {seconds:.2f} processor seconds "
        f"({time.perf_counter() - wall:.2f} by the clock), log-likelihood {found.log_likelihood:.4f}, "
        f"{found.iterations} steps, converged {found.converged}"
    )
    return seconds, found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for flag in ("million", "ten-million", "skip-r"):
        parser.add_argument(f"--{flag}", action="store_true")
    chosen = parser.parse_args()
    fit(three_factors(2_000, (50, 10, 5)))
    if os.environ.get("FAIRGATE_REAL_DATA"):
        whole = insteval()
        small = drawn(whole, 10_000)
        seconds, found = timed("InstEval, drawn", small)
        if shutil.which("Rscript") and not chosen.skip_r:
            peer, log_likelihood = in_r(small)
            print(f"R's clmm: {peer:.2f} processor seconds, log-likelihood {log_likelihood:.4f}")
            assert abs(found.log_likelihood - log_likelihood) < 1e-3
            print(f"ratio {peer / seconds:.0f} (promised: at least 40, aim 100)")
        seconds, _ = timed("InstEval, whole", whole)
        print(f"{seconds:.2f} processor seconds (promised: at most 2)")
    if chosen.million or chosen.ten_million:
        small_seconds, _ = timed("three factors", three_factors(100_000))
        seconds, _ = timed("three factors", three_factors(1_000_000))
        print(
            f"{seconds:.2f} processor seconds (promised: at most 15); growth {seconds / small_seconds:.1f} (aim: at most 12)"
        )
    if chosen.ten_million:
        timed("three factors", three_factors(10_000_000))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(f"peak of memory {peak:.2f} GiB (promised: at most 8)")


if __name__ == "__main__":
    main()
