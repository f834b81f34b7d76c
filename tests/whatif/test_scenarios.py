"""A scenario is a document with editions: who said which number, since when, and nothing is lost."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from fairgate.engines.counterfactual import BadParameter, standard
from fairgate.gate.models import ServiceRequest
from fairgate.gate.rules import Outcome
from fairgate.organisation.models import Process
from fairgate.protection.rules import WouldHave
from fairgate.whatif import actions, queries
from fairgate.whatif.models import Run, RunResult, Scenario, ScenarioEdition

from .conftest import PROGRAM, recorded, signed_in


def changed(plant, scenario, seen=1, by="bob", **entries):
    named = {name.replace("__", "."): entry for name, entry in entries.items()}
    return actions.change_scenario(
        by=plant.who(by), pk=scenario.pk, seen=seen, entries=named, note="as Finance says"
    )


def test_a_change_is_a_new_edition_with_who_and_when(plant):
    scenario = plant.scenario()
    edition = changed(
        plant, scenario, by="emil", money__price={"value": 120.0, "kind": "assumed", "source": "price list"}
    )
    belief = queries.held_in(edition).belief("money.price")
    assert (belief.value, belief.kind, belief.source, belief.author) == (
        120.0,
        "assumed",
        "price list",
        "Emil",
    )
    assert belief.date
    assert [one.number for one in scenario.editions.all()] == [1, 2]
    assert queries.held_in(scenario.editions.get(number=1))["money.price"] == 100
    assert [entry.reason for entry in recorded("whatif.edition-saved")] == ["", "as Finance says"]


def test_two_people_at_once_do_not_overwrite_each_other(plant):
    scenario = plant.scenario()
    changed(plant, scenario, money__price={"value": 120.0})
    with pytest.raises(actions.Changed):
        changed(plant, scenario, money__price={"value": 90.0})
    assert scenario.editions.count() == 2


def test_what_the_engine_refuses_is_not_saved(plant):
    scenario = plant.scenario()
    with pytest.raises(BadParameter, match=r"quality\.flawed: found 1\.5; expected a number from 0 to 1"):
        changed(plant, scenario, quality__flawed={"value": 1.5})
    assert scenario.editions.count() == 1


def test_somebody_may_know_better_than_records_and_go_back_to_them(plant):
    plant.two_years()
    scenario = plant.scenario(window=plant.window())
    measured = queries.held_in(scenario.editions.get()).belief("check.rework")
    own = changed(
        plant, scenario, check__rework={"value": 0.2, "kind": "assumed", "source": "a new rule since May"}
    )
    assert queries.held_in(own)["check.rework"] == 0.2
    assert own.own == ["check.rework"]
    page = queries.scenario_page(plant.who("dora"), scenario.pk)
    assert [
        line.parameter.name for _, lines in page.sections for line in lines if line.could_be_measured
    ] == ["check.rework"]
    back = changed(plant, scenario, seen=2, check__rework={"kind": "measured"})
    assert queries.held_in(back).belief("check.rework") == measured
    assert back.own == []


def test_a_published_figure_that_is_replaced_changes_what_follows_from_it(plant):
    """Flawed lots are catches over what reviews see: see less, and more must have been there."""
    plant.two_years()
    scenario = plant.scenario(window=plant.window())
    before = queries.held_in(scenario.editions.get())["quality.flawed"]
    entries = {
        f"check__sensitivity_{it}": {"value": 0.4, "kind": "assumed"} for it in ("minor", "major", "critical")
    }
    edition = changed(plant, scenario, **entries)
    assert queries.held_in(edition)["quality.flawed"] > 1.5 * before


@pytest.mark.parametrize("who", ["alice", "charlie", "cleo", "dan", "dora", "fay", "gil"])
def test_only_those_who_decide_and_executives_make_scenarios(plant, who):
    with pytest.raises(PermissionDenied):
        plant.scenario(by=who)
    scenario = plant.scenario()
    with pytest.raises((PermissionDenied, Scenario.DoesNotExist)):
        changed(plant, scenario, by=who, money__price={"value": 1.0})
    with pytest.raises((PermissionDenied, Scenario.DoesNotExist)):
        actions.request_run(
            by=plant.who(who), scenario=scenario.pk, ways=["nobody"], done_at=lambda pk: f"/{pk}"
        )


@pytest.mark.parametrize("model", [Scenario, ScenarioEdition, Run, RunResult])
def test_what_was_recorded_stays(plant, model, remembered):
    plant.ran()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete("default")


def form_of(client, scenario, section):
    page = client.get(reverse("whatif:section", args=[scenario.pk, section]))
    return {it.html_name: "" if it.value() is None else it.value() for it in page.context["form"]}


def posted(client, scenario, section, seen=1, **fields):
    data = form_of(client, scenario, section) | {"seen": seen}
    data |= {name.replace("__", "."): value for name, value in fields.items()}
    return client.post(reverse("whatif:section", args=[scenario.pk, section]), data)


def test_the_form_as_it_came_changes_nothing(plant):
    client, scenario = signed_in(plant.people["bob"]), plant.scenario()
    for section in ("plant", "quality", "check", "outside", "demand", "money"):
        assert posted(client, scenario, section).status_code == 302
    assert scenario.editions.count() == 1


def test_the_form_takes_hundredths_and_says_who(plant):
    client, scenario = signed_in(plant.people["bob"]), plant.scenario()
    fields = {"quality.flawed-value": "2.5", "quality.flawed-low": "1", "quality.flawed-high": "6"}
    assert posted(client, scenario, "quality", **fields).status_code == 302
    edition = scenario.editions.get(number=2)
    belief = queries.held_in(edition).belief("quality.flawed")
    assert (belief.value, belief.low, belief.high, belief.author) == (0.025, 0.01, 0.06, "Bob")
    assert belief.source == ""  # the source of the number that stood there is not this one's
    assert [name for name, it in edition.said["parameters"].items() if it["author"] == "Bob"] == [
        "quality.flawed"
    ]


@pytest.mark.parametrize(
    ("section", "fields", "said"),
    [
        (
            "check",
            {"check.sensitivity_major-value": "120"},
            "Major flaws a full review sees: found 120; expected a number from 0 to 100 (% of flawed lots).",
        ),
        (
            "plant",
            {"plant.lots_per_month-value": "-3"},
            "Lots the market asks for: found -3; expected a number from 0.5",
        ),
        (
            "plant",
            {"plant.reviewers-value": "2.5"},
            "found 2.5; expected a whole number from 1 to 1000 (people).",
        ),
        ("money", {"money.price-value": "dear"}, "What a lot sells for: found dear; expected a number"),
        ("money", {"money.price-value": ""}, "What a lot sells for: found nothing; expected a number"),
        (
            "quality",
            {"quality.flawed-low": "9"},
            "Lots that are wrong before any check: found hardly below 9, number 5, hardly above 7 (% of lots); expected",
        ),
        (
            "quality",
            {"quality.flawed-low": "0"},
            "found hardly below 0, hardly above 7; expected both above 0 and below 100 (% of lots).",
        ),
        ("quality", {"quality.flawed-low": ""}, "give both “Hardly below” and “Hardly above”, or neither."),
        (
            "quality",
            {"quality.drift-value": "7"},
            "How fast quality slips while nobody is told: found 7; expected a number from \u22121 to 1 (log-odds per month).",
        ),
        (
            "quality",
            {"quality.major-value": "99", "quality.major-low": "", "quality.major-high": ""},
            "together; expected at most 100%",
        ),
        ("check", {"check.mended-kind": "published", "check.mended-source": ""}, "where was it published?"),
        ("check", {"check.mended-kind": "measured"}, "measured"),
    ],
)
def test_what_is_wrong_is_told_with_parameter_and_range(plant, section, fields, said):
    client, scenario = signed_in(plant.people["bob"]), plant.scenario()
    answer = posted(client, scenario, section, **fields)
    assert answer.status_code == 422
    told = " ".join(str(each) for errors in answer.context["form"].errors.values() for each in errors)
    assert said in told
    assert scenario.editions.count() == 1


def test_a_measured_number_is_not_overwritten_unawares(plant):
    plant.two_years()
    client, scenario = signed_in(plant.people["bob"]), plant.scenario(window=plant.window())
    answer = posted(client, scenario, "check", **{"check.rework-value": "20"})
    assert "this number comes from records" in str(answer.context["form"].errors)
    fields = {
        "check.rework-value": "20",
        "check.rework-low": "",
        "check.rework-high": "",
        "check.rework-kind": "assumed",
    }
    assert posted(client, scenario, "check", **fields).status_code == 302
    assert queries.held_in(scenario.editions.get(number=2))["check.rework"] == 0.2


def test_a_form_that_was_overtaken_says_so(plant):
    client, scenario = signed_in(plant.people["bob"]), plant.scenario()
    changed(plant, scenario, money__price={"value": 120.0})
    answer = posted(client, scenario, "money", seen=1, **{"money.price-value": "90"})
    assert answer.status_code == 422
    assert "Somebody saved another edition meanwhile" in answer.content.decode()


def test_from_an_empty_room_to_calibrated_by_pages_alone(plant):
    plant.two_years()
    client = signed_in(plant.people["bob"])
    assert "No scenario yet" in client.get(reverse("whatif:scenarios")).content.decode()
    made = client.post(reverse("whatif:new-scenario"), {"name": "Lots", "unit": plant.unit})
    fields = {"seen": 1, "kinds": [plant.kinds["batch"].pk], "months": 24, "recalls": 0}
    counted = client.post(made["Location"], fields)
    assert counted.status_code == 302
    page = client.get(counted["Location"]).content.decode()
    assert "244 lots were reviewed for the first time, 40 of them stopped" in page
    edition = Scenario.objects.get().editions.get(number=2)
    assert edition.counts == [
        {"what": "recalls", "count": 0, "years": 2.0, "used": False, "source": "told by Bob"}
    ]


def test_counting_again_begins_with_what_was_told_before(plant):
    plant.two_years()
    counts = [{"what": "recalls", "count": 3, "years": 2.0, "used": False, "source": "told by Bob"}]
    scenario = plant.scenario(window=plant.window(months=36), counts=counts)
    page = signed_in(plant.people["bob"]).get(reverse("whatif:records", args=[scenario.pk]))
    form = page.context["form"]
    assert (form["recalls"].value(), form["letters"].value(), form["months"].value()) == (3, None, 36)
    assert form["kinds"].value() == [plant.kinds["batch"].pk]


def test_reading_needs_no_more_than_a_few_queries(plant, django_assert_max_num_queries):
    for _ in range(3):
        plant.scenario()
    client = signed_in(plant.people["dora"])
    with django_assert_max_num_queries(20):
        client.get(reverse("whatif:scenarios"))


def test_the_program_may_do_all_of_it(plant):
    scenario = actions.make_scenario(by=PROGRAM, unit=plant.unit, name="Nightly")
    assert queries.scenario_for(PROGRAM, scenario.pk) == scenario


def test_serious_shares_that_records_and_a_change_bring_above_one_are_a_form_error(plant):
    plant.two_years()
    client, scenario = signed_in(plant.people["bob"]), plant.scenario(window=plant.window())
    fields = {
        "quality.major-value": "94",
        "quality.major-low": "",
        "quality.major-high": "",
        "quality.major-kind": "assumed",
    }
    answer = posted(client, scenario, "quality", **fields)
    assert answer.status_code == 422
    said = str(answer.context["form"].errors)
    assert "called back” and “Of the lots that are wrong: those that could harm somebody”: found" in said
    assert "together; expected at most 100%" in said
    assert scenario.editions.count() == 1


def test_catches_that_are_half_major_and_half_critical_are_no_error(plant):
    stops = plant.lots()
    for one, it in zip(stops, [WouldHave.RECALL, WouldHave.HARM] * 3, strict=False):
        plant.judged(one, it, it)
    held = queries.held_in(plant.scenario(window=plant.window()).editions.get())
    assert held["quality.major"] + held["quality.critical"] == pytest.approx(1, abs=0.15)
    assert held["quality.major"] + held["quality.critical"] <= 1 + 1e-9


def of_older_version(edition):
    """The next edition, as a version of the model before this one would have written it."""
    fields = {it.name: getattr(edition, it.name) for it in ScenarioEdition._meta.fields if it.name != "id"}
    plan = {"plant.luck": {"value": 0.5}, "money.price": {"value": 130.0, "kind": "assumed"}}
    old = {"version": 0, "title": "Release of lots", "parameters": plan}
    return ScenarioEdition.objects.create(
        **{**fields, "number": edition.number + 1, "said": old, "held": old}
    )


def test_a_scenario_of_an_older_version_says_so_and_is_carried_over(plant):
    scenario = plant.scenario()
    of_older_version(scenario.editions.get())
    client, at = signed_in(plant.people["bob"]), reverse("whatif:scenario", args=[scenario.pk])
    assert "older version" in client.get(reverse("whatif:scenarios")).content.decode()
    page = client.get(at)
    assert page.status_code == 200
    assert "written for an older version of the model" in page.content.decode()
    for name, more in (("records", []), ("new-run", []), ("section", ["quality"])):
        answer = client.get(reverse(f"whatif:{name}", args=[scenario.pk, *more]))
        assert (answer.status_code, answer["Location"]) == (302, at)
    client.post(reverse("whatif:renew", args=[scenario.pk]), {"seen": 2})
    edition = queries.latest_edition(scenario)
    assert edition.number == 3
    assert queries.held_in(edition)["money.price"] == 130
    assert "Left out: plant.luck" in edition.note
    assert "What this scenario holds" in client.get(at).content.decode()


def test_an_answer_of_an_older_version_says_so_and_can_be_asked_again(plant, remembered):
    result = plant.ran()
    run = result.run
    run.pk = uuid4()
    run.save(force_insert=True)
    old = {**result.answer, "scenario": {**result.answer["scenario"], "version": 0}}
    RunResult.objects.create(run=run, answer=old, lines=[], at=run.at)
    client = signed_in(plant.people["bob"])
    page = client.get(reverse("whatif:run", args=[run.pk]))
    assert page.status_code == 200
    assert "older version of the model" in page.content.decode()
    assert "Do it again" in page.content.decode()
    assert "older version of the model" in client.get(reverse("whatif:scenarios")).content.decode()
    assert client.get(reverse("whatif:run-pdf", args=[run.pk])).status_code == 404
    assert client.post(reverse("whatif:again", args=[run.pk]))["Location"].startswith("/work/")


def test_the_minus_of_printed_numbers_is_read_as_one(plant):
    client, scenario = signed_in(plant.people["bob"]), plant.scenario()
    fields = {"quality.drift-value": "\u22120.01", "quality.drift-low": "", "quality.drift-high": ""}
    assert posted(client, scenario, "quality", **fields).status_code == 302
    assert queries.held_in(queries.latest_edition(scenario))["quality.drift"] == -0.01


def test_numbers_somebody_typed_outlive_the_first_calibration_and_that_is_said(plant):
    plant.two_years()
    client, scenario = signed_in(plant.people["bob"]), plant.scenario()
    mine = {"value": 0.2, "kind": "assumed", "source": "a new rule since May"}
    changed(plant, scenario, check__rework=mine, money__price={"value": 120.0})
    fields = {"seen": 2, "kinds": [plant.kinds["batch"].pk], "months": 24}
    page = client.post(reverse("whatif:records", args=[scenario.pk]), fields, follow=True).content.decode()
    assert "Kept as somebody said, although records tell: “Lots sent back rather than scrapped" in page
    edition = queries.latest_edition(scenario)
    assert edition.own == ["check.rework"]
    held = queries.held_in(edition)
    assert (held["check.rework"], held.belief("check.rework").kind) == (0.2, "assumed")
    assert held.belief("quality.flawed").kind == "estimated"
    back = changed(plant, scenario, seen=3, check__rework={"kind": "measured"})
    assert queries.held_in(back).belief("check.rework").kind == "measured"
    again = actions.calibrate_scenario(by=PROGRAM, pk=scenario.pk, seen=4, window=plant.window())
    assert again.own == []


def test_what_records_begin_to_tell_later_does_not_replace_what_somebody_typed(plant):
    """Nothing was judged yet, so nothing was known of flawed lots; then somebody says it, then catches are judged."""
    stops = plant.lots()
    scenario = plant.scenario(window=plant.window())
    changed(plant, scenario, quality__flawed={"value": 0.11})
    for one in stops:
        plant.judged(one, WouldHave.REWORK, WouldHave.REWORK)
    edition = actions.calibrate_scenario(by=PROGRAM, pk=scenario.pk, seen=2, window=plant.window())
    assert edition.own == ["quality.flawed"]
    assert queries.held_in(edition)["quality.flawed"] == 0.11


def in_process(plant, *requests):
    process = Process.objects.get(name="Tablets")
    ServiceRequest.objects.filter(pk__in=requests).update(process=process)
    return process.pk


def test_every_kind_of_the_process_is_proposed(plant):
    plant.lots(6)
    tablets = [plant.decided(Outcome.APPROVED, kind=kind).request_id for kind in ("batch", "change")]
    process = in_process(plant, *tablets)
    client, scenario = signed_in(plant.people["bob"]), plant.scenario()
    at = reverse("whatif:records", args=[scenario.pk])
    form = client.get(at).context["form"]
    every = sorted(kind.pk for kind in plant.kinds.values())
    assert (form["process"].value(), form["kinds"].value()) == (process, every)
    # None ticked: all of the process that was chosen; neither a kind nor a process is a question.
    assert client.post(at, {"seen": 1, "process": process, "months": 24}).status_code == 302
    assert queries.latest_edition(scenario).records["window"]["kinds"] == every
    assert client.post(at, {"seen": 2, "months": 24}).status_code == 422


def test_a_field_that_is_needed_is_not_called_optional(plant):
    plant.lots(6)
    client, scenario = signed_in(plant.people["bob"]), plant.scenario()
    for name, label in (
        ("records", "Requests that are about lots"),
        ("new-run", "Held against today’s checks"),
    ):
        page = client.get(reverse(f"whatif:{name}", args=[scenario.pk])).content.decode()
        after = page[page.index(label) :]
        assert "(optional)" not in after[: after.index("</legend>")]


def test_the_scenario_page_has_a_list_to_jump_by_and_names_what_is_certain(plant):
    plant.two_years()
    scenario = plant.scenario(window=plant.window())
    page = signed_in(plant.people["bob"]).get(reverse("whatif:scenario", args=[scenario.pk])).content.decode()
    jump = page[page.index('<nav class="jump"') :]
    jump = jump[: jump.index("</nav>")]
    for code, number in (("plant", 8), ("quality", 8), ("money", 13)):
        assert f'href="#{code}"' in jump
        assert f"({number})" in jump
        assert f'id="{code}"' in page
    assert "count as certain in" in page
    assert ">estimated</span>" in page
    assert ">measured</span>" in page


def test_what_records_only_estimate_can_be_gone_back_to(plant):
    plant.two_years()
    client, scenario = signed_in(plant.people["bob"]), plant.scenario(window=plant.window())
    counted = queries.held_in(scenario.editions.get()).belief("quality.flawed")
    assert counted.kind == "estimated"
    changed(plant, scenario, quality__flawed={"value": 0.11, "kind": "assumed"})
    address = reverse("whatif:section", args=[scenario.pk, "quality"])
    choices = dict(client.get(address).context["form"].fields["quality.flawed-kind"].choices)
    assert choices == {"measured": "as records tell", "published": "published", "assumed": "assumed"}
    fields = {"quality.flawed-kind": "measured"}
    assert posted(client, scenario, "quality", seen=2, **fields).status_code == 302
    assert queries.held_in(queries.latest_edition(scenario)).belief("quality.flawed") == counted


def test_carried_over_numbers_of_the_examples_take_their_present_ranges(plant):
    """What somebody said stays as it was; what nobody touched was ours, and is what it is now."""
    scenario = plant.scenario(entries={"money.material": {"value": 50.0}})
    edition = scenario.editions.get()
    old = {**edition.said, "version": 1, "parameters": {**edition.said["parameters"]}}
    for name in ("money.price", "outside.letter"):  # as they were: taken as known
        entry = old["parameters"][name]
        old["parameters"][name] = {**entry, "low": entry["value"], "high": entry["value"]}
    fields = {it.name: getattr(edition, it.name) for it in ScenarioEdition._meta.fields if it.name != "id"}
    ScenarioEdition.objects.create(**{**fields, "number": 2, "said": old, "held": old})
    actions.renew_scenario(by=PROGRAM, pk=scenario.pk, seen=2)
    held = queries.held_in(queries.latest_edition(scenario))
    for name in ("money.price", "outside.letter"):
        assert held.belief(name) == standard().belief(name)
        assert not held.belief(name).is_known
    assert (held["money.material"], held.belief("money.material").author) == (50, "Bob")
