"""The fixtures that `conftest.py` offers keep what they promise."""

from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings

from conftest import Installation
from fairgate.ledger.models import Entry
from fairgate.shared.actor import System
from fairgate.work import actions
from fairgate.work.models import Job


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_one_test_commits_no_other_sees(installation: Installation, time: str) -> None:
    assert not Job.objects.exists()
    actions.submit(by=System("tester"), name="test.none", title=time, arguments={})
    assert [job.title for job in Job.objects.all()] == [time]
    assert [entry.sequence for entry in Entry.objects.all()] == [1]
    assert len(list(settings.ANCHORS.iterdir())) == 1


def test_no_test_touches_the_data_of_whoever_runs_it(installation: Installation, tmp_path: Path) -> None:
    assert installation.data.is_relative_to(tmp_path)
    assert installation.environment["FAIRGATE_DATA"] == str(installation.data)
    assert settings.FILES.is_relative_to(tmp_path)


def test_a_served_installation_answers(served: str) -> None:
    with urlopen(f"{served}/work/") as answer:
        assert answer.status == 200
        assert "sign-in" in answer.url
