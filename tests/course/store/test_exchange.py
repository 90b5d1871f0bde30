"""A history that is taken elsewhere comes back whole, or not at all."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from course.folds.order import MERGED, without_marks
from course.folds.progress import PROGRESS
from course.history import Event
from course.ports import CopyError
from course.store import exchange
from course.store.copies import keep_copy
from course.store.exchange import NotImported, read, written
from course.store.keeper import Keeper
from course.store.memory import MemoryJournal
from course.store.opening import open_journal

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def answer(minutes, subject="q", **data):
    """An answer, so many minutes after noon."""
    return Event(NOON + timedelta(minutes=minutes), "answered", subject, {"correct": True, **data})


EVENTS = (answer(0), answer(2, "ü\n", answer=["a"], half="\ud800"), answer(1))


def file_of(tmp_path, text, name="h.jsonl"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def with_lines(*lines, **head):
    """A file with these lines, its hash right."""
    body = "".join(f"{line}\n" for line in lines)
    start = {"program": exchange.PROGRAM, "format": 1, "events": len(lines)}
    return json.dumps({**start, "sha256": sha256(body.encode()).hexdigest(), **head}) + "\n" + body


LINE = {"at": NOON.isoformat(), "kind": "answered", "subject": "q", "data": {}}


def test_what_is_written_is_read(tmp_path):
    """Every sign of it, in its order; marks of merging stay at home."""
    mark = Event(NOON, MERGED, "history")

    assert read(file_of(tmp_path, written((*EVENTS, mark)))) == EVENTS
    assert read(file_of(tmp_path, written(()))) == ()


@pytest.mark.parametrize(
    ("change", "say"),
    [
        pytest.param(lambda text: text[:-10], "damaged or changed", id="the last line is cut"),
        pytest.param(lambda text: text[: text.rindex("\n", 0, -1) + 1], "cut off after 2 of 3", id="a line lacks"),
        pytest.param(lambda text: text.replace("true", "false", 1), "damaged or changed", id="one word is another"),
        pytest.param(lambda text: text + "\n", "damaged or changed", id="a line too many"),
        pytest.param(lambda text: text.replace('"format": 1', '"format": 2'), "a newer mlcourse", id="newer"),
        pytest.param(lambda text: text.replace('"format": 1', '"format": "1"'), "no history", id="no number"),
        pytest.param(lambda text: "", "no history", id="empty"),
        pytest.param(lambda text: "{}\n", "no history", id="other JSON"),
        pytest.param(lambda text: "[" * 9000, "no history", id="deep"),
        pytest.param(lambda text: b"SQLite format 3\0\xff\xfe", "no history", id="a database"),
        pytest.param(lambda text: with_lines("[]"), "event 1 is none", id="no event"),
        pytest.param(lambda text: with_lines("[" * 100_000), "event 1 is none", id="a deep event"),
        pytest.param(lambda text: with_lines(json.dumps(LINE), json.dumps({**LINE, "kind": 1})), "event 2", id="kind"),
        pytest.param(lambda text: with_lines(json.dumps({**LINE, "at": "2026-11-22T12:00"})), "event 1", id="no zone"),
        pytest.param(lambda text: with_lines(json.dumps({**LINE, "kind": MERGED})), "event 1", id="a mark"),
        pytest.param(lambda text: with_lines(json.dumps({**LINE, "subject": "\ud800"})), "event 1", id="half a sign"),
        pytest.param(lambda text: with_lines(json.dumps({**LINE, "data": []})), "event 1 is none", id="no data"),
        pytest.param(
            lambda text: with_lines(json.dumps({**LINE, "at": "9999-12-31T23:59:59+00:00"})), "year 9999", id="far"
        ),
    ],
)
def test_what_is_not_ours_or_not_whole_is_refused(tmp_path, change, say):
    """In a sentence that says why, and that nothing was changed."""
    with pytest.raises(NotImported, match=say) as refused:
        read(file_of(tmp_path, change(written(EVENTS))))

    assert str(refused.value).endswith("Nothing was changed.")


def test_a_huge_file_is_not_read(tmp_path, monkeypatch):
    """Nor what is no file."""
    monkeypatch.setattr(exchange, "MOST_BYTES", 50)

    for path, say in (
        (file_of(tmp_path, written(EVENTS)), "larger than"),
        (tmp_path, "no file"),
        (tmp_path / "x", "no such"),
    ):
        with pytest.raises(NotImported, match=say):
            read(path)


HERE = (answer(0), answer(10, correct=False))
THERE = (answer(0), answer(5), answer(20, "other"))


def history(path, events):
    with closing(open_journal(path, NOON)) as journal:
        journal.save(events)
    return path


def test_two_windows_take_in_the_same_history_once(tmp_path):
    """Whoever comes second finds nothing new; all count in the order of time, before and after a restart."""
    path = history(tmp_path / "history.db", HERE)
    with closing(open_journal(path, NOON)) as one, closing(open_journal(path, NOON)) as two:
        assert one.folded(PROGRESS).questions["q"].last_correct is False
        assert (two.merge(THERE), one.merge(THERE)) == (2, 0)

        together = (answer(0), answer(5), answer(10, correct=False), answer(20, "other"))
        for journal in (one, two):
            assert without_marks(journal.events()) == together
            assert journal.folded(PROGRESS) == PROGRESS.of(together)
    with closing(open_journal(path, NOON)) as again:
        assert without_marks(again.events()) == together


def test_an_open_course_sees_what_was_taken_in(tmp_path):
    """A keeper folds anew, and what it records next counts last, though its clock may have gone back."""
    path = history(tmp_path / "history.db", HERE)
    with closing(Keeper(path, lambda: NOON, rest_s=0.001)) as keeper:
        assert keeper.folded(PROGRESS).questions["q"].attempts == 2
        with closing(open_journal(path, NOON)) as other:
            other.merge(THERE)
        keeper.record(answer(1, correct=True))
        keeper.close()

        assert keeper.folded(PROGRESS).questions["q"].attempts == 4
        assert keeper.folded(PROGRESS).questions["q"].last_correct is True
        assert keeper.events()[-1] == answer(1, correct=True)


def test_a_copy_holds_everything(tmp_path):
    """Also what is only in the log, also of a keeper; names of the same second do not clash."""
    path = history(tmp_path / "history.db", HERE)
    with closing(Keeper(path, lambda: NOON, rest_s=0.001)) as keeper, closing(open_journal(path, NOON)) as journal:
        keeper.record(answer(30))
        copies = [keeper.keep_copy(NOON), journal.keep_copy(NOON)]

    assert copies[0] == str(tmp_path / "history.backup-20261122T120000Z.db")
    for copy in copies:
        with closing(open_journal(tmp_path / copy, NOON)) as read_again:
            assert read_again.events() == (*HERE, answer(30))


def test_nothing_on_disk_cannot_be_copied():
    """It is said why."""
    with pytest.raises(CopyError, match="the disk is away"):
        MemoryJournal((), "the disk is away").keep_copy(NOON)


def test_half_a_copy_is_not_left_behind(tmp_path):
    """On a full disk: whoever finds it would take it for one."""

    class Full(sqlite3.Connection):
        def backup(self, target, **more):
            target.execute("CREATE TABLE begun (it)")
            raise sqlite3.OperationalError("database or disk is full")

    with closing(sqlite3.connect(":memory:", factory=Full)) as full, pytest.raises(CopyError, match="disk is full"):
        keep_copy(full, tmp_path / "history.db", NOON)

    assert list(tmp_path.iterdir()) == []
