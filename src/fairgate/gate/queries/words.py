"""What things are called in the trade of a gate."""

from django.utils import translation

from fairgate.gate.models import Preset, RequestKind
from fairgate.gate.wording.presets import Words, words_of


def words_for(kind: RequestKind | Preset | None) -> Words:
    """The words of a kind, or of a preset as a whole; ours where neither has any, and for None. A kind should have been
    read with its preset (``select_related("preset")``)."""
    if kind is None:
        return words_of({}, "", translation)
    if isinstance(kind, Preset):
        return words_of(kind.vocabulary, "", translation)
    return words_of(kind.preset.vocabulary, kind.code, translation)
