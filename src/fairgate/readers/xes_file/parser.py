"""An expat parser that refuses document types, and whose complaints become problems with a position."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from fairgate.readers.problems import refuse


def guarded_parser(path: Path) -> expat.XMLParserType:
    """Without a document type there are no entities to blow up or to fetch files with."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def doctype(*_: object) -> None:
        refuse(
            path,
            "a document type declaration (DTD)",
            "XES without one",
            "They can hide entities that overload a computer or read its files, so they are refused.",
            row=parser.CurrentLineNumber,
            place="line",
        )

    parser.StartDoctypeDeclHandler = doctype
    return parser


def feed(parser: expat.XMLParserType, pieces: Iterable[bytes], path: Path) -> None:
    """Parse to the end; ReadError names line and column of what isn't XML."""
    with _explained(path):
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)


def feed_some(parser: expat.XMLParserType, piece: bytes, *, final: bool, path: Path) -> None:
    with _explained(path):
        parser.Parse(piece, final)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except expat.ExpatError as error:
        explain(error, path)
    except (LookupError, ValueError) as error:
        refuse(path, f"an encoding that can't be read ({error})", "UTF-8")


def explain(error: expat.ExpatError, path: Path) -> NoReturn:
    what = expat.ErrorString(error.code) if error.code else str(error)
    place = f"column {error.offset + 1}"
    if what in {"no element found", "unclosed token", "unclosed CDATA section"}:
        refuse(
            path,
            f"an XML file that breaks off ({what}, {place})",
            "every element closed, </log> last",
            "The file is incomplete: copy or export it again.",
            row=error.lineno,
            place="line",
        )
    refuse(path, f"damaged XML ({what}, {place})", "well-formed XML", row=error.lineno, place="line")
