"""The presets that come with the program, and installing them."""

import pytest
from django.core.exceptions import PermissionDenied

from fairgate.gate import actions, queries
from fairgate.gate.models import Clause, Edition, Preset, RequestKind, Severity, Standard
from fairgate.gate.rules import APPROVING, Level, Outcome, Thing
from fairgate.gate.rules.presets import FaultyPreset, Name, read_preset
from fairgate.organisation.models import Unit

from .conftest import MANUFACTURING, PROGRAM, QUALITY, recorded

EVERY = pytest.mark.parametrize("code", queries.BUNDLED)


def installed(plant: dict[str, Unit], code: str = "quality", **more: str) -> actions.Installed:
    return actions.install(by=PROGRAM, unit=plant[QUALITY].pk, code=code, **more)


def newer(code: str, *changes: tuple[str, str]) -> str:
    """The file of one of ours, as a next version might read."""
    text = queries.preset_text(code).replace('version = "1"', 'version = "2"', 1)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


@EVERY
def test_each_preset_installs(plant: dict[str, Unit], code: str) -> None:
    done = installed(plant, code)
    preset = Preset.objects.get(pk=done.preset)
    assert (preset.code, preset.title, preset.unit) == (code, done.title, plant[QUALITY])
    assert len(done.new) == len(queries.bundled(code).rows)
    assert [*done.changed, *done.kept, *done.gone] == []
    assert recorded("gate.preset-installed")[-1].subject_label == f"{done.title}, {QUALITY}"


@EVERY
def test_a_preset_has_as_much_as_a_trade_needs(code: str) -> None:
    rows = queries.bundled(code).rows
    count = {thing: sum(row.name.thing is thing for row in rows) for thing in Thing}
    assert 4 <= count[Thing.KIND] <= 7
    assert 3 <= count[Thing.STANDARD] <= 5
    assert 15 <= count[Thing.CLAUSE] <= 25
    assert count[Thing.SEVERITY] == len(Level)


@EVERY
def test_every_outcome_is_known_and_each_kind_can_say_yes_and_no(plant: dict[str, Unit], code: str) -> None:
    installed(plant, code)
    for kind in RequestKind.objects.all():
        allowed = {Outcome(outcome) for outcome in kind.outcomes}
        assert allowed & APPROVING
        assert allowed - APPROVING
        assert kind.promise_days
        assert 1 <= kind.warn_days < kind.promise_days


@EVERY
def test_every_clause_has_a_good_example_and_a_way_to_yes(code: str) -> None:
    for row in queries.bundled(code).rows:
        if row.name.thing is Thing.CLAUSE:
            assert row.facts["summary"], row.name
            assert row.facts["examples"], row.name
            for example in row.facts["examples"]:
                assert 80 <= len(example["reasons"]) <= 900, row.name
                assert 80 <= len(example["way_to_yes"]) <= 900, row.name


@EVERY
def test_no_example_is_used_twice_or_names_somebody(code: str) -> None:
    said = [
        text
        for row in queries.bundled(code).rows
        for example in row.facts.get("examples", [])
        for text in example.values()
    ]
    assert len(said) == len(set(said))
    assert not [text for text in said if any(title in text for title in ("Mr ", "Mrs ", "Ms ", "Dr "))]


def test_a_batch_knows_no_conditions_and_no_return(plant: dict[str, Unit]) -> None:
    installed(plant)
    batch = RequestKind.objects.get(code="batch-disposition")
    assert set(batch.outcomes) == {Outcome.APPROVED, Outcome.HELD, Outcome.REFUSED}
    record = RequestKind.objects.get(code="batch-record-review")
    assert set(record.outcomes) == {Outcome.APPROVED, Outcome.RETURNED}


@EVERY
def test_reinstalling_changes_nothing(plant: dict[str, Unit], code: str) -> None:
    installed(plant, code)
    before = Edition.objects.count(), len(recorded()), dict(RequestKind.objects.values_list("pk", "edition"))
    again = installed(plant, code)
    assert again.changes_nothing
    assert [*again.kept, *again.gone] == []
    assert (
        Edition.objects.count(),
        len(recorded()),
        dict(RequestKind.objects.values_list("pk", "edition")),
    ) == before


def test_everything_installed_has_its_first_edition(plant: dict[str, Unit]) -> None:
    installed(plant)
    for thing, model in queries.MODELS.items():
        for record in model.objects.all():  # type: ignore[attr-defined]
            edition = queries.edition_of(thing, record.pk, record.edition)
            assert edition is not None
            assert {key: edition.facts[key] for key in queries.facts_of(thing, record)} == queries.facts_of(
                thing, record
            )


def test_two_functions_have_their_own_presets(plant: dict[str, Unit]) -> None:
    installed(plant)
    actions.install(by=PROGRAM, unit=plant[MANUFACTURING].pk, code="quality")
    assert Preset.objects.count() == 2
    assert Severity.objects.count() == 6


