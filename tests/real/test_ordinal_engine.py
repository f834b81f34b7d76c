"""The ordinal engine, the fair score and the counting of files on real data (FAIRGATE_REAL_DATA), and beside R where it is.

The complaints are a test of plumbing only: a consumer who disputes disagrees with the outcome, which says nothing about how
they were treated.
"""

import csv
import gzip
import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from fairgate.cli import main
from fairgate.engines.ordinal import Category, Measure, Ratings, fit
from fairgate.engines.ordinal.fitting import _laplace
from fairgate.engines.ordinal.preparing import prepare
from fairgate.readers.cells import count_cells

pytestmark = pytest.mark.real

R = """
suppressMessages(library(ordinal)); d <- read.csv("{file}")
d$y <- factor(d$y, ordered = TRUE); d$s <- factor(d$s); d$d <- factor(d$d)
m <- clmm(y ~ service + (1 | s) + (1 | d), data = d, control = clmm.control(gradTol = 1e-6))
cat(sprintf("%.8f", c(as.numeric(logLik(m)), coef(summary(m))[, 1:2], sqrt(unlist(VarCorr(m))))))
"""


def path_of(name):
    folder = os.environ.get("FAIRGATE_REAL_DATA")
    if not folder:
        pytest.skip("FAIRGATE_REAL_DATA is not set: real data are not read")
    return Path(folder) / name


@pytest.fixture(scope="module")
def insteval():
    cells = count_cells(
        path_of("insteval.csv.gz"), {"y": "rating", "service": "fixed", "s": "random", "d": "random"}
    )

    def category(name):
        return Category(name, cells.columns[name].codes, cells.columns[name].names)

    service = np.array([float(name) for name in cells.columns["service"].names])[
        cells.columns["service"].codes
    ]
    return Ratings(
        cells.columns["y"].codes,
        tuple("12345"),
        (Measure("service", service),),
        (category("s"), category("d")),
        cells.count,
    )


def test_insteval_whole_has_its_known_likelihood_and_is_flat_there(insteval):
    found = fit(insteval)
    assert found.log_likelihood == pytest.approx(-110478.2966, abs=1e-3)
    thresholds = [one.estimate for one in found.thresholds]
    assert thresholds == pytest.approx([-2.2436, -1.0272, 0.1607, 1.4149], abs=2e-4)
    assert found.coefficient("service").estimate == pytest.approx(-0.1380, abs=2e-4)
    assert [one.sd for one in found.random] == pytest.approx([0.4989, 0.7912], abs=2e-4)
    laplace = _laplace(prepare(insteval), "logit", (0, 1), np.zeros(2, np.bool_))
    here = found.joint.point.parameters
    errors = np.sqrt(np.diagonal(np.linalg.inv(found.joint.information.profiled)))
    for j in range(len(here)):
        move = np.eye(len(here))[j] * 1e-2
        slope = (laplace.at(here + move).objective - laplace.at(here - move).objective) / 2e-2
        # Of the curvature, the slope's share of a standard error.
        assert abs(slope) * errors[j] < 0.01


def test_clmm_beside_it_says_the_same(insteval, tmp_path):
    if not shutil.which("Rscript"):
        pytest.skip("Rscript is not installed: clmm is not run beside the engine")
    if subprocess.run(["Rscript", "-e", "library(ordinal)"], capture_output=True, check=False).returncode:
        pytest.skip("R has no package ordinal: clmm is not run beside the engine")
    rows = np.random.default_rng(4).choice(insteval.rows, 1500, replace=False)
    s, d = insteval.random
    part = Ratings(
        insteval.rating[rows],
        insteval.levels,
        (Measure("service", insteval.fixed[0].values[rows]),),
        (
            Category("s", s.codes[rows] % 300, tuple(map(str, range(300)))),
            Category("d", d.codes[rows] % 60, tuple(map(str, range(60)))),
        ),
    )
    file = tmp_path / "rows.csv"
    with file.open("w", newline="") as out:
        write = csv.writer(out)
        write.writerow(["y", "service", "s", "d"])
        write.writerows(
            zip(part.rating, part.fixed[0].values, part.random[0].codes, part.random[1].codes, strict=True)
        )
    (tmp_path / "fit.R").write_text(R.format(file=file))
    said = subprocess.run(
        ["Rscript", str(tmp_path / "fit.R")], capture_output=True, text=True, check=True
    ).stdout
    log_likelihood, *figures = map(float, said.split())
    found = fit(part)
    assert found.log_likelihood == pytest.approx(log_likelihood, abs=1e-4)
    ours = (*found.thresholds, *found.fixed)
    assert [one.estimate for one in ours] == pytest.approx(figures[:5], rel=2e-3, abs=1e-4)
    assert [one.standard_error for one in ours] == pytest.approx(figures[5:10], rel=2e-3)
    assert sorted(one.sd for one in found.random) == pytest.approx(sorted(figures[10:]), rel=2e-3)


def test_counts_are_those_of_a_plain_loop():
    path = path_of("insteval.csv.gz")
    with gzip.open(path, "rt") as file:
        expected = Counter((row["y"], row["dept"], row["service"]) for row in csv.DictReader(file))
    cells = count_cells(path, {"y": "rating", "dept": "case", "service": "case"})
    texts = zip(cells.texts("y"), cells.texts("dept"), cells.texts("service"), strict=True)
    assert dict(zip(texts, cells.count, strict=True)) == expected


def test_the_complaints_go_through_and_small_companies_get_no_score():
    said = CliRunner().invoke(
        main,
        [
            "score", str(path_of("cfpb_complaints_2016.csv.gz")), "--json",
            "--rating", "Consumer disputed?", "--levels", "Yes,No", "--good", "No",
            "--outcome", "Company response to consumer", "--team", "Company", "--case", "Product",
            "--approving", "Closed with monetary relief", "--approving", "Closed with non-monetary relief",
        ],
    )  # fmt: skip
    assert said.exit_code == 0, said.output
    found = json.loads(said.stdout)
    explained = found["outcome_effect"]["Closed with explanation"]
    assert explained["interval"][1] < 0
    assert len(found["teams"]) == 491
    scored = [one for one in found["teams"] if one["fair"] is not None]
    assert 1 <= len(scored) < 20
    assert min(one["ballots"] for one in scored) >= 20
    assert all("needs 20" in one["note"] for one in found["teams"] if one["ballots"] < 20)
