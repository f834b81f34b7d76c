"""Several senders, a sender that is killed, and what all of it leaves in database and logs."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, transaction

from conftest import Installation
from fairgate.mail import actions, queries
from fairgate.mail.models import Outgoing
from fairgate.mail.rules import LEASE, State
from fairgate.shared import clock
from mail.composers import SECRET, TEXT
from mail.conftest import BY, asked, sent
from mail.server import Server

TESTS = Path(__file__).parents[1]


def sender(installation: Installation, server: Server) -> subprocess.Popen[str]:
    address = server.address.replace("seconds=1", "seconds=20")
    environment = {**installation.environment, "PYTHONPATH": str(TESTS)}
    return subprocess.Popen(
        [sys.executable, str(TESTS / "mail" / "sender.py"), address],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until(condition, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_sending_inside_a_transaction_is_refused(installation, server):
    asked()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        sent()
    assert server.received == []


def test_two_senders_never_send_the_same_letter(installation, server):
    """Processes and threads, at the same time, on letters that take a moment each."""
    server.manners.pause = 0.01
    for number in range(40):
        asked(number)
    processes = [sender(installation, server) for _ in range(2)]

    def in_a_thread() -> int:
        try:
            return sent().sent
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        by_threads = sum(each.result() for each in [pool.submit(in_a_thread) for _ in range(2)])
    told = [process.communicate(timeout=60) for process in processes]
    assert by_threads + sum(int(out) for out, _ in told) == 40, told
    assert len(server.received) == len(set(server.received)) == 40


@pytest.mark.parametrize(
    ("letter", "state", "arrived"),
    [("test.invitation", State.SENT, 2), ("test.reminder", State.FAILED, 1)],
)
def test_after_kill_9_in_the_middle_of_a_letter_it_is_sent_again_or_let_be(
    installation, server, letter, state, arrived
):
    """The server has taken the letter, the sender didn't live to hear it."""
    entry = asked(1, letter)
    server.manners.pause = 60
    process = sender(installation, server)
    until(lambda: Outgoing.objects.get(pk=entry.pk).state == State.SENDING and server.connections)
    time.sleep(0.3)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    server.received.append("the one it took")
    server.manners.pause = 0
    assert sent() == actions.Round(), "within the lease nobody else takes it"
    Outgoing.objects.update(claimed_at=clock.now() - LEASE * 2)
    sent()
    entry.refresh_from_db()
    assert (entry.state, len(server.received)) == (state, arrived)


def everything_in(folder: Path) -> bytes:
    """All bytes of all files, the database's journal as well."""
    return b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())


def every_row() -> list[tuple[object, ...]]:
    """Every row of every table: a PostgreSQL server's files are not ours to read."""
    found: list[tuple[object, ...]] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += cursor.fetchall()
    connection.close()
    return found


def test_neither_database_nor_logs_hold_link_text_subject_or_address(installation, server, caplog):
    """After letters that were sent, refused by a server that repeats them, and interrupted; by the worker as well."""
    refusals = f"550 person1@plant.example says {SECRET} {TEXT[:20]}"
    for step, replies in enumerate([{}, {"RCPT": refusals}, {".": refusals}, {".": "hang up"}]):
        server.manners.replies = replies
        asked(step)
        sent()
    process = sender(installation, server)
    out, err = process.communicate(timeout=60)
    kept = everything_in(installation.data) + str(every_row()).encode()
    assert b"test.invitation" in kept, "we look where the outbox is"
    for secret in (SECRET, "secret-link", "plant.example", "Ihre Meinung", TEXT, TEXT[:20]):
        assert secret.encode() not in kept
        assert secret not in out + err + caplog.text
    assert SECRET in "".join(server.received)
    assert actions.forget(by=BY, topic="none") == 0


def test_the_worker_sends_what_is_due(installation, server, monkeypatch):
    """Through the task, as any room asks for it, in the job's own process."""
    from fairgate.work import actions as work
    from fairgate.work.jobs.one import run_one
    from fairgate.work.models import Job

    asked(1)
    job = work.submit(by=BY, name="work.send_letters", title="Letters", arguments={})
    assert work.claim(job.pk)
    (installation.data / "work" / str(job.pk)).mkdir(parents=True)
    monkeypatch.setattr("fairgate.work.jobs.one._leave_with_the_worker", lambda: None)
    assert run_one(job.pk) == 0
    job = Job.objects.get(pk=job.pk)
    assert (job.state, job.result["sent"], len(server.received)) == ("done", 1, 1)
    assert "person" not in str(job.result)


def run_command(
    installation: Installation, *arguments: str, mail: str = ""
) -> subprocess.CompletedProcess[str]:
    environment = {**installation.environment, "FAIRGATE_MAIL": mail}
    return subprocess.run(
        [sys.executable, "-m", "fairgate", "mail", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_line_sends_tells_and_tries_again(installation, server):
    off = run_command(installation, "status")
    assert (off.returncode, off.stdout) == (
        0,
        "Mail isn’t set up: letters wait until it is (setting FAIRGATE_MAIL).\nNo letters yet.\n",
    )
    asked(1, "test.of-a-later-version")  # the command knows none of the tests' letters
    done = run_command(installation, "send", mail=server.address)
    assert (done.returncode, done.stdout) == (
        0,
        "0 sent, 1 to be tried again, 0 given up, 0 not needed any more.\n",
    )
    told = run_command(installation, "status", mail=server.address).stdout
    assert "1 waiting." in told
    assert "- 1: this version of the program doesn’t know such a letter" in told
    Outgoing.objects.update(state=State.FAILED)
    assert "1 letters wait again" in run_command(installation, "retry").stdout
    down = run_command(installation, "test", "it@plant.example", mail="smtp://127.0.0.1:1")
    assert (down.returncode, "can’t be reached" in down.stderr) == (1, True)
    stopped = run_command(installation, "send", mail="smpt://fair:sesame@mail")
    assert stopped.returncode == 1
    assert "found “smpt://”; expected smtp://host:port" in stopped.stderr
    assert "sesame" not in stopped.stderr


def test_the_server_sends_what_is_due_by_itself(installation, server, monkeypatch):
    from fairgate.cli import post

    asked(1)
    command = (sys.executable, str(TESTS / "mail" / "sender.py"), server.address)
    stop = threading.Event()
    monkeypatch.setenv("PYTHONPATH", str(TESTS))
    postman = threading.Thread(
        target=post.keep_sending, args=(stop,), kwargs={"command": command, "every": 0.05}
    )
    postman.start()
    try:
        until(lambda: len(server.received) == 1)
        until(lambda: Outgoing.objects.get().state == State.SENT)
    finally:
        stop.set()
        postman.join(timeout=10)
    assert not postman.is_alive()
    assert not queries.is_there_work(clock.now())


def test_the_server_starts_no_sender_where_nothing_can_be_sent(installation, settings):
    asked(1)
    for setting in ("off", "console:", "smpt://mail"):
        settings.MAIL = setting
        assert not queries.is_there_work(clock.now())
    settings.MAIL = "smtp://mail.plant.example"
    assert queries.is_there_work(clock.now())