def test_a_newer_file_brings_what_is_new_and_changed(plant: dict[str, Unit]) -> None:
    installed(plant)
    text = newer(
        "quality",
        ("promise_days = 3", "promise_days = 2"),
        ('name = "Supplier approval"', 'name = "Supplier"'),
    )
    text += "\n[[standards]]\n"
    text += 'code = "own"\ntitle = "House rules"\nreference = "QP-7"\n[[standards.clauses]]\nnumber = "1"\ntitle = "One"\n'
    done = installed(plant, content=text)
    assert [line.name for line in done.new] == [
        Name(Thing.STANDARD, "own"),
        Name(Thing.CLAUSE, "1", "own"),
    ]
    assert {line.name.code for line in done.changed} == {"batch-disposition", "supplier"}
    assert not done.kept
    batch = RequestKind.objects.get(code="batch-disposition")
    assert (batch.promise_days, batch.edition) == (2, 2)
    assert Preset.objects.get().version == "2"
    assert [line.name for line in installed(plant, content=text).kept] == []


def test_what_was_edited_here_stays_and_the_rest_follows_the_file(plant: dict[str, Unit]) -> None:
    installed(plant)
    batch = RequestKind.objects.get(code="batch-disposition")
    actions.edit(
        by=PROGRAM, thing=Thing.KIND, pk=batch.pk, facts={"promise_days": 1}, reason="faster", edition=1
    )
    preset = Preset.objects.get()
    words = {**preset.vocabulary, "refused": "turned down"}
    actions.edit(
        by=PROGRAM,
        thing=Thing.PRESET,
        pk=preset.pk,
        facts={"vocabulary": words},
        reason="so we say",
        edition=1,
    )
    text = newer(
        "quality",
        ("promise_days = 3", "promise_days = 2"),
        ('name = "Batch disposition"', 'name = "Lot disposition"'),
        ('held = "on hold"', 'held = "waiting"'),
    )
    done = installed(plant, content=text)
    batch.refresh_from_db()
    preset.refresh_from_db()
    assert (batch.name, batch.promise_days) == ("Lot disposition", 1)
    assert (preset.vocabulary["refused"], preset.vocabulary["held"]) == ("turned down", "waiting")
    assert {line.name.thing for line in done.kept} == {Thing.KIND, Thing.PRESET}
    # And it stays so, however often the file comes.
    again = installed(plant, content=text)
    assert again.changes_nothing
    assert {line.name.thing for line in again.kept} == {Thing.KIND, Thing.PRESET}
    batch.refresh_from_db()
    assert batch.promise_days == 1


def test_an_edit_that_goes_back_to_an_older_file_is_an_edit(plant: dict[str, Unit]) -> None:
    installed(plant)
    two = newer("quality", ("promise_days = 3", "promise_days = 2"))
    installed(plant, content=two)
    batch = RequestKind.objects.get(code="batch-disposition")
    actions.edit(
        by=PROGRAM, thing=Thing.KIND, pk=batch.pk, facts={"promise_days": 3}, reason="too fast", edition=2
    )
    installed(plant, content=two.replace('version = "2"', 'version = "3"'))
    batch.refresh_from_db()
    assert batch.promise_days == 3


def test_where_both_together_make_no_sense_the_edit_stays(plant: dict[str, Unit]) -> None:
    installed(plant)
    supplier = RequestKind.objects.get(code="supplier")
    facts = {"promise_days": 4}
    actions.edit(by=PROGRAM, thing=Thing.KIND, pk=supplier.pk, facts=facts, reason="faster", edition=1)
    installed(plant, content=newer("quality", ("warn_days = 3", "warn_days = 5")))
    supplier.refresh_from_db()
    assert (supplier.promise_days, supplier.warn_days) == (4, 3)


def test_what_was_retired_stays_retired_and_what_left_the_file_stays_until_somebody_retires_it(
    plant: dict[str, Unit],
) -> None:
    installed(plant)
    clause = Clause.objects.get(number="211.84")
    actions.retire(by=PROGRAM, thing=Thing.CLAUSE, pk=clause.pk, reason="not ours")
    text = queries.preset_text("quality")
    start = text.index('[[kinds]]\ncode = "supplier"')
    end = text.index("# ----", start)
    done = installed(plant, content=text[:start] + text[end:])
    assert [line.name for line in done.gone] == [Name(Thing.KIND, "supplier")]
    assert RequestKind.objects.get(code="supplier").is_offered
    clause.refresh_from_db()
    assert not clause.is_current


def test_the_preview_is_the_real_thing_and_saves_nothing(plant: dict[str, Unit]) -> None:
    shown = actions.preview_install(by=PROGRAM, unit=plant[QUALITY].pk, code="legal")
    assert not Preset.objects.exists()
    assert [line.name for line in shown.new] == [line.name for line in installed(plant, "legal").new]


@pytest.mark.parametrize(
    "who", ["charlie", "dan", "dora", "emil", "fay", "gil", "hana", "lea", "olga", "rita"]
)
def test_others_do_not_install(plant: dict[str, Unit], cast: dict, who: str) -> None:
    for unit in plant.values():
        # Lea leads Manufacturing, which stands at no gate: a steward makes it one.
        with pytest.raises(PermissionDenied):
            actions.install(by=cast[who], unit=unit.pk, code="quality")
    assert not Preset.objects.exists()


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_a_steward_and_the_lead_of_the_function_install(plant: dict[str, Unit], cast: dict, who: str) -> None:
    actions.install(by=cast[who], unit=plant[QUALITY].pk, code="quality")
    assert recorded("gate.preset-installed")[-1].actor_name == cast[who].name


