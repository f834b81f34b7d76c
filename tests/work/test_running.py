"""Background work is done once, whatever happens to those who do it."""

import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction

from conftest import Installation
from fairgate.ledger.models import Entry
from fairgate.work import actions, jobs, queries
from fairgate.work.jobs.worker import COMMAND
from fairgate.work.models import Job
from fairgate.work.rules import Report, State, UnknownTask, task, task_named
from fairgate.work.rules.states import ATTEMPTS
from work.conftest import BY, HERE, at_work, now, submit, until


def ended(job: Job) -> bool:
    return now(job).has_ended


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that has ended and that nobody has waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def times_done(what: str) -> int:
    return Entry.objects.filter(action="test.done", subject_id=what).count()


@pytest.mark.usefixtures("worker")
def test_a_job_runs_to_its_end() -> None:
    job = submit("add", numbers=[1, 2, 3.5])
    until(lambda: ended(job))
    job = now(job)
    assert (job.state, job.result, job.done, job.problem, job.attempts) == (
        State.DONE,
        {"sum": 6.5},
        1.0,
        "",
        1,
    )
    assert job.started_at is not None
    assert job.ended_at is not None
    assert job.made_at <= job.started_at <= job.ended_at
    until(lambda: not queries.folder_of(job.pk).exists())
    assert not queries.log_of(job.pk).exists()


@pytest.mark.usefixtures("worker")
def test_progress_is_seen_and_never_goes_back() -> None:
    job = submit("backwards")
    seen: list[tuple[float, str]] = []

    def look() -> bool:
        found = queries.job_for(BY, job.pk)
        if not seen or seen[-1] != (found.done, found.note):
            seen.append((found.done, found.note))
        return found.has_ended

    until(look)
    figures = [done for done, _ in seen]
    assert figures == sorted(figures)
    assert {0.2, 0.9, 1.0} <= set(figures)
    assert max(figures) <= 1.0
    assert "said 0.4" in [note for _, note in seen]


@pytest.mark.usefixtures("worker")
def test_progress_and_cancelling_do_not_wait_for_the_jobs_own_transaction() -> None:
    """On SQLite the job holds the only write lock all the time."""
    job = submit("hold_the_lock", seconds=30)
    until(lambda: queries.job_for(BY, job.pk).note.startswith("tick"))
    first = queries.job_for(BY, job.pk).done
    until(lambda: queries.job_for(BY, job.pk).done > first, seconds=3)
    begun = time.monotonic()
    actions.cancel(by=BY, job_id=job.pk)
    until(lambda: ended(job))
    assert time.monotonic() - begun < 10
    assert now(job).state == State.CANCELLED
    assert times_done("held") == 0


@pytest.mark.usefixtures("worker")
def test_cancelling_ends_the_process_and_whatever_it_began() -> None:
    job = submit("deaf")
    until(lambda: queries.job_for(BY, job.pk).note)
    pids = [int(pid) for pid in queries.job_for(BY, job.pk).note.split()]
    assert all(is_alive(pid) for pid in pids)
    actions.cancel(by=BY, job_id=job.pk)
    until(lambda: ended(job))
    assert now(job).state == State.CANCELLED
    until(lambda: not any(is_alive(pid) for pid in pids))


def test_cancelling_a_waiting_job_keeps_it_from_beginning(installation: Installation) -> None:
    job = submit("add", numbers=[1])
    assert actions.cancel(by=BY, job_id=job.pk).state == State.CANCELLED
    later = submit("add", numbers=[2])
    with at_work():
        until(lambda: ended(later))
    assert (now(job).state, now(job).attempts) == (State.CANCELLED, 0)


@pytest.mark.usefixtures("worker")
def test_cancelling_what_is_done_changes_nothing() -> None:
    job = submit("add", numbers=[1])
    until(lambda: ended(job))
    entries = Entry.objects.count()
    assert actions.cancel(by=BY, job_id=job.pk).state == State.DONE
    assert Entry.objects.count() == entries


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("bad_input", r"log\.csv, row 3, column Time: found “soon”, expected a date"),
        ("program_error", r"an error it did not expect \(KeyError\)\. Details are in work-.*\.log"),
        ("killed", r"stopped from outside \(signal 9\)"),
        ("exits", r"ended without finishing \(code 7\)"),
        ("nobody_knows", r"does not know the task “test\.nobody_knows”"),
    ],
)
def test_a_job_that_fails_says_why(name: str, problem: str) -> None:
    job = submit(name)
    until(lambda: ended(job))
    assert now(job).state == State.FAILED
    assert re.search(problem, now(job).problem)
    assert now(job).attempts == 1


@pytest.mark.usefixtures("worker")
def test_the_log_keeps_what_the_process_wrote() -> None:
    job = submit("program_error")
    until(lambda: ended(job))
    written = queries.log_of(job.pk).read_text()
    assert "before the error" in written
    assert "KeyError: 'lost'" in written


@pytest.mark.usefixtures("worker")
def test_a_crash_in_the_middle_of_saving_saves_nothing() -> None:
    job = submit("save_then_die", what="half")
    until(lambda: ended(job))
    assert now(job).state == State.FAILED
    assert times_done("half") == 0


@pytest.mark.usefixtures("worker")
def test_the_next_job_runs_after_one_that_crashed() -> None:
    submit("killed")
    job = submit("add", numbers=[1, 1])
    until(lambda: ended(job))
    assert now(job).result == {"sum": 2}


