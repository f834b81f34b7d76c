"""A run: asked for as a job, the same figures whoever asks; figures that disagree show nothing until somebody says why."""

import csv
import io
from uuid import uuid4

import pytest
from django.urls import reverse
from pypdf import PdfReader

from fairgate.engines.counterfactual import BY_NAME, Answer, CounterfactualError, Refused, from_plain
from fairgate.shared.translations import ENGLISH
from fairgate.whatif import actions, jobs, queries
from fairgate.whatif.models import Run, RunResult
from fairgate.whatif.wording import tables
from fairgate.whatif.wording.numbers import small
from fairgate.work.models import Job
from fairgate.work.rules import Problem, task_named

from .conftest import PROGRAM, QUICK, SURE, recorded, signed_in

MONEY = [name.partition(".")[2] for name in BY_NAME if name.startswith("money.")]
REASON = "The complaints of May came from another plant"
WRONG = [{"what": "complaints", "count": 900, "years": 2.0, "used": False, "source": "made up"}]


def page_of(plant, result, who="dora", **query):
    return (
        signed_in(plant.people[who]).get(reverse("whatif:run", args=[result.run_id]), query).content.decode()
    )


def test_today_is_always_among_the_ways_and_first(plant, remembered):
    result = plant.ran()
    assert result.run.policies == ["today", "exception", "nobody"]
    answer = from_plain(result.answer)
    assert isinstance(answer, Answer)
    assert answer.policies == ("today", "exception", "nobody")


def test_doing_it_again_gives_the_same_figures_and_the_page_counts_them(plant):
    scenario = plant.known()
    first = plant.ran(scenario)
    again = plant.ran(scenario, by="emil", line="money.price")
    assert again.answer == first.answer
    assert again.run.inputs == first.run.inputs
    page = queries.run_page(plant.who("dora"), first.run_id)
    assert (page.same, page.other) == (1, 0)
    assert "with the same figures" in page_of(plant, first)


def test_another_number_seed_or_way_is_another_input(plant):
    scenario = plant.known()
    first = plant.ran(scenario)
    actions.change_scenario(
        by=plant.who("bob"), pk=scenario.pk, seen=1, entries={"money.price": {"value": 150.0}}
    )
    others = [plant.ran(scenario), plant.ran(scenario, seed=2), plant.ran(scenario, ways=["nobody"])]
    assert len({first.run.inputs, *(one.run.inputs for one in others)}) == 4
    assert others[0].answer["outcomes"][0]["worth"] != first.answer["outcomes"][0]["worth"]


def test_what_is_uncertain_together_is_the_same_again_too(plant):
    plant.two_years()
    scenario = plant.scenario(window=plant.window(), entries={"plant.reviewers": {"value": 4}})
    first, again = (plant.ran(scenario, despite="only to compare them here") for _ in range(2))
    assert first.answer == again.answer


def test_the_job_does_what_was_asked_and_is_safe_to_repeat(plant):
    run = actions.request_run(
        by=plant.who("bob"), scenario=plant.known().pk, done_at=lambda pk: f"/whatif/runs/{pk}/", **QUICK
    )
    job = Job.objects.get(pk=run.job_id)
    assert task_named("whatif.run") is jobs.run
    assert (job.name, job.arguments, job.done_at) == (
        "whatif.run",
        {"pk": str(run.pk)},
        f"/whatif/runs/{run.pk}/",
    )
    assert "being worked out" in page_of(plant, type("R", (), {"run_id": run.pk}))
    said = []
    save = jobs.run(lambda done, note="": said.append((done, note)), pk=str(run.pk))
    save()
    actions.compute(by=PROGRAM, pk=run.pk)()
    assert RunResult.objects.filter(run=run).count() == 1
    assert [done for done, _ in said] == sorted(done for done, _ in said)
    assert said[-1][0] < 1
    assert all(note for _, note in said)
    assert [entry.action for entry in recorded("whatif.run-done")] == ["whatif.run-done"]


