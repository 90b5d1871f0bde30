"""`mlcourse search`."""

from __future__ import annotations

from course import wiring
from course.history import Event


def test_pages_terms_and_labs_are_found(mlcourse):
    """All words, by their beginnings; JSON has the places."""
    done = mlcourse("search", "CANARY", "termina", "--json")
    assert (done.code, done.json["query"]) == (0, "CANARY termina")
    assert done.json["count"] == len(done.json["results"]) > 1
    assert {key: type(value) for key, value in done.json["results"][0].items()} == dict.fromkeys(
        ("kind", "title", "place", "snippet"), str
    )
    assert not any(each["kind"] == "question" for each in done.json["results"])
    assert "first-guarded-update" in mlcourse("search", "first", "guarded").out


def test_notes_are_found_and_are_text(mlcourse, home):
    """Without words they are listed; nothing that a terminal obeys is printed."""
    nothing = mlcourse("search")
    assert (nothing.code, nothing.err) == (1, "No bookmark and no note yet.\n")

    history = wiring.journal(wiring.places({"MLCOURSE_HOME": str(home)}, ()))
    history.record(Event(wiring.now(), "noted", "lab:first-guarded-update", {"text": "ask\nbob \x1b[31m" * 1_000}))
    history.close()
    for words in ((), ("ASK",)):
        done = mlcourse("search", *words)
        assert done.code == 0
        assert done.out.startswith("note: First guarded update (lab:first-guarded-update)\n    ask bob ")
        assert "\x1b" not in done.out


def test_what_is_nowhere_is_said(mlcourse):
    """Whatever the words."""
    done = mlcourse("search", "\x1b[31m" + "x" * 10_000)

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("Nothing has '")
    assert len(done.err) < 80
    assert "\x1b" not in done.err
