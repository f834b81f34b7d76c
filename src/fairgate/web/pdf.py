"""Pages as PDF by typst: tagged, with title and language (PDF/UA-1), the same bytes for the same data."""

import json
from collections.abc import Mapping
from pathlib import Path

import typst

# A name in a script that no font on this machine has: the page is made all the same, without the claim to
# PDF/UA.
NO_FONT = "could not be displayed with font"
ROOT = Path(__file__).parents[1]
REPORT = ROOT / "web" / "print" / "report.typ"


class PdfError(Exception):
    """The page could not be typeset. Says what typst said: the template is at fault, nothing people typed."""


def compile_pdf(template: Path, data: Mapping[str, object]) -> bytes:
    """The PDF that ``template`` makes of ``data``.

    ``template`` lies inside the package and starts with ``#import "/web/print/page.typ": *``, or it is
    ``REPORT``, which sets ``title``, ``made`` (date and zone), ``place`` (organisation), ``lang``, ``lead``
    and ``parts`` (``heading``, ``sentences``, ``list``, ``table`` {caption, columns
    [{label, number}], rows, whole (on one page)}, ``note``). ``data`` is what JSON can say; words in it are shown as they are,
    never read as markup. Raises PdfError.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        return _compiled(template, inputs, accessible=True)
    except RuntimeError as fault:
        if NO_FONT not in str(fault):
            raise PdfError(str(fault)) from fault
    try:
        return _compiled(template, inputs, accessible=False)
    except RuntimeError as fault:
        raise PdfError(str(fault)) from fault


def _compiled(template: Path, inputs: dict[str, str], *, accessible: bool) -> bytes:
    return typst.compile(
        template,
        root=ROOT,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards="ua-1" if accessible else None,
        timestamp=0,
    )
