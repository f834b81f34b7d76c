import csv
import json
from pathlib import Path

import pytest

from fairgate.engines.ordinal import Category, Ratings, rated

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def wine():
    """Randall's wine tasting (1989), as R's package ordinal brings it: a function that makes Ratings."""
    with (HERE / "wine.csv").open() as file:
        rows = list(csv.DictReader(file))

    def column(name):
        return Category.of(name, [row[name] for row in rows])

    def ratings(*random, fixed=("temp", "contact")):
        return Ratings(
            rated("12345", [row["rating"] for row in rows]),
            tuple("12345"),
            tuple(column(name) for name in fixed),
            tuple(column(name) for name in random),
        )

    return ratings


@pytest.fixture(scope="session")
def published():
    """What R printed for the wine data."""
    return json.loads((HERE / "wine_in_r.json").read_text())
