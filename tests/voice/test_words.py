"""English and German of the form and its mail, and letters that fit everybody they go to."""

import re
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils import translation

import fairgate.voice
from fairgate.shared.translations import ENGLISH
from fairgate.voice.rules import ITEMS, MIRROR_ITEMS, STEPS, About, Answering, AnswerPage, Form
from fairgate.voice.wording import answering, items, letters, promises, waiting
from fairgate.voice.wording.dates import MONTHS, day

LOCALE = Path(fairgate.voice.__file__).parent / "locale" / "de" / "LC_MESSAGES"
LINK = "https://fairgate.example.org/voice/a/xyz/"
PAGE = AnswerPage(
    form=Form.TREATMENT,
    door=Answering(UUID(int=1)),
    period="2026-Q3",
    until=date(2026, 10, 14),
    answered=True,
    about=About("R-000007", "Release of lot 7.", "Quality", date(2026, 7, 3)),
    supplier="",
    turn_to="",
)
MIRRORED = AnswerPage(
    Form.MIRROR, Answering(UUID(int=2)), "2026-Q3", date(2026, 10, 14), False, None, "Warehouse", ""
)
HOLDERS = re.compile(r"{\w+}")


def catalogue():
    with (LOCALE / "django.po").open("rb") as file:
        return read_po(file, locale="de")


def texts_of_the_form():
    said = [answering.THANKS, answering.DELETED, *answering.NO_FORM.values()]
    yield from items.TEXTS.values()
    yield from items.STEPS.values()
    yield items.CANT_JUDGE
    yield from (answering.NOTHING_CHOSEN, answering.NOT_A_STEP, promises.THE_PROMISE, promises.TURN_TO)
    for heading, sentences in said:
        yield from (heading, *sentences)
    yield from MONTHS


def test_every_item_has_words():
    assert [item.code for item in ITEMS] == list(items.ITEMS)
    assert [item.code for item in MIRROR_ITEMS] == list(items.MIRROR)
    assert list(items.STEPS) == list(STEPS)


def test_every_text_of_the_form_is_in_german():
    german = {message.id: message.string for message in catalogue() if message.id}
    for text in texts_of_the_form():
        assert german.get(text), text
    assert [text for text, string in german.items() if not string] == []
    assert not any(message.fuzzy for message in catalogue() if message.id)


def test_german_keeps_every_place_that_is_filled_in():
    for message in catalogue():
        assert sorted(HOLDERS.findall(str(message.id))) == sorted(HOLDERS.findall(str(message.string)))


def test_what_is_compiled_is_what_was_written():
    with (LOCALE / "django.mo").open("rb") as file:
        compiled = {message.id: message.string for message in read_mo(file) if message.id}
    assert compiled == {message.id: message.string for message in catalogue() if message.id}


def test_templates_of_the_form_say_nothing_that_german_lacks():
    german = {message.id for message in catalogue()}
    folder = Path(fairgate.voice.__file__).parent / "templates" / "voice"
    for name in ("answer", "said", "_languages", "_questions", "_question"):
        text = (folder / f"{name}.html").read_text()
        assert set(re.findall(r'{% translate "(.+?)" %}', text)) <= german
        assert "blocktranslate" not in text


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("letter", [letters.invitation, letters.reminder])
@pytest.mark.parametrize("page", [PAGE, MIRRORED])
def test_a_letter_has_the_link_the_day_and_the_promise(language, letter, page):
    with translation.override(language):
        subject, text = letter(page, LINK, translation)
        assert LINK in text.splitlines()
        assert day(page.until, translation) in text
        assert translation.gettext(promises.THE_PROMISE) in text
        assert translation.gettext(promises.TURN_TO) in text
    assert "\n" not in subject
    assert "{" not in subject + text


@pytest.mark.parametrize("letter", [letters.invitation, letters.reminder])
def test_a_letter_does_not_tell_whether_somebody_answered(letter):
    subject, text = letter(PAGE, LINK, ENGLISH)
    unanswered = AnswerPage(
        PAGE.form, PAGE.door, PAGE.period, PAGE.until, False, PAGE.about, PAGE.supplier, PAGE.turn_to
    )
    assert letter(unanswered, LINK, ENGLISH) == (subject, text)


def test_a_reminder_suits_whoever_has_answered():
    _, text = letters.reminder(PAGE, LINK, ENGLISH)
    assert "If you have answered, nothing is left to do" in text


def test_one_letter_carries_both_languages():
    with translation.override("de"):
        german = letters.invitation(PAGE, LINK, translation)
    subject, text = letters.in_both(letters.invitation(PAGE, LINK, ENGLISH), german)
    assert subject == "How were you treated? · Wie wurden Sie behandelt?"
    assert text.count(LINK) == 2
    assert "3 July 2026" in text
    assert "3. Juli 2026" in text


def test_home_says_what_is_asked_in_one_line():
    assert waiting.to_answer(PAGE, ENGLISH) == "Say how you were treated: R-000007, Release of lot 7."
    assert waiting.to_answer(MIRRORED, ENGLISH) == "Say how well Warehouse served you"


def test_nothing_calls_it_anonymous():
    """Confidential, never more than that: where the word stands, “not” stands before it."""
    room = Path(fairgate.voice.__file__).parent
    for path in [*room.rglob("*.py"), *room.rglob("*.html"), *room.rglob("*.po")]:
        for found in re.finditer(r"(.{12})(anonym)", path.read_text(), re.DOTALL | re.IGNORECASE):
            assert re.search(r"(not|nicht)\W+$", found[1]), (path, found[0])
