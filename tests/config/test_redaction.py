"""Personal links stay out of the log."""

import logging

import pytest

from fairgate.config.redaction import WithoutLinks

TOKEN = "x9_" + "k" * 40


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ("Internal Server Error: %s", (f"/voice/a/{TOKEN}/",)),
        (f"Not Found: /somewhere/voice/a/{TOKEN}/take-back/", ()),
        ('"GET /voice/a/%s?language=de HTTP/1.1" 500', (TOKEN,)),
    ],
)
def test_a_personal_link_is_never_logged(message, arguments):
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, arguments, None)
    assert WithoutLinks().filter(record)
    assert TOKEN not in record.getMessage()
    assert "/voice/a/…" in record.getMessage()


def test_everything_else_is_logged_as_it_is():
    record = logging.LogRecord(
        "django", logging.ERROR, __file__, 1, "%s of %s", (3, "/voice/results/1/"), None
    )
    assert WithoutLinks().filter(record)
    assert record.getMessage() == "3 of /voice/results/1/"


def test_an_error_on_the_form_does_not_log_the_link(client, monkeypatch, caplog):
    client.raise_request_exception = False

    def broken(*_, **__):
        raise RuntimeError

    monkeypatch.setattr("fairgate.voice.queries.by_link", broken)
    handler = next(iter(logging.getLogger("django").handlers))
    lines: list[str] = []
    monkeypatch.setattr(handler, "emit", lambda record: lines.append(handler.format(record)))
    assert client.get(f"/voice/a/{TOKEN}/").status_code == 500
    assert lines
    assert not any(TOKEN in line for line in lines)
