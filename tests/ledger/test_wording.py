"""Every finding has its sentence, and the sentence names what it is about."""

import gettext

import pytest

from fairgate.ledger import wording
from fairgate.ledger.rules import Code, Finding, Verification

DETAIL: dict[str, str | int] = {
    "first": 3,
    "last": 5,
    "known": 8,
    "found": 6,
    "at": "2026-01-01",
    "entries": 9,
    "line": 4,
    "file": "abc.jsonl",
    "trigger": "ledger_entry_no_update",
    "table": "ledger_entry",
    "index": "once",
}


@pytest.mark.parametrize("code", Code)
def test_a_finding_is_a_sentence(code: Code) -> None:
    sentence = wording.finding(Finding(code, 7, DETAIL))
    assert sentence.endswith(".")
    assert not {"%", "{", "}"} & set(sentence)
    assert any(str(value) in sentence for value in (7, *DETAIL.values()))


def test_the_summary_says_whether_it_is_whole() -> None:
    assert "whole" in wording.summary(Verification(5, "a", 5, (), 0))
    assert "empty" in wording.summary(Verification(0, "", 0, (), 0))
    broken = wording.summary(Verification(5, "a", 5, (Finding(Code.EDITED, 3),), 2))
    assert "3 findings" in broken
    assert "1 finding in" in wording.summary(Verification(5, "a", 5, (Finding(Code.EDITED, 3),), 0))


def test_sentences_are_translated() -> None:
    class German(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return "Eintrag {sequence}"

    assert wording.finding(Finding(Code.EDITED, 7), German()) == "Eintrag 7"
