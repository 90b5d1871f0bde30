"""What was folded is kept beside a history, used where it fits, and thrown away where it does not."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.folds.exams import OPEN_EXAMS
from course.folds.fold import Fold
from course.folds.progress import PREFERENCES, PROGRESS
from course.history import Event
from course.learning.kept import REVIEWS
from course.store import journal as journals
from course.store import keeper as keeping
from course.store.keeper import Keeper
from course.store.opening import open_journal
from course.store.rows import read_back
from tests.course.learning.histories import HISTORIES

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
EVENTS = [
    Event(NOON + timedelta(minutes=n), "answered", f"q{n % 7}", {"correct": n % 3 > 0, "lesson": "canary"})
    for n in range(30)
]


@pytest.fixture(autouse=True)
def always(monkeypatch):
    """Keep what was folded of ten events already, and take any history for a long one."""
    monkeypatch.setattr(journals, "KEPT_EVERY", 10)
    monkeypatch.setattr(keeping, "LONG", 1)


@pytest.fixture
def path(tmp_path):
    """A history of thirty events."""
    path = tmp_path / "history.db"
    with closing(open_journal(path, NOON)) as journal:
        journal.save(EVENTS)
    return path


def counting():
    """A fold that notes what it had to go through, and those notes."""
    seen: list[int] = []

    def onward(state: int, events):
        new = len(list(events))
        seen.append(new)
        return state + new

    return Fold("count", 1, 0, onward, lambda state: state, int), seen


def folded(path, fold):
    """Open a history and fold it."""
    with closing(open_journal(path, NOON)) as journal:
        return journal.folded(fold)


def test_only_what_is_new_is_gone_through(path):
    """What was kept covers the rest."""
    fold, seen = counting()
    assert folded(path, fold) == 30
    with closing(open_journal(path, NOON)) as journal:
        journal.save(EVENTS[:2])
    assert folded(path, fold) == 32

    assert [each for each in seen if each] == [30, 2]


def test_little_is_not_kept(path, monkeypatch):
    """Of a few events the fold is there at once."""
    fold, _ = counting()
    monkeypatch.setattr(journals, "KEPT_EVERY", 31)
    folded(path, fold)

    assert list(path.parent.glob("*.json")) == []


def rewritten(path, change):
    """Write a kept file anew: its head as a value, and its body."""
    head, body = path.read_text().split("\n", 1)
    head, body = change(json.loads(head), body)
    path.write_text(f"{json.dumps(head)}\n{body}")


def another_history(path):
    """Put another one in its place, as where a folder is synchronized with another machine."""
    path.unlink()
    with closing(open_journal(path, NOON)) as journal:
        journal.save([replace(event, subject="other") for event in EVENTS])


def lost_rows(path):
    """Take rows away, which only another program can."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER events_are_not_deleted")
        connection.execute("DELETE FROM events WHERE id = 5")


MISFITS = {
    "another version": lambda kept, path: rewritten(kept, lambda head, body: (head | {"version": 2}, body)),
    "another state": lambda kept, path: rewritten(kept, lambda head, body: (head, "29")),
    "no state": lambda kept, path: rewritten(kept, lambda head, body: (head, "")),
    "rows beyond the end": lambda kept, path: rewritten(
        kept, lambda head, body: (head | {"mark": head["mark"] | {"row": 99}}, body)
    ),
    "no mark": lambda kept, path: rewritten(kept, lambda head, body: ({"version": 1}, body)),
    "rubbish": lambda kept, path: kept.write_bytes(b"\xff\x00rubbish\n\n"),
    "nothing": lambda kept, path: kept.write_text(""),
    "gone": lambda kept, path: kept.unlink(),
    "another history": lambda kept, path: another_history(path),
    "lost rows": lambda kept, path: lost_rows(path),
}


@pytest.mark.parametrize("spoil", MISFITS.values(), ids=MISFITS)
def test_what_does_not_fit_is_thrown_away(spoil, path):
    """The history is the truth: it is folded anew, and the result kept."""
    fold, seen = counting()
    folded(path, fold)
    kept = path.with_name("history.count.json")
    spoil(kept, path)
    with closing(open_journal(path, NOON)) as journal:
        there = len(journal.events())
    seen.clear()

    assert folded(path, fold) == there
    assert seen[0] == there
    assert folded(path, fold) == there
    assert seen[2:] == [0], "what was kept anew fits"


def test_where_nothing_can_be_kept(path):
    """The fold is there all the same."""
    path.with_name("history.count.new").mkdir()
    fold, _ = counting()

    assert folded(path, fold) == 30


