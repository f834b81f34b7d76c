"""What waits for somebody at home, and what changed there: one line each."""

from fairgate.shared.translations import Translations
from fairgate.voice.rules import Form
from fairgate.voice.rules.pages import AnswerPage


def to_answer(page: AnswerPage, say: Translations) -> str:
    if page.form is Form.MIRROR or page.about is None:
        return say.gettext("Say how well {unit} served you").format(unit=page.supplier)
    return say.gettext("Say how you were treated: {reference}, {what}").format(
        reference=page.about.reference, what=page.about.what.strip().partition("\n")[0][:80]
    )


def published(period_name: str, say: Translations) -> str:
    return say.gettext("What people said in {period} is published").format(period=period_name)