def test_an_unknown_code_and_a_file_for_another_preset_are_refused(plant: dict[str, Unit]) -> None:
    with pytest.raises(KeyError):
        installed(plant, "astrology")
    with pytest.raises(FaultyPreset) as refused:
        installed(plant, "quality", content=queries.preset_text("legal"), file="mine.toml")
    assert refused.value.faults[0][:4] == ("mine.toml", "", "code", "legal")


def test_an_installation_brings_its_own_preset(plant: dict[str, Unit]) -> None:
    text = queries.preset_text("legal").replace('code = "legal"', 'code = "our-legal"', 1)
    done = installed(plant, "our-legal", content="\ufeff" + text, file="our-legal.toml")
    assert Preset.objects.get().code == "our-legal"
    assert done.new


FAULTS = [
    ('version = "1"', "", "", "version", "text"),
    ('version = "1"', 'version = "1"\ncolour = "red"', "", "colour", "known-key"),
    ('code = "quality"', 'code = "Quality"', "", "code", "code"),
    ('title = "Quality (GMP)"', 'title = ""', "", "title", "text"),
    ('refused = "rejected"', "refused = 3", "", "vocabulary", "word"),
    ('refused = "rejected"', 'rejected = "no"', "", "vocabulary", "known-key"),
    ("[vocabulary.change]", "[vocabulary.chnge]", "vocabulary", "chnge", "known-key"),
    ('["approved", "held", "refused"]', '["released"]', "kinds 1 (batch-disposition)", "outcomes", "outcomes"),
    (
        '["approved", "held", "refused"]', '["held", "refused"]',
        "kinds 1 (batch-disposition)", "outcomes", "a-yes-and-a-no",
    ),
    ("promise_days = 3", 'promise_days = "3"', "kinds 1 (batch-disposition)", "promise_days", "days"),
    ("promise_days = 3", "promise_days = 0", "kinds 1 (batch-disposition)", "warn_days", "warn-before"),
    ("warn_days = 1", "warn_days = -1", "kinds 1 (batch-disposition)", "warn_days", "days"),
    ("warn_days = 1", "worn_days = 1", "kinds 1 (batch-disposition)", "worn_days", "known-key"),
    ('code = "batch-record-review"', 'code = "batch-disposition"', "kinds 2 (batch-disposition)", "code", "once"),
    ('number = "211.84"', 'number = "211.22"', "standards 1 (21-cfr-211), clauses 2 (211.22)", "number", "once"),
    ('number = "211.84"', "number = 211.84", "standards 1 (21-cfr-211), clauses 2", "number", "text"),
    ('reference = "21 CFR 211"', "", "standards 1 (21-cfr-211)", "reference", "text"),
    ("[severities.critical]", "[severities.fatal]", "severities", "fatal", "known-key"),
    ("way_to_yes =", "way =", "standards 1 (21-cfr-211), clauses 1 (211.22)", "examples", "examples"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "table", "key", "expected"), FAULTS)
def test_a_fault_is_said_with_file_table_key_found_and_expected(
    old: str, new: str, table: str, key: str, expected: str
) -> None:
    text = queries.preset_text("quality")
    assert old in text
    with pytest.raises(FaultyPreset) as refused:
        read_preset(text.replace(old, new, 1), "mine.toml")
    found = {(fault.file, fault.table, fault.key, fault.expected.value) for fault in refused.value.faults}
    assert ("mine.toml", table, key, expected) in found


def test_every_fault_of_a_file_is_said_at_once_and_nothing_is_saved(plant: dict[str, Unit]) -> None:
    text = newer(
        "quality", ("promise_days = 3", "promise_days = -3"), ('name = "Supplier approval"', "name = 7")
    )
    with pytest.raises(FaultyPreset) as refused:
        installed(plant, content=text)
    assert {fault.key for fault in refused.value.faults} == {"promise_days", "name"}
    assert not Standard.objects.exists()


@pytest.mark.parametrize(
    "content", ["code = ", "[" * 5_000, "a = 1\na = 2", "x" * 1_000_001, "code = '\x00'"]
)
def test_what_is_no_toml_is_told(content: str) -> None:
    with pytest.raises(FaultyPreset) as refused:
        read_preset(content, "mine.toml")
    assert [fault.file for fault in refused.value.faults] == ["mine.toml"]


def test_a_fault_reads_as_a_sentence() -> None:
    from fairgate.gate.wording.presets import sentence
    from fairgate.shared.translations import ENGLISH

    with pytest.raises(FaultyPreset) as refused:
        read_preset(newer("quality", ("promise_days = 3", 'promise_days = "soon"')), "mine.toml")
    assert [sentence(fault, ENGLISH) for fault in refused.value.faults] == [
        "mine.toml, kinds 1 (batch-disposition), promise_days: found “soon”; "
        "expected a whole number of working days from 0 to 250"
    ]
