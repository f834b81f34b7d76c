"""Parameters of one section: each with its number, what is held possible, its kind and its source. Shares are typed in
hundredths."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairgate.engines.counterfactual import (
    FROM_RECORDS,
    CounterfactualError,
    Parameter,
    TooManySerious,
    from_dict,
)
from fairgate.whatif.queries import Line
from fairgate.whatif.rules import NAME_LENGTH, REASON_LENGTH
from fairgate.whatif.wording.names import KINDS, parameter
from fairgate.whatif.wording.numbers import MINUS

SHARE, COUNT = "share", "count"
MEASURED = "measured"


class Group(NamedTuple):
    """One parameter on the page."""

    line: Line
    label: str
    numbers: list[forms.BoundField]
    kind: forms.BoundField
    source: forms.BoundField


def told(error: CounterfactualError) -> str:
    """In the words of the pages."""
    if not isinstance(error, TooManySerious):
        return str(error)
    text = gettext("“%(major)s” and “%(critical)s”: found %(found)s%% together; expected at most 100%%.")
    names = {it: parameter(f"quality.{it}", translation) for it in ("major", "critical")}
    return text % {**names, "found": f"{100 * error.together:.4g}"}


class SectionForm(forms.Form):
    """``entries()`` holds what was changed, nothing else."""

    def __init__(self, *args: Any, lines: Sequence[Line], said: dict[str, Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines, self.said = lines, said
        for line in lines:
            self.fields.update(dict(_fields(line)))
        self.fields["note"] = forms.CharField(
            label=_("Why the change"),
            required=False,
            max_length=REASON_LENGTH,
            help_text=_("Kept with the edition."),
        )

    def groups(self) -> Iterator[Group]:
        for line in self.lines:
            name = line.parameter.name
            numbers = [self[f"{name}-{part}"] for part in _parts(line.parameter)]
            label = parameter(name, translation)
            yield Group(line, label, numbers, self[f"{name}-kind"], self[f"{name}-source"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors:
            for line in self.lines:
                self._check(line)
        if not self.errors and (entries := self.entries()):
            self._check_together(entries)
        return values

    def entries(self) -> dict[str, dict[str, Any]]:
        """By name, as the engine takes them."""
        return {
            line.parameter.name: self._entry(line.parameter) for line in self.lines if self._has_changed(line)
        }

    def _entry(self, spec: Parameter) -> dict[str, Any]:
        given = {part: self.cleaned_data.get(f"{spec.name}-{part}") for part in _parts(spec)}
        scaled = {part: None if x is None else _back(spec, x) for part, x in given.items()}
        kind, source = (self.cleaned_data[f"{spec.name}-{part}"] for part in ("kind", "source"))
        if kind == "assumed" and f"{spec.name}-source" not in self.changed_data:
            source = ""  # what somebody else gave for another number
        return {**{part: x for part, x in scaled.items() if x is not None}, "kind": kind, "source": source}

    def _has_changed(self, line: Line) -> bool:
        name = line.parameter.name
        return any(
            f"{name}-{part}" in self.changed_data for part in (*_parts(line.parameter), "kind", "source")
        )

    def _check(self, line: Line) -> None:
        spec = line.parameter
        kind = self.cleaned_data[f"{spec.name}-kind"]
        numbers = any(f"{spec.name}-{part}" in self.changed_data for part in _parts(spec))
        if kind in FROM_RECORDS and numbers:
            message = gettext(
                "%(what)s: this number comes from records. To say it yourself, choose assumed or published."
            )
            self.add_error(f"{spec.name}-value", message % {"what": parameter(spec.name, translation)})
        if kind == "published" and not self.cleaned_data[f"{spec.name}-source"]:
            message = gettext("%(what)s: where was it published?")
            self.add_error(f"{spec.name}-source", message % {"what": parameter(spec.name, translation)})
        if spec.scale != COUNT and kind not in FROM_RECORDS and self._has_changed(line):
            self._check_spread(spec)

    def _check_spread(self, spec: Parameter) -> None:
        """What could hardly be, in the words and units of the page."""
        low, value, high = (self.cleaned_data[f"{spec.name}-{part}"] for part in ("low", "value", "high"))
        facts = {"what": parameter(spec.name, translation), "unit": _unit(spec)}
        if (low is None) != (high is None):
            message = gettext("%(what)s: give both “Hardly below” and “Hardly above”, or neither.")
            self.add_error(f"{spec.name}-{'low' if low is None else 'high'}", message % facts)
        elif low is None or high is None:
            return
        elif not low <= value <= high:
            message = gettext(
                "%(what)s: found hardly below %(low)s, number %(value)s, hardly above %(high)s (%(unit)s); expected the number "
                "between the other two."
            )
            numbers = {"low": _shown(low), "value": _shown(value), "high": _shown(high)}
            self.add_error(f"{spec.name}-low", message % {**facts, **numbers})
        elif low < high and not _inside(spec, low, high):
            message = gettext(
                "%(what)s: found hardly below %(low)s, hardly above %(high)s; expected both %(range)s (%(unit)s)."
            )
            inside = gettext("above 0 and below 100") if spec.scale == SHARE else gettext("above 0")
            numbers = {"low": _shown(low), "high": _shown(high), "range": inside}
            self.add_error(f"{spec.name}-low", message % {**facts, **numbers})

    def _check_together(self, entries: dict[str, dict[str, Any]]) -> None:
        """What the engine refuses, beside the number to blame."""
        try:
            from_dict(self.said).changed({k: v for k, v in entries.items() if v["kind"] not in FROM_RECORDS})
        except CounterfactualError as error:
            self.refuse(error)

    def refuse(self, error: CounterfactualError) -> None:
        """Beside the number to blame, which may be one that records tell."""
        named = f"{error.parameter.split(',')[0]}-value"
        self.add_error(named if named in self.fields else None, told(error))


def _parts(spec: Parameter) -> tuple[str, ...]:
    return ("value",) if spec.scale == COUNT else ("value", "low", "high")


def _fields(line: Line) -> Iterator[tuple[str, forms.Field]]:
    spec, belief = line.parameter, line.belief
    shown = {"value": belief.value, "low": belief.low, "high": belief.high}
    unit = _unit(spec)
    labels = {
        "value": gettext("Number, %(unit)s") % {"unit": unit},
        "low": gettext("Hardly below"),
        "high": gettext("Hardly above"),
    }
    for part in _parts(spec):
        empty = part != "value" and belief.is_known
        yield (
            f"{spec.name}-{part}",
            Amount(
                spec,
                label=labels[part],
                required=part == "value",
                initial=None if empty else _typed(spec, shown[part]),
            ),
        )
    yield f"{spec.name}-kind", forms.ChoiceField(label=_("Kind"), choices=_kinds(line), initial=belief.kind)
    yield (
        f"{spec.name}-source",
        forms.CharField(
            label=_("Source, or why you think so"),
            required=False,
            max_length=NAME_LENGTH * 3,
            initial=belief.source,
        ),
    )


def _kinds(line: Line) -> list[tuple[str, str]]:
    """What somebody may say of a number; where records tell it, that they do."""
    said = [(kind, gettext(words)) for kind, words in KINDS.items() if kind not in FROM_RECORDS]
    if line.belief.kind in FROM_RECORDS:
        return [(line.belief.kind, gettext(KINDS[line.belief.kind])), *said]
    return [(MEASURED, gettext("as records tell")), *said] if line.could_be_measured else said


class Amount(forms.FloatField):
    """A number in the range of its parameter, as it is typed; its error names parameter, what was found and the range."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short", "autocomplete": "off"})

    def __init__(self, spec: Parameter, **options: Any) -> None:
        super().__init__(**options)
        self.spec = spec

    def to_python(self, value: Any) -> Any:
        """The minus of printed numbers is one, too."""
        return super().to_python(value.replace(MINUS, "-") if isinstance(value, str) else value)

    def clean(self, value: Any) -> Any:
        try:
            number = super().clean(value)
        except forms.ValidationError as error:
            raise forms.ValidationError(self._message(value)) from error
        if number is None:
            return None
        held = _back(self.spec, number)
        whole = self.spec.scale != COUNT or float(number).is_integer()
        if not (whole and self.spec.least <= held <= self.spec.most):
            raise forms.ValidationError(self._message(value))
        return number

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Numbers are compared, not how they are written."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except forms.ValidationError:
            return True

    def _message(self, found: Any) -> str:
        text = (
            gettext("%(what)s: found %(found)s; expected a whole number from %(low)s to %(high)s (%(unit)s).")
            if self.spec.scale == COUNT
            else gettext("%(what)s: found %(found)s; expected a number from %(low)s to %(high)s (%(unit)s).")
        )
        return text % {
            "what": parameter(self.spec.name, translation),
            "found": found or gettext("nothing"),
            "low": _shown(_scaled(self.spec, self.spec.least)),
            "high": _shown(_scaled(self.spec, self.spec.most)),
            "unit": _unit(self.spec),
        }


def _unit(spec: Parameter) -> str:
    return f"%{spec.unit.removeprefix('share')}" if spec.scale == SHARE else spec.unit


def _inside(spec: Parameter, low: float, high: float) -> bool:
    """Whether uncertainty can be spread between them: over log-odds, over logarithms, evenly."""
    if spec.scale == SHARE:
        return low > 0 and high < 100
    return spec.scale != "positive" or low > 0


def _scaled(spec: Parameter, value: float) -> float:
    return 100 * value if spec.scale == SHARE else value


def _typed(spec: Parameter, value: float) -> str:
    number = _scaled(spec, value)
    return f"{number:.6g}" if abs(number) < 1e6 else f"{number:.0f}"


def _shown(number: float) -> str:
    """In sentences."""
    told = f"{abs(number):.6g}" if abs(number) < 1e6 else f"{abs(number):,.0f}"
    return MINUS + told if number < 0 else told


def _back(spec: Parameter, typed: float) -> float:
    return float(f"{typed / 100:.12g}") if spec.scale == SHARE else typed