def test_figures_that_disagree_show_nothing_but_themselves(plant, remembered):
    scenario = plant.known(counts=WRONG)
    result = plant.ran(scenario)
    assert isinstance(from_plain(result.answer), Refused)
    page = page_of(plant, result)
    assert "does not reproduce what was counted" in page
    assert "Complaints: 900 in 2 years, but the scenario says" in page
    assert "pay for themselves" not in page
    assert "<svg" not in page


def test_going_on_needs_a_reason_in_words(plant, remembered):
    result = plant.ran(plant.known(counts=WRONG))
    client = signed_in(plant.people["bob"])
    again = reverse("whatif:again", args=[result.run_id])
    assert client.post(again, {"despite": "ok"})["Location"] == reverse("whatif:run", args=[result.run_id])
    assert client.post(again, {"despite": " "})["Location"] == reverse("whatif:run", args=[result.run_id])
    assert Run.objects.count() == 1
    with pytest.raises(actions.NoReason):
        actions.run_again(by=plant.who("bob"), pk=result.run_id, done_at=lambda pk: "/", despite="ok")
    assert client.post(again, {"despite": REASON})["Location"].startswith("/work/")
    assert Run.objects.order_by("-at").first().despite == REASON


def test_the_reason_is_printed_on_every_page(plant):
    result = plant.ran(plant.known(counts=WRONG), despite=REASON)
    page = page_of(plant, result)
    assert page.count(REASON) >= 2
    assert "pay for themselves" in page or "worth" in page
    client = signed_in(plant.people["dora"])
    paper = PdfReader(io.BytesIO(client.get(reverse("whatif:run-pdf", args=[result.run_id])).content))
    assert len(paper.pages) > 1
    assert all("another plant" in it.extract_text() for it in paper.pages)
    sheet = client.get(reverse("whatif:run-csv", args=[result.run_id])).content.decode("utf-8-sig")
    assert REASON in sheet.splitlines()[1]


def test_a_reason_where_nothing_disagrees_is_not_printed(plant, remembered):
    result = plant.ran(plant.known(), despite=REASON)
    assert result.answer["override"] == ""
    assert REASON not in page_of(plant, result)


