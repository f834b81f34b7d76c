"""XES by patterns and by expat: the same columns, or the same refusal."""

import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairgate.readers.stream import chunks
from fairgate.readers.xes_file import Gathered, by_expat, by_pattern, gather, survey
from readers.making import LOG_HEAD, SMALL, refused, write, write_gz, xes

KEYS = {
    "trace_keys": ("concept:name", "org:group"),
    "event_keys": ("concept:name", "org:group", "time:timestamp"),
}


def quickly(path: Path, size: int = 1 << 20) -> Gathered | None:
    return by_pattern.gather(chunks(path, size=size), survey(path), KEYS["trace_keys"], KEYS["event_keys"])


def thoroughly(path: Path) -> Gathered:
    return by_expat.gather(path, chunks(path), KEYS["trace_keys"], KEYS["event_keys"])


def as_rows(log: Gathered) -> object:
    columns = [log.events, log.traces]
    return log.case.tolist(), log.trace_count, [
        (key, column.names, column.codes.tolist()) for held in columns for key, column in held.items()
    ]  # fmt: skip


def test_a_plain_log_is_read_by_patterns_as_by_expat(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xes", xes(SMALL))
    quick = quickly(path)
    assert quick is not None
    assert as_rows(quick) == as_rows(thoroughly(path))
    assert quick.case.tolist() == [0, 0, 1, 1, 1]
    assert quick.events["org:group"].texts() == ["Making", "Quality", "Making", "Quality", "Making"]


_NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=8).filter(
    lambda text: all(c in "\t\n" or (c >= " " and c not in "\ufffe\uffff") for c in text)
)
_KEYS = st.sampled_from(["concept:name", "org:group", "time:timestamp", "x", "concept:name2", "a&b", "größe"])
_ATTRIBUTES = st.dictionaries(_KEYS, _NAMES, max_size=5)
_LOGS = st.lists(st.tuples(_ATTRIBUTES, st.lists(_ATTRIBUTES, max_size=4)), max_size=5)


@settings(max_examples=200, deadline=None)
@given(_LOGS, st.sampled_from([7, 64, 1 << 20]))
def test_patterns_and_expat_agree_on_any_log_in_any_pieces(
    tmp_path_factory: pytest.TempPathFactory,
    log: Sequence[tuple[Mapping[str, str], Sequence[Mapping[str, str]]]],
    size: int,
) -> None:
    path = write(tmp_path_factory.mktemp("xes") / "a.xes", xes(log))
    expected, quick = thoroughly(path), quickly(path, size)
    assert quick is None or as_rows(quick) == as_rows(expected)
    plain = all(
        character not in "\t\n"
        for attributes, events in log
        for held in (attributes, *events)
        for text in held.values()
        for character in text
    )
    assert quick is not None or not log or not plain


