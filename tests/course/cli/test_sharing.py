"""`mlcourse lab share` and `mlcourse progress share`."""

from __future__ import annotations

from course import wiring
from course.history import Event
from labs.grading.record import view
from tests.course.cli.conftest import LAB
from tests.course.tui.lab.fakes import a_grade


def kept(home, **data):
    """Keep a grade of the lab."""
    history = wiring.journal(wiring.places({"MLCOURSE_HOME": str(home)}, ()))
    history.record(Event(wiring.now(), "lab-graded", LAB, data))
    history.close()


def test_a_lab_that_passed_can_be_shown(mlcourse, home):
    """As text here, and as text and picture in the reports folder; a failed grade afterwards changes nothing."""
    kept(home, passed=True, grade=view(a_grade(passed=True)), score=100.0)
    kept(home, passed=False, grade=view(a_grade()), score=50.0)
    done = mlcourse("lab", "share", LAB)

    assert done.code == 0
    assert "412 instead of 9,804 requests harmed\n" in done.out
    assert {file.name for file in (home / "reports").iterdir()} == {f"{LAB}-share.png", f"{LAB}-share.txt"}
    assert (home / "reports" / f"{LAB}-share.txt").read_text(encoding="utf-8") == done.out
    assert f"{LAB}-share.png" in done.err


def test_a_lab_without_a_pass_has_nothing_to_show(mlcourse, home):
    """Nor one whose grade cannot be read."""
    kept(home, passed=True, grade="gone", score=100.0)
    done = mlcourse("lab", "share", LAB)

    assert (done.code, done.out) == (2, "")
    assert done.err == f"no grade of {LAB} that passed has been kept yet; mlcourse lab grade keeps one\n"


def test_the_course_can_be_shown(mlcourse, home):
    """At any time; where no file can be written, that is said."""
    done = mlcourse("progress", "share", "--json")
    assert done.json["headline"].endswith(" lessons mastered")
    assert all(done.json[key].startswith(str(home / "reports")) for key in ("text", "picture"))

    for file in (home / "reports").iterdir():
        file.unlink()
    (home / "reports").rmdir()
    (home / "reports").write_text("in the way")
    done = mlcourse("progress", "share")
    assert (done.code, done.out) == (2, "")
    assert "share.png cannot be written" in done.err