def test_the_threshold_comes_first_then_the_picture_then_assumptions_before_illustrations(plant, remembered):
    page = page_of(plant, plant.ran())
    order = [
        "checks pay for themselves" if "checks pay for themselves" in page else "at every rate looked at",
        'class="spans"',
        "Assumptions this hangs on most",
        "Does the scenario reproduce what was counted?",
        "What each way leads to",
        "Two ways side by side",
        "Still in business",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_any_two_ways_stand_side_by_side(plant, remembered):
    result = plant.ran()
    page = page_of(plant, result, a="exception", b="nobody")
    table = page[page.index('id="pair"') :]
    head = table[table.index("<thead>") : table.index("</thead>")]
    assert "checking by exception" in head
    assert "nobody checking" in head
    assert "today" not in head


def test_where_two_ways_are_worth_the_same_along_any_parameter(plant, remembered):
    result = plant.ran(line="money.recall_critical")
    assert [one["against"] for one in result.lines] == ["exception", "nobody"]
    assert {one["parameter"] for one in result.lines} == {"money.recall_critical"}
    page = page_of(plant, result)
    assert 'class="panels"' in page[page.index('id="line"') :]
    with pytest.raises(CounterfactualError, match="No parameter is called"):
        plant.ran(line="money.luck")


def test_a_line_can_be_asked_for_later(plant, remembered):
    result = plant.ran()
    client = signed_in(plant.people["bob"])
    answer = client.post(reverse("whatif:again", args=[result.run_id]), {"line": "money.price"})
    assert answer["Location"].startswith("/work/")
    made = Run.objects.exclude(pk=result.run_id).get()
    assert (made.line, made.inputs, made.despite) == ("money.price", result.run.inputs, "")
    none = client.post(reverse("whatif:again", args=[result.run_id]), {"line": ""}, follow=True)
    assert "Choose the parameter along which to draw the line." in none.content.decode()
    assert Run.objects.count() == 2


def test_a_queue_that_cannot_keep_up_is_explained(plant):
    scenario = plant.scenario(entries={"plant.reviewers": {"value": 1}, "plant.review_days": {"value": 3.0}})
    with pytest.raises(Problem, match="Under today's checks reviewers can't keep up"):
        plant.ran(scenario)


def test_the_csv_has_every_figure_and_every_parameter_with_its_kind(plant, remembered):
    result = plant.ran()
    client = signed_in(plant.people["dora"])
    text = client.get(reverse("whatif:run-csv", args=[result.run_id])).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    worth = next(row for row in rows if row["of"] == "nobody" and row["figure"] == "worth")
    assert float(worth["value"]) == result.answer["outcomes"][2]["worth"]["middle"]
    kinds = {row["kind"] for row in rows if row["part"] == "parameter"}
    assert kinds == {"assumed", "published"}
    assert {"threshold", "outcome", "difference", "one assumption", "parameter"} <= {
        row["part"] for row in rows
    }


def test_the_run_form_refuses_what_is_no_way(plant):
    client, scenario = signed_in(plant.people["bob"]), plant.known()
    address = reverse("whatif:new-run", args=[scenario.pk])
    fields = {"ways": ["nobody"], "years": 15, "replicates": 400, "seed": 1}
    assert client.post(address, {**fields, "more": "single:n=2,c=3"}).status_code == 422
    assert client.post(address, {**fields, "ways": []}).status_code == 422
    assert client.post(address, {**fields, "years": 900}).status_code == 422
    assert client.post(address, {**fields, "more": "single:n=80,c=2"}).status_code == 302
    assert Run.objects.get().policies == ["today", "nobody", "single:n=80,c=2"]


def test_nothing_anybody_typed_is_read_as_markup(plant):
    scenario = actions.make_scenario(
        by=PROGRAM, unit=plant.unit, name="<b>bold</b>", entries={"quality.drift": {"value": 0.0}}
    )
    page = page_of(plant, plant.ran(scenario, by="bob", despite="<script>alert(1)</script> because of it"))
    assert "<b>bold" not in page
    assert "<script>alert" not in page


def test_own_lots_with_borrowed_money_are_said_above_the_figures(plant, remembered):
    plant.two_years()
    window = plant.window()
    result = plant.ran(plant.known(window=window), despite="only to read the page")
    page = page_of(plant, result)
    said = "How many lots there are comes from your records, but money does not: all 13 numbers in money"
    assert 0 < page.index(said) < page.index('class="spans"')
    sheet = signed_in(plant.people["dora"]).get(reverse("whatif:run-csv", args=[result.run_id]))
    assert said in sheet.content.decode("utf-8-sig")
    priced = plant.scenario(window=window, entries={**SURE, "money.price": {"value": 120.0}})
    partly = page_of(plant, plant.ran(priced, despite="only to read the page"))
    assert "but 12 of 13 numbers in money are still those of the invented plant" in partly
    assert "examples: material, fixed, prevention, review, " in partly
    own = {f"money.{name}": {"value": 1.0 + at} for at, name in enumerate(MONEY)}
    own["money.discount"] = {"value": 0.05}
    whole = plant.scenario(window=window, entries={**SURE, **own})
    assert "numbers in money" not in page_of(plant, plant.ran(whole, despite="only to read the page"))
    assert said not in page_of(plant, plant.ran())  # nothing is measured, and every number says so


def test_page_paper_csv_and_json_tell_one_figure(plant):
    """Much is uncertain, so that the figure of the values and the middle of what is held possible are two."""
    result = plant.ran(plant.scenario(), ways=["nobody"])
    worth = {one["policy"]: one["worth"] for one in result.answer["outcomes"]}["nobody"]
    told = [small(worth["middle"]), f"{small(worth['low'])} to {small(worth['high'])}"]
    page = page_of(plant, result)
    assert page.count(f">{chr(10).join(told)}</td>") == 2  # what each way leads to; side by side
    assert f"({told[0]} thousand, {told[1]} held possible)" in page  # the sentence
    client = signed_in(plant.people["dora"])
    paper = PdfReader(io.BytesIO(client.get(reverse("whatif:run-pdf", args=[result.run_id])).content))
    words = " ".join(it.extract_text() for it in paper.pages)
    assert all(each in words for each in told)
    rows = client.get(reverse("whatif:run-csv", args=[result.run_id])).content.decode("utf-8-sig")
    row = next(
        it for it in csv.DictReader(io.StringIO(rows)) if it["of"] == "nobody" and it["figure"] == "worth"
    )
    assert [float(row[name]) for name in ("value", "low", "high")] == [
        worth[name] for name in ("middle", "low", "high")
    ]


def test_no_row_of_the_csv_has_a_value_outside_its_range(plant, remembered):
    result = plant.ran()
    client = signed_in(plant.people["dora"])
    text = client.get(reverse("whatif:run-csv", args=[result.run_id])).content.decode("utf-8-sig")
    rows = [it for it in csv.DictReader(io.StringIO(text)) if it["value"] and it["low"] and it["high"]]
    assert len(rows) > 100
    assert all(
        float(it["low"]) <= float(it["value"]) <= float(it["high"]) for it in rows if it["part"] != "check"
    )


def test_swings_say_which_comparison_they_are_of_and_today_against_nobody_comes_first(plant):
    scenario = plant.scenario(entries={"quality.flawed": {"value": 0.002}})
    result = plant.ran(scenario, ways=["exception", "nobody"])
    pairs = [(one["policy"], one["against"]) for one in result.answer["tornados"]]
    assert pairs[0] == ("today", "nobody")
    assert len(pairs) == 2  # here the two worth most are others
    page = page_of(plant, result)
    first = page.index("What it hangs on: worth of today&#x27;s checks over nobody checking")
    assert first < page.index("What the two worth most hang on: worth of")
    sheet = signed_in(plant.people["dora"]).get(reverse("whatif:run-csv", args=[result.run_id]))
    for policy, against in pairs:
        assert f"worth of {policy} less {against} at" in sheet.content.decode("utf-8-sig")


def test_severities_are_explained_once(plant, remembered):
    page = page_of(plant, plant.ran())
    assert page.count("Critical: could harm somebody. Major: would have to be called back.") == 1


def test_an_answer_kept_by_an_older_version_is_not_shown_and_can_be_asked_again(plant, remembered):
    result = plant.ran()
    run = result.run
    run.pk = uuid4()
    run.save(force_insert=True)
    old = {name: value for name, value in result.answer.items() if name != "answer"}
    RunResult.objects.create(run=run, answer=old, lines=[], at=run.at)
    page = signed_in(plant.people["bob"]).get(reverse("whatif:run", args=[run.pk])).content.decode()
    assert "older version of the model" in page
    assert "Do it again" in page


def test_on_paper_no_word_of_a_table_stands_alone_on_a_line(plant):
    """Columns hold what stands in them; the first has room for the words that name a row."""
    result = plant.ran(plant.scenario(), ways=["less:share=0.5", "nobody:licence=ends", "nobody"])
    page = signed_in(plant.people["dora"]).get(reverse("whatif:run-pdf", args=[result.run_id]))
    words = "\n".join(it.extract_text() for it in PdfReader(io.BytesIO(page.content)).pages)
    for whole in (
        "less checking (50% of today's lots)",
        "nobody checking, and the licence ends",
        "Of the lots that are wrong: those that could harm somebody",
        "chance rate per month and open escape",
    ):
        assert whole in words


def test_the_csv_and_the_page_write_numbers_below_zero_one_way(plant, remembered):
    result = plant.ran(ways=["nobody:licence=ends"])
    page = page_of(plant, result)
    worth = small(result.answer["outcomes"][1]["worth"]["middle"])
    assert worth.startswith("\u22125,")
    assert worth in page
    assert worth.replace("\u2212", "-") not in page


def test_what_counts_as_certain_stands_above_the_illustrations_with_a_way_to_change_it(plant, remembered):
    result = plant.ran(plant.scenario(entries={"money.price": {"value": 100.0}}))
    page = page_of(plant, result, who="bob")
    at = page.index("3 assumptions have no range and count as certain in “of 100 sets”")
    assert at < page.index("What each way leads to")
    assert reverse("whatif:section", args=[result.run.edition.scenario_id, "money"]) in page
    assert reverse("whatif:section", args=[result.run.edition.scenario_id, "plant"]) not in page
    assert "Give a range" not in page_of(plant, result, who="dora")  # an auditor reads


def test_the_page_tells_once_what_worth_is_and_when_it_begins_to_go_wrong(plant, remembered):
    page = page_of(plant, plant.ran())
    assert page.count("net present value") == 1
    assert page.index("Worth most" if "Worth most" in page else "told apart") < page.index(
        "net present value"
    )
    for words in ("One in ten such businesses has ended after", "seriously flawed are:", "Dotted:"):
        assert words in page


def test_small_pictures_are_each_for_themselves(plant, remembered):
    """So that the page can set them side by side; all on one scale, each with its own words."""
    page = page_of(plant, plant.ran())
    part = page[page.index("<h2>Still in business") :]
    figure = part[part.index('<figure class="picture">') : part.index("</figure>")]
    assert figure.count('<svg xmlns="http://www.w3.org/2000/svg" class="panels"') == 3
    for way in ("today", "checking by exception", "nobody checking"):
        assert f"held possible: {way}" in figure


def test_on_paper_stands_all_that_is_needed_to_argue_and_to_do_it_again(plant):
    plant.two_years()
    result = plant.ran(plant.known(window=plant.window()), despite="only to read the page")
    client, run = signed_in(plant.people["dora"]), result.run
    content = client.get(reverse("whatif:run-pdf", args=[run.pk])).content
    words = " ".join(" ".join(it.extract_text() for it in PdfReader(io.BytesIO(content)).pages).split())
    for part in (
        "no lot that had passed was looked at again",  # what records can't tell
        "How fast quality slips when nobody looks",
        "net present value",
        "One in ten such businesses",
        run.inputs,
        f"Years, businesses, seed: 4, 200, {run.seed}",
        f"numpy {run.versions['numpy']}",
    ):
        assert part.replace(" ", "") in words.replace(" ", ""), part


def test_the_csv_says_which_ranges_are_by_chance(plant, remembered):
    result = plant.ran()
    text = signed_in(plant.people["dora"]).get(reverse("whatif:run-csv", args=[result.run_id])).content
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    kinds = {row["range"] for row in rows if row["part"] == "difference"}
    assert kinds == {"by chance", "held possible"}


def test_on_paper_no_table_is_torn_apart(plant):
    """Every row of a table stands on the page of its first."""
    result = plant.ran(plant.scenario(), ways=["less:share=0.5", "exception", "more:reviews=2", "nobody"])
    content = signed_in(plant.people["dora"]).get(reverse("whatif:run-pdf", args=[result.run_id])).content
    pages = ["".join(it.extract_text().split()) for it in PdfReader(io.BytesIO(content)).pages]
    answer = from_plain(result.answer)
    for table in tables.tables(answer, ENGLISH):
        rows = ["".join("".join(row).split()) for row in table.rows]
        assert any(all(row in page for row in rows) for page in pages), table.title
