"""Scenarios, exhibits, orders to choose from and requests to mend, line by line and for programs."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path

import pytest

from course import wiring
from tests.course.content.conftest import TEAL, write_pack
from tests.course.content.kinds import DEAF, GUARD, PACK


@pytest.fixture
def run(mlcourse, tmp_path: Path, monkeypatch):
    """Run a command with the pack, and type these lines."""
    files = {
        "course.yaml": PACK["course.yaml"].replace("id: small", "id: kinds").replace("id: first", "id: kinds"),
        "01-fleets/lesson.yaml": PACK["01-fleets/lesson.yaml"].replace("[blue, green]", "[teal]"),
        "glossary.yaml": TEAL,
    }
    pack = write_pack(tmp_path / "kinds", PACK | files)

    def typed(*command: str, lines: tuple[str, ...] = ()):
        monkeypatch.setattr(sys, "stdin", StringIO("".join(f"{line}\n" for line in lines)))
        return mlcourse("--pack", str(pack), *command)

    return typed


def events(home: Path, kind: str):
    history = wiring.journal(wiring.Places(home, ()))
    try:
        return [event for event in history.events() if event.kind == kind]
    finally:
        history.close()


def test_a_part_is_asked_with_its_scenario_and_exhibits(run):
    """In words, the plots too; and as data."""
    told = run("--plain", "quiz", "ask", "night-rate", "--seed", "2").out
    asked = run("quiz", "ask", "night-rate", "--seed", "2", "--json").json

    assert told.startswith("A case, question 2 of 2: Ines rolls out a model at night, and nobody is awake.\n\n")
    assert "- minute: 2; errors: 40" in told
    assert "Line green: 0 at 1, 40 at 2." in told
    assert "A plot: Errors of the new model, " in told
    assert "{" not in told
    assert (asked["case"]["id"], asked["case"]["part"], asked["case"]["of"]) == ("night", 2, 2)
    assert asked["case"]["exhibit"].startswith("| minute | errors |")
    assert "{" not in asked["exhibit"]


def test_the_list_says_which_part_of_which_case(run):
    """A case itself is no question."""
    listed = {each["id"]: each for each in run("quiz", "list", "--json").json}

    assert "night" not in listed
    assert (listed["night-rate"]["case"], listed["night-rate"]["part"]) == ("night", 2)
    assert (listed["steps"]["case"], listed["steps"]["part"]) == ("", 0)


def test_an_order_to_choose_from_is_typed_by_its_numbers(run):
    """Only what belongs; the reasons say what was to be left out."""
    asked = run("quiz", "ask", "steps", "--json").json
    place = {each["id"]: str(each["place"]) for each in asked["items"]}
    right = ",".join(place[id] for id in ("write", "send", "bake"))
    told = run("quiz", "answer", "steps", ",".join(place.values()))

    assert asked["choose"] is True
    assert run("quiz", "answer", "steps", right, "--json").json["status"] == "right"
    assert told.code == 1
    assert "- Hope for the best (does not belong, chosen): Hope stops nothing." in told.out


def test_a_request_is_mended_in_a_file(run, tmp_path: Path):
    """It is written into a new file, and judged from one."""
    plan = tmp_path / "plan.yaml"
    assert run("quiz", "ask", "mend", "--file", str(plan)).code == 0
    assert plan.read_text() == DEAF
    assert run("quiz", "ask", "mend", "--file", str(plan)).code == 2
    assert run("quiz", "ask", "steps", "--file", str(tmp_path / "other.yaml")).code == 2

    told = run("quiz", "answer", "mend", str(plan), "--json")
    assert (told.code, told.json["status"], told.json["score"]) == (1, "partly", 0.75)
    plan.write_text(GUARD)
    assert run("quiz", "answer", "mend", str(plan), "--json").code == 0
    plan.write_text("- 1")
    none = run("quiz", "answer", "mend", str(plan))
    assert none.code == 2
    assert none.err.startswith("This is no plan yet, line 1, column 1: ")
    assert run("quiz", "answer", "mend", str(tmp_path / "nowhere.yaml")).code == 2


def test_a_request_is_mended_in_a_session(run, home, tmp_path: Path):
    """By the name of a file; one that is not there costs nothing."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(DEAF.replace("20000", "2000"))
    good = tmp_path / "good.yaml"
    good.write_text(GUARD)
    told = run(
        "quiz", "fleets", "--kind", "fix", lines=(str(tmp_path / "none.yaml"), str(plan), "2", str(good), "quit")
    )

    assert "End of the request." in told.out
    assert "cannot be read" in told.out
    assert "Not yet: The update to `bad` is rolled back" in told.out
    assert "Your answer: a request of 27 lines\nRight." in told.out
    assert [each.data["correct"] for each in events(home, "answered") if each.subject == "mend"] == [False, True]


def test_an_exam_takes_a_file(run, home, tmp_path: Path):
    """It is written down as the answer, and judged at the end."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(GUARD)
    drawn = [each["id"] for each in run("exam", "draw", "kinds", "--seed", "1", "--json").json["questions"]]
    at = drawn.index("mend") + 1
    lines = (f"go {at}", str(tmp_path / "none.yaml"), str(plan), "end", "yes")
    told = run("exam", "take", "kinds", "--seed", "1", lines=lines)

    assert drawn.index("night-rate") == drawn.index("night-alarm") + 1
    assert f"Written down for question {at}: a request of 27 lines" in told.out
    [ended] = events(home, "exam-ended")
    assert ended.data["right"] == {"mend": True}
