"""What a person chose instead of the defaults: columns, and how the file is to be read."""

from dataclasses import dataclass


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


NONE = "-"
NO_CHOICES = Choices()
