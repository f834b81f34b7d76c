"""A local Dask cluster gives the bytes this process gives; without Dask, or a scheduler, a sentence."""

import sys

import pytest

from fairgate.engines.counterfactual import CounterfactualError, Study, on_cluster, policies, standard

POLICIES = policies(["today", "nobody"])


def lived(crew=None) -> bytes:
    more = {"crew": crew} if crew else {}
    study = Study(standard(), POLICIES, 60, 5, **more)
    return study.by_chance(7000).tobytes() + study.held_possible(20, 30).tobytes()


def test_a_local_cluster_gives_identical_bytes():
    distributed = pytest.importorskip("distributed")
    told = []
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
        ) as cluster,
        on_cluster(cluster.scheduler_address) as crew,
    ):
        assert lived(crew) == lived()
        Study(standard(), POLICIES, 12, 5, crew).by_chance(
            7000, lambda done, total: told.append((done, total))
        )
    assert told[-1] == (len(told), len(told))
    assert len(told) > 1


def test_without_dask_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CounterfactualError, match="extra “cluster”"), on_cluster("tcp://127.0.0.1:1"):
        pass


def test_where_no_scheduler_answers_that_is_said():
    pytest.importorskip("distributed")
    with (
        pytest.raises(CounterfactualError, match=r"No Dask scheduler answered at tcp://127\.0\.0\.1:1"),
        on_cluster("tcp://127.0.0.1:1", timeout="1s"),
    ):
        pass
