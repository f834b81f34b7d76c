"""PDF pages: read back with another program."""

import io

import pytest
from pypdf import PdfReader

from fairgate.web.pdf import REPORT, ROOT, PdfError, compile_pdf

PAGE = {
    "title": "Quality unit: who is its customer?",
    "made": "22 November 2026, 14:40 UTC",
    "place": "Halden Pharma",
    "lang": "en",
    "lead": "Three departments need its release.",
    "parts": [
        {"sentences": ["Manufacturing needs it."], "list": ["in batch disposition", "in returns"]},
        {
            "heading": "Customers",
            "table": {
                "caption": "Internal customers",
                "columns": [{"label": "Unit"}, {"label": "Dependence", "number": True}],
                "rows": [["Manufacturing", "100%"], ["Packaging", "61%"]],
            },
            "note": "Counted from 8,997 decisions.",
        },
    ],
}


def read(pdf):
    return PdfReader(io.BytesIO(pdf))


def text(pdf):
    return "\n".join(page.extract_text() for page in read(pdf).pages)


def test_a_page_holds_its_words_and_its_frame():
    pdf = compile_pdf(REPORT, PAGE)
    assert len(read(pdf).pages) == 1
    found = text(pdf)
    for words in (
        "Quality unit: who is its customer?",
        "22 November 2026, 14:40 UTC",
        "Halden Pharma",
        "Three departments need its release.",
        "in batch disposition",
        "Internal customers",
        "61%",
        "Counted from 8,997 decisions.",
        "Fairgate",
        "page 1 of 1",
    ):
        assert words in found


def test_it_is_tagged_and_names_its_title_and_language():
    root = read(compile_pdf(REPORT, {**PAGE, "lang": "de"})).trailer["/Root"]
    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid:part>1<" in root["/Metadata"].get_data().decode()
    assert read(compile_pdf(REPORT, PAGE)).metadata.title == PAGE["title"]


def test_the_same_data_give_the_same_bytes():
    assert compile_pdf(REPORT, PAGE) == compile_pdf(REPORT, PAGE)


def test_a_long_table_goes_on_under_a_repeated_header():
    table = {
        "columns": [{"label": "Unit"}, {"label": "Share", "number": True}],
        "rows": [[f"Unit {i}", f"{i}%"] for i in range(120)],
    }
    pages = read(compile_pdf(REPORT, {**PAGE, "parts": [{"table": table}]})).pages
    assert len(pages) >= 3
    for number, page in enumerate(pages, start=1):
        assert "Share" in page.extract_text()
        assert f"page {number} of {len(pages)}" in page.extract_text()


@pytest.mark.parametrize(
    "words",
    [
        "#panic() #strong[x] = heading",
        "$ x^2 $ *star* _under_ `code` @ref <label>",
        '\\ // /* comment */ #import "x"',
        "quote \" and ' and \u2028 line",
        "- not a list",
        "--- three hyphens ... dots",
    ],
)
def test_what_people_type_is_never_read_as_markup(words):
    found = text(compile_pdf(REPORT, {**PAGE, "title": words, "lead": words, "parts": [{"list": [words]}]}))
    assert found.replace("\n", " ").count(words.replace("\u2028", " ")) == 3


def test_a_script_without_a_font_does_not_stop_the_page():
    pdf = compile_pdf(REPORT, {**PAGE, "lead": "\U0001f9ff \u1400 \ua000 \U00012000"})
    assert "Manufacturing needs it." in text(pdf)


def test_a_template_that_needs_missing_data_says_which():
    with pytest.raises(PdfError, match="title"):
        compile_pdf(REPORT, {})


def test_a_template_cannot_read_outside_the_package(tmp_path):
    outside = tmp_path / "outside.typ"
    outside.write_text('#read("/etc/hostname")')
    with pytest.raises(PdfError):
        compile_pdf(outside, {})
    assert REPORT.is_relative_to(ROOT)