VARIANTS = {
    "nested attribute": (
        '<string key="concept:name" value="make"/>',
        '<string key="concept:name" value="make"><string key="org:group" value="Nested"/></string>',
    ),
    "comment": ("<event>", "<!-- <event> --><event>"),
    "single quotes": ('key="concept:name" value="make"', "key='concept:name' value='make'"),
    "value first": ('key="concept:name" value="make"', 'value="make" key="concept:name"'),
    "character reference": ('value="make"', 'value="m&#97;ke"'),
    "list": (
        "</event>",
        '<list key="l"><values><string key="concept:name" value="no"/></values></list></event>',
    ),
    "written twice": ('value="make"/>', 'value="first"/><string key="concept:name" value="make"/>'),
    "spaces in tags": ("<event>", "<event >"),
    "processing instruction": ("<event>", "<?note <event>?><event>"),
    "attributes after events": ("</trace>", '<string key="org:group" value="Late"/></trace>'),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_leaves_the_plain_shape_is_read_all_the_same(tmp_path: Path, variant: str) -> None:
    path = write(tmp_path / "a.xes", xes(SMALL).replace(*VARIANTS[variant]))
    assert path.read_text() != xes(SMALL)
    log = gather(path, survey(path), **KEYS)
    assert log.events["concept:name"].texts() == ["make", "release", "make", "reject", "make"]
    assert log.events["org:group"].texts() == ["Making", "Quality", "Making", "Quality", "Making"]
    assert as_rows(log) == as_rows(thoroughly(path))


def test_namespaces_with_a_prefix_are_tolerated(tmp_path: Path) -> None:
    text = xes(SMALL).replace('xmlns="', 'xmlns:xes="')
    for tag in ("log", "trace", "event", "string", "date"):
        text = text.replace(f"<{tag}", f"<xes:{tag}").replace(f"</{tag}", f"</xes:{tag}")
    path = write(tmp_path / "a.xes", text)
    plain = write(tmp_path / "b.xes", xes(SMALL))
    assert as_rows(gather(path, survey(path), **KEYS)) == as_rows(thoroughly(plain))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_the_declared_encoding_is_honoured(tmp_path: Path, encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = xes(SMALL).replace("Quality", "Qualität").replace('encoding="UTF-8"', f'encoding="{declared}"')
    path = write(tmp_path / "a.xes", text, encoding)
    assert gather(path, survey(path), **KEYS).events["org:group"].names == ("Making", "Qualität")


def test_a_log_packed_in_several_members_is_read_to_its_end(tmp_path: Path) -> None:
    content = xes(SMALL).encode()
    path = write(tmp_path / "a.xes.gz", gzip.compress(content[:400]) + gzip.compress(content[400:]))
    assert len(gather(path, survey(path), **KEYS).case) == 5


def test_the_survey_tells_keys_declarations_and_classifiers(tmp_path: Path) -> None:
    head = (
        LOG_HEAD + '<global scope="event"><string key="org:role" value="UNKNOWN"/></global>\n'
        '<classifier name="Activity" keys="concept:name lifecycle:transition"/>\n'
    )
    seen = survey(write(tmp_path / "a.xes", xes(SMALL, head)))
    assert seen.declared == {"event": ["org:role"]}
    assert seen.classifiers == {"Activity": "concept:name lifecycle:transition"}
    assert set(seen.keys) >= {
        "concept:name",
        "org:group",
        "time:timestamp",
        "customer",
        "department",
        "org:role",
    }
    assert seen.event_values["org:group"] == {"Making", "Quality"}
    assert seen.complete


BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {x} "{f"&{y};" * 10}">' for x, y in zip("bcdefghij", "abcdefghi", strict=True))
    + ']><log><trace><event><string key="concept:name" value="&j;"/></event></trace></log>'
)
EXTERNAL = (
    '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    '<log><trace><event><string key="concept:name" value="x"/>&x;</event></trace></log>'
)


@pytest.mark.parametrize(
    "bomb", [BILLION_LAUGHS, EXTERNAL, '<!DOCTYPE log SYSTEM "http://127.0.0.1/x.dtd"><log/>']
)
@pytest.mark.parametrize("packed", [True, False])
def test_document_types_and_entities_are_refused(tmp_path: Path, bomb: str, packed: bool) -> None:
    path = (write_gz if packed else write)(tmp_path / "a.xes", bomb.encode())
    for reading in (survey, thoroughly):
        (problem,) = refused(reading, path).problems
        assert "document type declaration (DTD)" in problem.found
        assert (problem.row, problem.place) == (1, "line")


def test_an_unclosed_log_is_named_with_its_line(tmp_path: Path) -> None:
    text = xes(SMALL)
    path = write(tmp_path / "a.xes", text[: text.rindex("</trace>")])
    (problem,) = refused(lambda: gather(path, survey(path), **KEYS)).problems
    assert "breaks off" in problem.found
    assert problem.row == text[: text.rindex("</trace>")].count("\n") + 1


def test_damaged_xml_is_named_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xes", xes(SMALL).replace("</event>", "</evnt>", 1))
    (problem,) = refused(survey, path).problems
    assert "mismatched tag" in problem.found
    assert problem.row == 11


def test_a_truncated_gz_is_named_with_its_position(tmp_path: Path) -> None:
    packed = gzip.compress(xes(SMALL * 500).encode())
    path = write(tmp_path / "a.xes.gz", packed[: len(packed) // 2])
    error = refused(lambda: gather(path, survey(path), **KEYS))
    assert "breaks off after" in str(error)


def test_a_gz_bomb_is_refused_early(tmp_path: Path) -> None:
    path = write_gz(tmp_path / "a.xes.gz", LOG_HEAD.encode() + b" " * (40 << 20) + b"</log>")
    assert "grows more than 250 times" in str(refused(lambda: gather(path, survey(path), **KEYS)))


def test_more_content_than_the_limit_is_refused(tmp_path: Path) -> None:
    path = write_gz(tmp_path / "a.gz", b"x" * (3 << 20))
    assert "more than 2 MiB" in str(refused(lambda: list(chunks(path, most=2 << 20))))


def test_xml_that_is_no_log_is_refused(tmp_path: Path) -> None:
    assert "begins with <pnml>" in str(refused(survey, write(tmp_path / "a.xes", "<pnml/>")))


def test_progress_only_goes_forward_and_an_exception_of_it_ends_the_reading(tmp_path: Path) -> None:
    text = xes(SMALL * 20_000).replace("</log>", "<!-- the end --></log>")  # patterns give up at the very end
    path = write(tmp_path / "a.xes", text)
    seen: list[float] = []
    gather(path, survey(path), on_progress=seen.append, **KEYS)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert len(seen) > 10

    class CancelledError(Exception):
        pass

    def cancel(done: float) -> None:
        if done > 0.3:
            raise CancelledError

    with pytest.raises(CancelledError):
        gather(path, survey(path), on_progress=cancel, **KEYS)


@pytest.mark.parametrize("bad", [b"\xff", b"\xed\xa0\x80", b"\xef\xbf\xbe", b"\x01", b"&unknown;", b"&#0;"])
def test_what_xml_forbids_is_refused_though_the_shape_is_plain(tmp_path: Path, bad: bytes) -> None:
    head, rest = xes(SMALL).encode().split(b"Making", 1)
    path = write(tmp_path / "a.xes", head + bad + rest)
    assert "damaged XML" in str(refused(lambda: gather(path, survey(path), **KEYS)))


def test_bad_bytes_beyond_the_first_look_are_refused_as_well(tmp_path: Path) -> None:
    text = xes([*SMALL * 2000, ({"concept:name": "last"}, [{"concept:name": "BAD"}])]).encode()
    for bad in (b"\xff", b"\xef\xbf\xbe"):
        path = write(tmp_path / "a.xes", text.replace(b"BAD", bad))
        seen = survey(path)
        assert not seen.complete
        assert "damaged XML" in str(refused(gather, path, seen, **KEYS))


def test_events_outside_any_trace_are_counted_and_left_out(tmp_path: Path) -> None:
    stray = '<event><string key="concept:name" value="stray"/></event></log>'
    path = write(tmp_path / "a.xes", xes(SMALL).replace("</log>", stray))
    log = gather(path, survey(path), **KEYS)
    assert (log.stray_events, len(log.case)) == (1, 5)
