"""Every kind of page on a desk and on a phone, light and dark: axe finds nothing, nothing sticks out, nothing complains."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Open
from journeys.looking import DESK, PHONE, assert_accessible, assert_fits, picture
from journeys.people import bring, door_of, sign_in
from journeys.serving import Server
from journeys.watching import Watch

KINDS = ("units", "processes", "services", "needs", "flows", "gates")
PAGES = (
    "/",
    "/start/",
    "/start/needs/",
    "/organisation/",
    "/organisation/?process=1",
    "/organisation/units/1/",  # the function
    "/organisation/units/10/",  # a unit nobody needs much
    "/organisation/units/1/customers/3/",
    *(f"/organisation/{kind}/" for kind in KINDS),
    "/organisation/needs/?search=nothing+like+this",
    *(f"/organisation/{kind}/new/" for kind in KINDS),
    "/organisation/needs/1/change/",
    "/organisation/needs/1/remove/",
    "/organisation/units/1/remove/",  # refused: other things rest on it
    "/organisation/imports/",
    "/organisation/imports/new/",
    "/organisation/logs/",
    "/organisation/logs/1/",
    "/organisation/logs/1/retire/",
    "/gate/",
    "/gate/requests/",
    "/gate/requests/?outcome=refused",
    "/gate/requests/?stands=no-slip",
    "/gate/requests/6056/",
    "/gate/requests/6056/slip/",
    "/gate/promises/",
    "/gate/advice/",
    "/gate/standards/",
    "/gate/kinds/",
    "/gate/presets/",
    "/gate/teams/",
    "/gate/imports/",
    "/gate/imports/new/",
    "/gate/recorded-people/",
    "/protection/",
    "/protection/catches/",
    "/protection/complaints/",
    "/protection/escapes/",
    "/protection/imports/",
    "/voice/",
    "/voice/plan/",
    "/voice/pack/",
    "/voice/mine/",
    "/fairness/",
    "/fairness/tables/",
    "/improvement/",
    "/improvement/commitments/",
    "/work/",
    "/people/",
    "/people/add/",
    "/people/1/",
    "/people/1/change/",
    "/people/1/roles/",
    "/people/1/disable/",
    "/people/account/",
    "/people/account/password/",
)
NEEDS = "Who needs it,What they need,From whom,Process,External customer,Help or release,Volume\n"
READY = NEEDS + "Manufacturing,spare parts,Engineering,Tablets,Patients,help,10\n"
FAULTY = NEEDS + "Manufacturing,spare parts,Manufacturing,Tablets,Patients,perhaps,many\n"
LOG = "case,activity,unit,time\n1,Make,Manufacturing,2026-01-01\n1,Batch approved,Quality Assurance,2026-01-02\n"

SEEN = pytest.mark.parametrize(
    ("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk-light", "phone-dark"]
)


@SEEN
def test_every_page_of_a_steward(
    demonstration: Server, window: Open, watch: Watch, size: dict[str, int], scheme: str
) -> None:
    watch.allow(422, 404, 410)
    page = window(viewport=size, color_scheme=scheme)
    sign_in(page, demonstration)
    with _all_told() as told:
        for path in PAGES:
            answer = page.goto(demonstration.address + path)
            assert answer is not None
            assert answer.status == 200, path
            _judge(page, told)
        for name in _made_by_doing(page, demonstration):
            _judge(page, told, name)


@SEEN
def test_pages_for_those_who_may_not_and_those_outside(
    demonstration: Server, window: Open, watch: Watch, size: dict[str, int], scheme: str
) -> None:
    watch.allow(403, 404, 410)
    page = window(viewport=size, color_scheme=scheme)
    with _all_told() as told:
        for path in ("/people/sign-in/", "/people/password/x/y/"):
            page.goto(demonstration.address + path)
            _judge(page, told)
        page.get_by_role("link").first.focus()
        page.goto(f"{demonstration.address}/people/sign-in/")
        page.get_by_label("Sign-in name or e-mail").fill("nobody")
        page.get_by_label("Password").fill("nothing")
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.locator(".error-summary")).to_be_visible()
        _judge(page, told, "a refused sign-in")
        page.goto(f"{demonstration.address}/people/sign-in/")
        door_of(page, "Requester").get_by_role("button").click()
        for path, status in (
            ("/", 200),
            ("/organisation/", 200),
            ("/organisation/units/1/", 200),
            ("/organisation/units/1/customers/2/", 200),
            ("/organisation/needs/", 200),
            ("/people/account/", 200),
            ("/work/", 200),
            ("/start/", 403),
            ("/nowhere/", 404),
        ):
            answer = page.goto(demonstration.address + path)
            assert answer is not None
            assert answer.status == status, path
            _judge(page, told)


@SEEN
def test_pages_of_an_empty_installation(
    empty: Server, window: Open, size: dict[str, int], scheme: str
) -> None:
    page = window(viewport=size, color_scheme=scheme)
    with _all_told() as told:
        page.goto(empty.first)
        _judge(page, told)
        page.get_by_label("Your name").fill("Alva Lindqvist")
        page.get_by_label("Sign-in name").fill("alva")
        page.get_by_label("New password").fill("correct horse battery staple")
        page.get_by_label("The same password again").fill("another one")
        page.get_by_role("button", name="Start").click()
        _judge(page, told, "the first account, refused")
        page.get_by_label("New password").fill("correct horse battery staple")
        page.get_by_label("The same password again").fill("correct horse battery staple")
        page.get_by_role("button", name="Start").click()
        for path in (
            "/",
            "/start/",
            "/organisation/",
            "/organisation/needs/",
            "/organisation/logs/",
            "/work/",
        ):
            page.goto(empty.address + path)
            _judge(page, told)
        page.goto(f"{empty.address}/start/")
        page.get_by_label("Which function are you?").fill("Quality")
        page.get_by_role("button", name="Go on").click()
        _judge(page, told, "ten empty lines")
        page.goto(f"{empty.address}/organisation/units/1/")
        _judge(page, told, "a unit nothing is known of")


def test_external_customers_of_the_map_are_seen_without_scrolling(demonstration: Server, page: Page) -> None:
    sign_in(page, demonstration)
    page.goto(f"{demonstration.address}/organisation/")
    for node in page.locator("svg.flow .node.external").all():
        box = node.bounding_box()
        frame = page.locator(".flow-map").bounding_box()
        assert box
        assert frame
        assert box["x"] + box["width"] <= min(DESK["width"], frame["x"] + frame["width"])
        assert box["y"] + box["height"] <= DESK["height"]
    heights = page.locator("svg.flow .node text:not(.note)").evaluate_all(
        "names => names.map(it => it.getBoundingClientRect().height)"
    )
    assert min(heights) >= 12, "names on the map are too small to read"
    picture(page, "map", top="form.inline", height=540)
    page.goto(f"{demonstration.address}/organisation/units/1/")
    picture(page, "answer", height=680)


def _made_by_doing(page: Page, server: Server) -> Iterator[str]:
    """Pages that only doing something shows; each is the page when its name is given."""
    page.goto(f"{server.address}/start/needs/")
    page.locator("#id_needs-0-customer").fill("Manufacturing")
    page.locator("#id_needs-2-volume").fill("many")
    page.get_by_role("button", name="Save, and show the answer").click()
    summary = page.locator(".error-summary")
    expect(summary).to_contain_text("Line 1, What they need: nothing was given")
    expect(summary).to_contain_text("Line 3, Volume a year: Enter a number.")
    yield "lines that lack something"
    page.goto(f"{server.address}/organisation/needs/new/")
    page.get_by_role("button", name="Save").click()
    yield "an empty need"
    page.goto(f"{server.address}/organisation/imports/new/")
    page.get_by_role("button", name="Check it").click()
    yield "an import of nothing"
    bring(page, server, "ready.csv", READY)
    expect(page.get_by_role("button", name="Save all of it")).to_be_visible()
    yield "a dry run that is ready"
    bring(page, server, "faulty.csv", FAULTY)
    yield "a dry run with problems"
    bring(page, server, "log.csv", LOG)
    expect(page.get_by_role("button", name="Save all of it")).to_be_visible(timeout=40_000)
    yield "a dry run of a log"
    page.goto(f"{server.address}/work/")
    page.get_by_role("link", name="log.csv").click()
    yield "work that is done"
    page.goto(f"{server.address}/organisation/units/1/customers/4/")
    page.get_by_role("button", name="Keep this judgement").click()
    yield "a judgement without anything"
    page.goto(f"{server.address}/people/add/")
    page.get_by_role("button", name="Add", exact=False).first.click()
    yield "a person without anything"
    page.goto(f"{server.address}/people/9/")
    page.get_by_role("button", name="Give a link to set a password").click()
    yield "a one-time link"
    page.goto(f"{server.address}/nowhere/")
    yield "no such page"


def _judge(page: Page, told: list[str], name: str = "") -> None:
    for check in (assert_fits, assert_accessible):
        try:
            check(page)
        except AssertionError as fault:
            told.append(f"{name or page.url}: {fault}")


@contextmanager
def _all_told() -> Iterator[list[str]]:
    """Judges every page before it fails, so that one run tells all."""
    told: list[str] = []
    yield told
    assert not told, "\n\n".join(told)