def test_the_programs_own_command_runs_a_job(installation: Installation) -> None:
    """`fairgate work ID`, as the server begins it."""
    job = submit("nobody_knows")
    with at_work(command=COMMAND):
        until(lambda: ended(job))
    assert "does not know the task" in now(job).problem


def test_a_job_outlives_a_worker_that_was_killed_and_is_done_once(
    installation: Installation, tmp_path: Path
) -> None:
    go = tmp_path / "go"
    job = submit("save_once", what="important", go=str(go))
    first = subprocess.Popen([sys.executable, str(HERE / "worker.py")], env=installation.environment)
    until(lambda: queries.job_for(BY, job.pk).note)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert now(job).state == State.RUNNING
    go.touch()
    with at_work():
        until(lambda: ended(job))
    assert (now(job).state, now(job).result) == (State.DONE, {"noted": "important"})
    assert now(job).attempts in {1, 2}  # 1 when the orphan finished before it noticed
    assert times_done("important") == 1


def test_a_job_is_begun_three_times_at_most(installation: Installation) -> None:
    job = submit("add", numbers=[1])
    for attempt in range(1, ATTEMPTS + 1):
        assert actions.claim(job.pk)
        assert not actions.claim(job.pk)
        assert now(job).attempts == attempt
        jobs.worker.recover()  # its process is gone
    assert now(job).state == State.FAILED
    assert f"begun {ATTEMPTS} times" in now(job).problem


def test_a_crash_after_cancelling_does_not_begin_it_again(installation: Installation) -> None:
    job = submit("add", numbers=[1])
    actions.claim(job.pk)
    queries.folder_of(job.pk).mkdir(parents=True)
    actions.cancel(by=BY, job_id=job.pk)
    jobs.worker.recover()
    assert now(job).state == State.CANCELLED


def test_a_job_somebody_still_runs_is_left_alone(installation: Installation) -> None:
    job = submit("add", numbers=[1])
    actions.claim(job.pk)
    lock = jobs.lock.Lock.take(queries.folder_of(job.pk))
    assert lock is not None
    jobs.worker.recover()
    assert now(job).state == State.RUNNING
    lock.let_go()
    jobs.worker.recover()
    assert now(job).state == State.WAITING


def test_stopping_in_good_order_gives_the_job_back(installation: Installation, tmp_path: Path) -> None:
    go = tmp_path / "go"
    job = submit("save_once", what="later", go=str(go))
    with at_work():
        until(lambda: queries.job_for(BY, job.pk).note)
    assert (now(job).state, now(job).attempts) == (State.WAITING, 0)
    go.touch()
    with at_work():
        until(lambda: ended(job))
    assert (now(job).state, times_done("later")) == (State.DONE, 1)


def test_several_workers_share_the_work_and_no_two_do_the_same(
    installation: Installation, tmp_path: Path
) -> None:
    go = tmp_path / "go"
    go.touch()
    many = [submit("save_once", what=f"job {number}", go=str(go)) for number in range(6)]
    with at_work(workers=3):
        until(lambda: all(ended(job) for job in many), seconds=90)
    assert [now(job).state for job in many] == [State.DONE] * 6
    assert [times_done(f"job {number}") for number in range(6)] == [1] * 6
    assert [now(job).attempts for job in many] == [1] * 6


def test_asking_is_undone_with_the_transaction_it_belongs_to(installation: Installation) -> None:
    with suppress(RuntimeError), transaction.atomic():
        submit("add", numbers=[1])
        raise RuntimeError
    assert not Job.objects.exists()
    assert not Entry.objects.exists()


def test_asking_and_cancelling_are_recorded(installation: Installation) -> None:
    job = submit("add", numbers=[1])
    actions.cancel(by=BY, job_id=job.pk)
    assert [entry.action for entry in Entry.objects.all()] == ["work.submitted", "work.cancelled"]
    assert {entry.subject_id for entry in Entry.objects.all()} == {str(job.pk)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "/\\example.org", "organisation/"]
)
def test_the_way_on_never_leaves_this_site(elsewhere: str) -> None:
    with pytest.raises(ValueError, match="expected a path on this site"):
        actions.submit(by=BY, name="test.add", title="x", arguments={}, done_at=elsewhere)


def test_two_tasks_cannot_share_a_name() -> None:
    @task("test.only_once")
    def first() -> dict[str, str]:
        return {}

    def second() -> dict[str, str]:
        return {}

    assert task_named("test.only_once") is first
    with pytest.raises(ValueError, match="two tasks are called"):
        task("test.only_once")(second)
    with pytest.raises(UnknownTask):
        task_named("test.none")


@pytest.mark.parametrize("damaged", [b'[0.5, "ha', b"\xff", b"[]", b"7", b'["much", ""]'])
def test_a_report_is_whole_or_not_there(damaged: bytes) -> None:
    job = uuid4()
    folder = queries.folder_of(job)
    folder.mkdir(parents=True)
    assert queries.report_of(job) == Report()
    actions.report(job, Report(0.25, "zählt"))
    assert queries.report_of(job) == Report(0.25, "zählt")
    assert [file.name for file in folder.iterdir()] == ["report"]
    (folder / "report").write_bytes(damaged)
    assert queries.report_of(job) == Report()
