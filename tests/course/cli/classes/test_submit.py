"""`mlcourse submit` writes one file, and says what is in it."""

from __future__ import annotations

from datetime import UTC, datetime

from course import wiring
from course.classes.submission import read
from course.cli.classes.submit import file_name
from course.content.fingerprint import fingerprint
from course.content.packs import built_in_pack
from course.history import Event
from course.store.opening import open_journal

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def record(home, *events):
    journal = open_journal(wiring.Places(home, ()).history, NOON)
    for event in events:
        journal.record(event)
    journal.close()


def test_a_learner_hands_in(mlcourse, home, tmp_path):
    """The file says who, with what, and all that was answered; the command says so too, and what stays at home."""
    answered = Event(NOON, "answered", "q", {"answer": "a", "correct": True})
    record(home, answered, Event(NOON, "noted", "lesson:canary#1", {"text": "SECRET"}))

    done = mlcourse("submit", "--name", "Ada Lovelace", "--out", "ada.jsonl")
    given = read(tmp_path / "ada.jsonl")

    assert done.code == 0, done.err
    assert "1 answer" in done.out and "Not in it: notes" in done.out
    assert (given.learner, given.events) == ("Ada Lovelace", (answered,))
    assert [(pack.id, pack.sha256) for pack in given.packs] == [
        ("deploying-models-safely", fingerprint(built_in_pack()))
    ]
    text = (tmp_path / "ada.jsonl").read_text()
    assert "SECRET" not in text and str(tmp_path) not in text


def test_the_name_is_asked_once(mlcourse, tmp_path):
    """Without one nothing is written; the next time it is known."""
    refused = mlcourse("submit")

    assert (refused.code, list(tmp_path.glob("*.jsonl"))) == (2, [])
    assert "--name" in refused.err
    assert mlcourse("submit", "--name", "Ada", "--out", "1.jsonl").code == 0
    assert mlcourse("submit", "--out", "2.jsonl", "--json").json["learner"] == "Ada"


def test_nothing_is_written_over(mlcourse, tmp_path):
    """Neither by --out, nor by the name that the file gets by itself."""
    (tmp_path / "ada.jsonl").write_text("mine")

    assert mlcourse("submit", "--name", "Ada", "--out", "ada.jsonl").code == 2
    assert (tmp_path / "ada.jsonl").read_text() == "mine"
    assert mlcourse("submit", "--name", "x" * 101).code == 2


def test_a_name_leads_nowhere(mlcourse, tmp_path):
    """A file of its own beside the others, whatever the name; JSON says which one."""
    found = mlcourse("submit", "--name", "../../Ada \u202e=1", "--json").json

    assert found["learner"] == "../../Ada =1"
    assert found["file"].startswith("mlcourse-Ada-1-")
    [file] = tmp_path.glob("*.jsonl")
    assert file.name == found["file"] == file_name(read(file))
    assert sorted(found) == ["at", "events", "file", "learner", "packs", "version"]


def test_a_pack_is_told_apart_by_what_it_holds(tmp_path):
    """Line ends and other files make no difference; a changed sign and a renamed file do."""
    (tmp_path / "course.yaml").write_text("id: x\n")
    before = fingerprint(tmp_path)
    (tmp_path / "course.yaml").write_bytes(b"id: x\r\n")
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "link.yaml").symlink_to("/etc/passwd")
    assert fingerprint(tmp_path) == before

    (tmp_path / "course.yaml").write_text("id: y\n")
    changed = fingerprint(tmp_path)
    (tmp_path / "course.yaml").rename(tmp_path / "other.yaml")

    assert len({before, changed, fingerprint(tmp_path)}) == 3