@pytest.mark.parametrize("fold", [PROGRESS, PREFERENCES, REVIEWS, OPEN_EXAMS], ids=lambda fold: fold.name)
@settings(max_examples=30)
@given(HISTORIES)
def test_what_is_written_can_be_read(fold, events):
    """Whatever the history, a state comes back as it was."""
    state = fold.of(map(read_back, events))

    assert repr(fold.read(json.loads(json.dumps(fold.written(state))))) == repr(state)


GOLDEN = [
    *EVENTS[:5],
    Event(NOON + timedelta(days=3), "answered", "q1", {"correct": True, "tries": 2, "session": "s"}),
    Event(NOON + timedelta(days=3), "recalled", "t", {"rating": "hard"}),
    Event(NOON + timedelta(days=4), "lab-graded", "lab", {"goals": {"g": False}, "score": 40.0, "text": "x"}),
    Event(NOON + timedelta(days=4), "lesson-step", "canary", {"step": 2, "of": 9, "revision": 1}),
    Event(NOON + timedelta(days=4), "lesson-step", "linear", {"step": 1, "of": 2, "revision": 3, "steps": ["a", "b"]}),
    Event(NOON + timedelta(days=4), "answered", "q2", {"correct": True, "revision": 2}),
    Event(NOON + timedelta(days=4), "preferred", "theme", {"value": "light"}),
    Event(NOON + timedelta(days=5), "reset", "question:q0"),
    Event(NOON + timedelta(days=6), "exam-begun", "s0", {"profile": "mla", "minutes": 9, "questions": ["q1"]}),
    Event(NOON + timedelta(days=6, minutes=2), "exam-answered", "s0", {"question": "q1", "answer": "a"}),
]


@pytest.mark.parametrize(
    ("fold", "version", "expected"),
    [
        (PROGRESS, 5, "9fa59b1cdeff"),
        (PREFERENCES, 1, "c4731cec5fe6"),
        (REVIEWS, 2, "d71087760f2d"),
        (OPEN_EXAMS, 1, "551a042ee416"),
    ],
    ids=lambda each: getattr(each, "name", None),
)
def test_the_version_goes_with_the_fold(fold, version, expected):
    """If this fails because a fold changed: give it the next version, and what learners have kept is thrown away."""
    written = json.dumps(fold.written(fold.of(GOLDEN)))
    rounded = json.dumps(json.loads(written, parse_float=lambda digits: round(float(digits), 6)))

    assert (fold.version, sha256(rounded.encode()).hexdigest()[:12]) == (version, expected)


def keep(path):
    """A keeper that does not wait long for anything; closed with the block."""
    return closing(Keeper(path, lambda: NOON, patience_s=0.01, rest_s=0.001))


def test_a_keeper_folds_a_long_history(path):
    """What is on disk, what is recorded and what another window writes, each once; and all of it if asked for."""
    with keep(path) as keeper, keep(path) as other:
        assert keeper.folded(PROGRESS) == PROGRESS.of(EVENTS)
        keeper.record(EVENTS[0])
        assert keeper.folded(PROGRESS) == PROGRESS.of([*EVENTS, EVENTS[0]])
        other.record(EVENTS[1])
        with other._changed:
            assert other._changed.wait_for(lambda: not other._pending, 20)
        assert keeper.folded(REVIEWS) == REVIEWS.of([*EVENTS, *EVENTS[:2]])
        assert keeper.events() == (*EVENTS, *EVENTS[:2])


def test_a_long_history_is_not_read_at_the_start(path):
    """Only after a while, and then it is mended if its file is taken away."""
    with keep(path) as keeper:
        keeper.folded(PROGRESS)
        assert keeper._known is None
        path.unlink()

    with closing(open_journal(path, NOON)) as journal:
        assert journal.events() == tuple(EVENTS)


@settings(max_examples=6)
@given(st.lists(st.sampled_from(["record", "fold", "remove", "events"]), min_size=4, max_size=6))
def test_whatever_happens_to_a_long_history(tmp_path_factory, mishaps):
    """A fold is always that of what was recorded: nothing twice, nothing lost."""
    path = tmp_path_factory.mktemp("home") / "history.db"
    with closing(open_journal(path, NOON)) as journal:
        journal.save(EVENTS)
    recorded, (fold, _) = list(EVENTS), counting()
    with keep(path) as keeper:
        for mishap in mishaps:
            match mishap:
                case "record":
                    recorded.append(EVENTS[len(recorded) % 30])
                    keeper.record(recorded[-1])
                case "fold":
                    assert keeper.folded(fold) == len(recorded)
                case "remove":
                    path.unlink(missing_ok=True)
                case "events":
                    assert keeper.events() == tuple(recorded)
    with closing(open_journal(path, NOON)) as journal:
        assert journal.events() == tuple(recorded)
