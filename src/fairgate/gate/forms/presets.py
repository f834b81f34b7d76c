"""A preset: its words, and one of one’s own."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairgate.gate.forms.editions import RuleForm
from fairgate.gate.rules import NAME_LENGTH, Outcome
from fairgate.gate.rules.facts import GENERAL_WORDS, WORDS
from fairgate.gate.rules.presets import LARGEST
from fairgate.gate.wording.names import OUTCOMES
from fairgate.gate.wording.presets import GENERAL, WORD_LABELS
from fairgate.web.forms import offer


class PresetForm(RuleForm):
    """The words of a trade. Ours stand in grey where it has none."""

    AT = {"vocabulary": "word_request"}

    title = forms.CharField(label=_("Title"), max_length=NAME_LENGTH)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for word in WORDS:
            ours = GENERAL[word] if word in GENERAL_WORDS else OUTCOMES[Outcome(word)]
            self.fields[_field(word)] = forms.CharField(
                label=gettext(WORD_LABELS[word]),
                required=False,
                max_length=NAME_LENGTH,
                help_text=gettext("Ours: %(word)s") % {"word": gettext(ours)},
            )
        self.fields["of_kinds"] = forms.CharField(
            label=_("Words of single kinds"),
            required=False,
            max_length=20_000,
            help_text=_("A line for each, such as: batch-disposition.approved = released"),
            widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        )
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])

    def shown(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        words: Mapping[str, str] = facts.get("vocabulary", {})
        of_kinds = [f"{key} = {word}" for key, word in sorted(words.items()) if "." in key]
        own = {_field(word): words.get(word, "") for word in WORDS}
        return {"title": facts.get("title", ""), **own, "of_kinds": "\n".join(of_kinds)}

    def facts(self) -> dict[str, Any]:
        words = {word: self.cleaned_data[_field(word)] for word in WORDS if self.cleaned_data[_field(word)]}
        return {"title": self.cleaned_data["title"], "vocabulary": {**words, **self.cleaned_data["of_kinds"]}}

    def clean_of_kinds(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for at, line in enumerate(self.cleaned_data["of_kinds"].splitlines(), start=1):
            key, equals, word = (part.strip() for part in line.partition("="))
            if not line.strip():
                continue
            if not equals or not word or "." not in key or key.partition(".")[2] not in WORDS:
                message = gettext(
                    "Line %(line)s: found “%(found)s”; expected a kind, a full stop, one of %(words)s, “=” and a word."
                )
                raise forms.ValidationError(
                    message % {"line": at, "found": line.strip()[:80], "words": ", ".join(WORDS)}
                )
            found[key] = word
        return found


class OwnPresetForm(forms.Form):
    """A preset of one's own, pasted: so that it is still there after a look at what it would change."""

    unit = forms.TypedChoiceField(label=_("For which unit?"), coerce=int)
    code = forms.SlugField(
        label=_("Short name of the preset"),
        max_length=50,
        help_text=_(
            "As the file says it in its line “code”. The name of one that is installed brings a newer version of it."
        ),
    )
    content = forms.CharField(
        label=_("The file’s text"),
        max_length=LARGEST,
        strip=False,
        help_text=_("In TOML. Begin with one of ours: download it, change it, paste it here."),
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "false", "class": "pasted"}),
    )

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "unit", units)


def _field(word: str) -> str:
    return f"word_{word.replace('-', '_')}"
