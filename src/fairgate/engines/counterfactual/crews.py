"""Who does the work: this process, several threads, or a Dask cluster. The results are the same bytes.

Work comes as a list of tasks whose size never depends on who does them; each task's draws depend on its replicates'
numbers alone; results are put together in the order of the tasks. So nothing is left to depend on.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Protocol, TypeVar

from fairgate.engines.counterfactual.errors import BadParameter, CounterfactualError

Task = TypeVar("Task")
Result = TypeVar("Result")
OnProgress = Callable[[int, int], None]
"""Called with (tasks done, tasks in all); what it raises stops the work and is passed on."""


class Crew(Protocol):
    def work(
        self, function: Callable[[Task], Result], tasks: Sequence[Task], on_progress: OnProgress | None = None
    ) -> list[Result]:
        """``function`` of each task, in the order of the tasks."""


class Here:
    """This process, with ``workers`` threads: compiled loops don't hold the interpreter's lock."""

    def __init__(self, workers: int = 1) -> None:
        if not 1 <= workers <= 512:
            raise BadParameter("workers", workers, "a whole number from 1 to 512")
        self.workers = workers

    def work(
        self, function: Callable[[Task], Result], tasks: Sequence[Task], on_progress: OnProgress | None = None
    ) -> list[Result]:
        if self.workers == 1:
            return list(_one_by_one(function, tasks, on_progress))
        pool = ThreadPoolExecutor(self.workers)
        try:
            futures = [pool.submit(function, task) for task in tasks]
            _watch(futures, on_progress)
            return [future.result() for future in futures]
        finally:  # whoever interrupts doesn't wait for what is half done
            pool.shutdown(wait=False, cancel_futures=True)


class OnCluster:
    """A Dask cluster whose workers have the same Fairgate installed. Made by `on_cluster`."""

    def __init__(self, client: object) -> None:
        self.client = client

    def work(
        self, function: Callable[[Task], Result], tasks: Sequence[Task], on_progress: OnProgress | None = None
    ) -> list[Result]:
        from distributed import as_completed

        futures = self.client.map(function, list(tasks), pure=False)  # type: ignore[attr-defined]
        try:
            for done, future in enumerate(as_completed(futures), 1):  # type: ignore[no-untyped-call]
                future.result()
                if on_progress:
                    on_progress(done, len(futures))
            results: list[Result] = self.client.gather(futures)  # type: ignore[attr-defined]
        except BaseException:
            self.client.cancel(futures)  # type: ignore[attr-defined]
            raise
        return results


@contextmanager
def on_cluster(address: str, timeout: str = "10s") -> Iterator[Crew]:
    """Errors: CounterfactualError where Dask isn't installed (extra ``cluster``), nothing answers at ``address``, or
    its workers have another version of Fairgate or numpy."""
    try:
        from distributed import Client
    except ImportError as error:
        raise CounterfactualError(
            "A cluster needs Dask: install fairgate with the extra “cluster”.", "cluster"
        ) from error
    try:
        client = Client(address, timeout=timeout)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise CounterfactualError(f"No Dask scheduler answered at {address} ({error}).", "cluster") from error
    with client:
        _check_same(client)
        yield OnCluster(client)


def _check_same(client: object) -> None:
    mine = versions()
    for worker, theirs in client.run(versions).items():  # type: ignore[attr-defined]
        if theirs != mine:
            raise CounterfactualError(
                f"The worker {worker} runs {theirs}, this machine {mine}: results could differ. Install the same.",
                "cluster",
            )


def versions() -> dict[str, str]:
    """What has to be equal for equal bytes (with the processor's type)."""
    import numba
    import numpy

    import fairgate

    return {"fairgate": fairgate.__version__, "numpy": numpy.__version__, "numba": numba.__version__}


def _one_by_one(
    function: Callable[[Task], Result], tasks: Sequence[Task], on_progress: OnProgress | None
) -> Iterator[Result]:
    for done, task in enumerate(tasks, 1):
        yield function(task)
        if on_progress:
            on_progress(done, len(tasks))


def _watch(futures: list[Future[Result]], on_progress: OnProgress | None) -> None:
    left = set(futures)
    while left:
        finished, left = wait(left, timeout=0.2, return_when=FIRST_COMPLETED)
        for future in finished:
            future.result()
        if finished and on_progress:
            on_progress(len(futures) - len(left), len(futures))
