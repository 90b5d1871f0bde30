"""What a learner hands in comes back as it was written, or not at all; nothing private is in it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.classes.submission import FORM, HANDED_IN, NotASubmission, PackSeal, read, submission, written
from course.history import Event

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PACKS = (PackSeal("safe-deployments", "ab" * 32),)
GRADED = Event(NOON, "lab-graded", "lab", {"text": "{}", "passed": True, "score": 100.0, "seeds": [0]})
ANSWERED = Event(NOON, "answered", "q", {"answer": ["a"], "correct": True})
FACTS = {"learner": "Ada", "at": NOON.isoformat(), "version": "1", "packs": []}
LINE = {"at": NOON.isoformat(), "kind": "answered", "subject": "q", "data": {}}


def handed_in(*events, learner="Ada Lovelace"):
    return submission(learner, NOON, "0.1.0", PACKS, events or (GRADED, ANSWERED))


def lines(*rows, **head):
    """A file with these lines, its hash right: a forged one."""
    body = "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)
    start = {"program": FORM.program, "format": FORM.format, "lines": len(rows)}
    return json.dumps({**start, "sha256": sha256(body.encode()).hexdigest(), **head}) + "\n" + body


def file_of(folder, text):
    path = folder / "ada.jsonl"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_what_is_handed_in_is_read(tmp_path):
    """Who, when, with what, and every event."""
    assert read(file_of(tmp_path, written(handed_in()))) == handed_in()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
EVENTS = st.lists(
    st.builds(
        Event,
        st.integers(1, 10**10).map(lambda second: datetime.fromtimestamp(second, UTC)),
        st.sampled_from([*sorted(HANDED_IN), "noted", "marked", "plan-saved", "preferred", "exam-noted"]),
        st.text(st.characters(exclude_categories=["Cs"])),
        st.dictionaries(st.text(), JSON, max_size=3),
    ),
    max_size=4,
)


@given(events=EVENTS, name=st.text(min_size=1, max_size=60))
def test_whatever_a_history_holds_can_be_handed_in(tmp_path_factory, events, name):
    """What is written is read, whatever stands in it, and what is private is not in it."""
    try:
        given = submission(name, NOON, "0.1.0", PACKS, events)
    except ValueError:
        return  # a name of nothing that can be seen
    found = read(file_of(tmp_path_factory.mktemp("in"), written(given)))

    assert [event.kind for event in found.events] == [event.kind for event in events if event.kind in HANDED_IN]
    assert (found.learner, found.at, found.packs) == (given.learner, NOON, PACKS)
    assert written(found) == written(given)


def test_nothing_private_is_handed_in():
    """Neither what was noted nor what a grade said at length."""
    private = [Event(NOON, kind, "x", {"text": "SECRET"}) for kind in ("noted", "marked", "plan-saved", "visited")]
    said = Event(NOON, "lab-graded", "lab", {"passed": True, "grade": {"say": "SECRET"}})
    text = written(handed_in(*private, Event(NOON, "exam-noted", "s", {"note": "SECRET"}), said))

    assert "SECRET" not in text


@pytest.mark.parametrize(
    ("change", "say"),
    [
        pytest.param(lambda text: text[: len(text) // 2], "cut off after", id="half a file"),
        pytest.param(lambda text: text.replace("true", "false", 1), "damaged or changed", id="a forged grade"),
        pytest.param(lambda text: text.replace('"format": 1', '"format": 2'), "a newer mlcourse", id="newer"),
        pytest.param(lambda text: text.replace("mlcourse submission", "mlcourse history"), "no file that", id="other"),
        pytest.param(lambda text: b"PK\x03\x04" + b"\0" * 999, "no file that mlcourse submit", id="a zip"),
        pytest.param(lambda text: "", "no file that mlcourse submit", id="empty"),
        pytest.param(lambda text: "[" * 9000, "no file that mlcourse submit", id="a deep head"),
        pytest.param(lambda text: lines(), "cannot be read", id="no line"),
        pytest.param(lambda text: lines({}), "who handed it in", id="nobody"),
        pytest.param(lambda text: lines({**FACTS, "learner": "\u202e\x1b"}), "who handed it in", id="an unseen name"),
        pytest.param(lambda text: lines({**FACTS, "learner": ["Ada"]}), "who handed it in", id="no name"),
        pytest.param(lambda text: lines({**FACTS, "learner": "\ud800x\ud800"}).encode(), "", id="half a sign"),
        pytest.param(lambda text: lines({**FACTS, "at": "2026-11-22T12:00"}), "and when", id="no zone"),
        pytest.param(lambda text: lines({**FACTS, "at": "9999-12-31T00:00+00:00"}), "and when", id="far"),
        pytest.param(lambda text: lines({**FACTS, "packs": {"a": 1}}), "who handed it in", id="no packs"),
        pytest.param(lambda text: lines({**FACTS, "packs": [1]}), "who handed it in", id="no pack"),
        pytest.param(lambda text: lines(FACTS, "[" * 100_000), "event 1 cannot be read", id="deep"),
        pytest.param(lambda text: lines(FACTS, '{"a":' * 50_000 + "1"), "event 1 cannot be read", id="deep keys"),
        pytest.param(lambda text: lines(FACTS, '{"data": {"x": 1e999}}'), "too large", id="1e999"),
        pytest.param(lambda text: lines(FACTS, '{"data": {"x": NaN}}'), "NaN is no number", id="NaN"),
        pytest.param(lambda text: lines(FACTS, '{"at": "a", "at": "b"}'), "twice", id="a key twice"),
        pytest.param(lambda text: lines(FACTS, "9" * 5000), "event 1", id="a long number"),
        pytest.param(lambda text: lines(FACTS, [1]), "event 1 is none", id="no event"),
        pytest.param(lambda text: lines(FACTS, {**LINE, "kind": 1}), "event 1 is none", id="no kind"),
        pytest.param(lambda text: lines(FACTS, {**LINE, "at": "9000-01-01T00:00+00:00"}), "year 9000", id="no clock"),
        pytest.param(lambda text: lines(FACTS, '"' + "x" * 3_000_001 + '"'), "longer than 3 MB", id="a long event"),
    ],
)
def test_what_is_not_ours_or_not_whole_is_refused(tmp_path, change, say):
    """In a sentence that begins with the file."""
    path = file_of(tmp_path, change(written(handed_in())))
    if not say:  # what can be seen of the name is left
        assert read(path).learner == "x"
        return
    with pytest.raises(NotASubmission, match=say) as refused:
        read(path)

    assert str(refused.value).startswith(f"{path}: ")


def test_only_files_are_read(tmp_path):
    """A file of gigabytes, a link, a pipe, a folder and a device are told apart before a byte of them is read."""
    ours = file_of(tmp_path, written(handed_in()))
    huge, link, pipe = (tmp_path / name for name in ("huge", "link", "pipe"))
    with huge.open("wb") as out:
        out.truncate(8 * 2**30)
    link.symlink_to(ours)
    os.mkfifo(pipe)

    for path, say in ((huge, "larger than 32 MB"), (link, "a link"), (pipe, "no file"), (tmp_path, "no file")):
        with pytest.raises(NotASubmission, match=say):
            read(path)
    with pytest.raises(NotASubmission, match="no such file"):
        read(tmp_path / "missing")


def test_a_name_is_made_readable(tmp_path):
    """Long ones are cut; what turns the direction of text or drives a terminal goes, and so do line ends."""
    hostile = lines({**FACTS, "learner": "../\u202eAda\x1b[31m\r\n" + "x" * 10_000})

    name = read(file_of(tmp_path, hostile)).learner

    assert name.startswith("../Ada[31m xxx") and len(name) == 100
    assert name.isprintable()


def test_who_hands_in_has_a_name():
    """One that can be seen, and is no book."""
    for name in ("", " \n", "\u202e", "x" * 101):
        with pytest.raises(ValueError, match="1 to 100 characters"):
            handed_in(learner=name)


def test_events_keep_their_order(tmp_path):
    """Also where a clock has gone back."""
    events = tuple(Event(NOON + timedelta(minutes=each), "answered", f"q{each}") for each in (3, 1, 2))

    assert read(file_of(tmp_path, written(handed_in(*events)))).events == events
