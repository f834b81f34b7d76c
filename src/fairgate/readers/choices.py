"""What a person chose instead of the defaults: columns, and how the file is to be read."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True, slots=True)
class Choices:
    """Every field is optional; empty means "find out", "-" means "none" (value, external, document).

    Names are those of columns or XES attributes.
    """

    unit_from: str = ""
    case: str = ""
    activity: str = ""
    time: str = ""
    value_from: str = ""
    external_from: str = ""
    document_from: str = ""
    sheet: str = ""
    separator: str = ""
    encoding: str = ""
    date_format: str = ""

    @classmethod
    def of(cls, options: Mapping[str, str]) -> Self:
        """Those of the options that are about reading."""
        return cls(**{field.name: options[field.name] for field in fields(cls) if options.get(field.name)})


NONE = "-"
NO_CHOICES = Choices()
