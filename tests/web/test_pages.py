"""What every page has, and nothing that its policy refuses."""

import re
from html.parser import HTMLParser
from pathlib import Path

import django_tables2
import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import include, path

import fairgate

PACKAGE = Path(fairgate.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
VOID = {"meta", "link", "input", "img", "br", "hr", "source", "wbr", "area", "base", "col", "embed", "track"}


class Reading(HTMLParser):
    """A page as a list of elements; complains about tags that don't match."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.open, self.words = [], [], []
        self.feed(page)
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]

    def by_id(self, wanted):
        found = [(tag, attrs) for tag, attrs in self.elements if attrs.get("id") == wanted]
        assert len(found) == 1, f"{wanted}: {len(found)} times"
        return found[0]


def refused(request):
    raise PermissionDenied("Only a steward sees this.")


def broken(request):
    raise RuntimeError("a fault of ours, with a secret in it")


def plain(request):
    return render(request, "web/base.html")


def _open(view):
    view.login_required = False
    return view


urlpatterns = [
    path("refused/", _open(refused)),
    path("broken/", _open(broken)),
    path("plain/", _open(plain)),
    path("people/", include("fairgate.people.urls")),
    path("", include(([path("", _open(plain), name="home")], "overview"))),
]


@pytest.fixture
def visitor(settings, db):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def test_a_page_has_language_title_landmarks_and_a_way_past_the_header(visitor):
    page = Reading(visitor.get("/plain/").text)
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("title")) == 1
    for landmark in ("header", "main", "footer"):
        assert len(page.all(landmark)) == 1
    first_link = page.all("a")[0]
    assert page.by_id(first_link["href"].removeprefix("#"))[0] == "main"
    assert page.by_id("messages")[1]["role"] == "status"


def test_a_page_obeys_its_own_policy(visitor):
    answer = visitor.get("/plain/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag, attributes in Reading(answer.text).elements:
        assert tag != "style"
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        if tag == "script":
            assert attributes["src"].startswith("/static/")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_template_brings_styles_or_scripts_along(template):
    source = template.read_text()
    assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:", source, re.IGNORECASE)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source, re.IGNORECASE)


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/nowhere/", 404, "There is no such page"),
        ("/refused/", 403, "Only a steward sees this."),
        ("/broken/", 500, "Something went wrong on our side"),
    ],
)
def test_what_goes_wrong_is_said_plainly_with_a_way_back(visitor, address, status, says):
    answer = visitor.get(address)
    assert answer.status_code == status
    assert says in answer.text
    page = Reading(answer.text)
    assert {"href": "/"} in page.all("a")
    assert "secret" not in answer.text
    assert len(page.all("h1")) == 1


def test_the_demonstration_says_so_on_every_page(visitor, settings):
    assert "the people and records here are invented" not in visitor.get("/plain/").text
    settings.DEMONSTRATION = True
    page = visitor.get("/plain/").text
    assert "the people and records here are invented" in page[: page.index("</header>")]


class Example(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the door.")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="I am sure")
    remark = forms.CharField(label="Remark", required=False, widget=forms.Textarea)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        self.add_error(None, "Nothing fits <together>.")


def test_a_fresh_form_ties_label_hint_and_control():
    page = Reading(str(Example()))
    labelled = {attributes["for"] for attributes in page.all("label") if "for" in attributes}
    for control in ("id_name", "id_sure", "id_remark", "id_kind_0", "id_kind_1"):
        page.by_id(control)
        assert control in labelled
    assert page.by_id("id_name")[1]["aria-describedby"] == "id_name_helptext"
    page.by_id("id_name_helptext")
    assert "There is a problem" not in page.words
    assert "(optional)" in "".join(page.words)
    assert page.all("legend") == [{}]


def test_a_wrong_form_lists_what_is_wrong_with_links_to_the_fields():
    page = Reading(str(Example({})))
    links = [attributes["href"].removeprefix("#") for attributes in page.all("a")]
    assert links == ["id_name", "id_kind_0", "id_sure"]
    for control in links:
        assert page.by_id(control)[0] == "input"
    assert page.by_id("id_name")[1]["aria-describedby"].split() == ["id_name_helptext", "id_name_error"]
    assert page.by_id("id_name")[1]["aria-invalid"] == "true"
    page.by_id("id_name_error")
    assert "Nothing fits <together>." in page.words
    summary = next(attributes for attributes in page.all("div") if attributes.get("class") == "error-summary")
    assert summary["role"] == "alert"


def test_the_title_says_that_something_is_wrong():
    page = render_to_string("web/base.html", {"form": Example({})})
    assert re.search(r"<title>Error:", page)


class ExampleTable(django_tables2.Table):
    caption = "Units and their shares"
    name = django_tables2.Column(verbose_name="Name")
    share = django_tables2.Column(
        verbose_name="Share", attrs={"th": {"class": "number"}, "td": {"class": "number"}}
    )
    note = django_tables2.Column(verbose_name="Note", orderable=False)

    class Meta:
        empty_text = "No unit yet."


def table(rows, query=""):
    request = RequestFactory().get(f"/{query}")
    made = ExampleTable(rows)
    django_tables2.RequestConfig(request, paginate={"per_page": 10}).configure(made)
    return Reading(made.as_html(request))


ROWS = [{"name": f"Unit {i}", "share": i, "note": "<b>"} for i in range(25)]


def test_a_table_scrolls_by_keyboard_and_has_a_name():
    page = table(ROWS)
    region = page.all("div")[0]
    assert (region["role"], region["tabindex"], region["aria-label"]) == (
        "region",
        "0",
        "Units and their shares",
    )
    assert "Units and their shares" in page.words
    assert {"class": "number"}.items() <= page.all("td")[1].items()
    assert "<b>" in page.words


def test_headers_sort_and_say_how():
    page = table(ROWS, "?sort=-share")
    ordered = [attributes.get("aria-sort") for attributes in page.all("th")]
    assert ordered == [None, "descending", None]
    assert [attributes["href"] for attributes in page.all("a")][:2] == ["?sort=name", "?sort=share"]
    assert "Unit 24" in page.words
    assert "Unit 3" not in page.words


def test_pages_are_counted_and_the_sorting_stays():
    page = table(ROWS, "?sort=name&page=2")
    assert "Page 2 of 3, 25 rows" in page.words
    hrefs = [attributes["href"] for attributes in page.all("a")]
    assert {"?sort=name&page=1", "?sort=name&page=3"} <= set(hrefs)


def test_an_empty_table_says_so():
    assert "No unit yet." in table([]).words


def test_the_map_scrolls_in_its_own_frame():
    page = Template('{% include "web/flow_map.html" with svg=map name=name %}').render(
        Context({"map": "<svg></svg>", "name": 'Map of "all"'})
    )
    frame = Reading(page).all("div")[0]
    assert (frame["tabindex"], frame["aria-label"]) == ("0", 'Map of "all"')
    assert "<svg></svg>" in page
