"""Counting a Parquet file into cells, against DuckDB's own GROUP BY of the same columns, in one run.

    python bench/counting.py [--rows 100000000] [--rounds 3]

The rows have a rating of 5 levels, 20 teams and 10 kinds: 1,000 cells. Ours gives sorted cells with names; DuckDB's query
only counts. Both by the clock, best of the rounds, on as many threads as DuckDB takes.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from fairgate.readers.cells import count_cells


def best(rounds: int, work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ratings.parquet"
        duckdb.sql(
            f"COPY (SELECT (hash(i) % 5 + 1)::UTINYINT AS rating, 'team ' || (hash(i + 1) % 20) AS team, "
            f"'kind ' || (hash(i + 2) % 10) AS kind FROM range({chosen.rows}) t(i)) TO '{file}' (FORMAT parquet)"
        )
        wanted = {"rating": "rating", "team": "team", "kind": "case"}
        query = f"SELECT rating, team, kind, count(*) FROM read_parquet('{file}') GROUP BY ALL"
        cells = count_cells(file, wanted)
        assert cells.rows == chosen.rows
        counted = {(str(r), t, k): n for r, t, k, n in duckdb.sql(query).fetchall()}
        texts = zip(*(cells.texts(name) for name in wanted), strict=True)
        assert counted == dict(zip(texts, cells.count, strict=True))
        peer = best(chosen.rounds, lambda: duckdb.sql(query).fetchall())
        ours = best(chosen.rounds, lambda: count_cells(file, wanted))
    print(
        f"{chosen.rows:,} rows into {len(cells.count):,} cells: {ours:.2f} s, DuckDB's own query {peer:.2f} s"
    )
    print(f"ratio {ours / peer:.2f} (promised: at most 1.2)")


if __name__ == "__main__":
    main()
