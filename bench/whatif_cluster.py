"""From which size on a Dask cluster pays: the same run here and on a local cluster of as many processes.

python bench/whatif_cluster.py --workers 2
"""

import argparse
import time

from distributed import LocalCluster

from fairgate.engines.counterfactual import Crew, Here, Study, on_cluster, policies, standard

SIZES = (1000, 10_000, 50_000, 200_000)


def seconds(crew: Crew, replicates: int) -> tuple[float, bytes]:
    study = Study(standard(), policies(["today", "nobody"]), 180, 1, crew)
    _ = study.waits
    begun = time.perf_counter()
    made = study.by_chance(replicates)
    return time.perf_counter() - begun, made.tobytes()


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--workers", type=int, default=2)
    chosen = arguments.parse_args()
    with (
        LocalCluster(n_workers=chosen.workers, threads_per_worker=1, dashboard_address=None) as cluster,
        on_cluster(cluster.scheduler_address) as there,
    ):
        here = Here(chosen.workers)
        for crew in (here, there):
            seconds(crew, 100)  # compiled code is loaded
        for size in SIZES:
            (a, mine), (b, theirs) = seconds(here, size), seconds(there, size)
            same = "identical bytes" if mine == theirs else "DIFFERENT BYTES"
            print(
                f"{size:>8,} replicates: {a:.2f} s here with {chosen.workers} threads, {b:.2f} s on the cluster; {same}"
            )


if __name__ == "__main__":
    main()
