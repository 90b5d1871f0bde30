"""`mlcourse check` gives advice on questions and pages; it fails no check unless that is strict."""

from __future__ import annotations

from tests.course.content.items.test_advice import asked, pack_with

ADVICE = "01-fleets/more.yaml:7:11: advice: the stem asks nothing"


def test_advice_fails_no_check(mlcourse, tmp_path):
    """It is told after what the pack holds."""
    root = str(pack_with(tmp_path, asked(stem="A fleet is new.")).root)
    run = mlcourse("check", "--no-labs", root)

    assert run.code == 0
    assert run.out.index("All is well") < run.out.index(ADVICE)
    assert "1 piece of advice found." in run.err


def test_a_strict_check_fails_by_advice(mlcourse, tmp_path):
    """And passes without any."""
    root = str(pack_with(tmp_path / "a", asked(stem="A fleet is new.")).root)
    good = str(pack_with(tmp_path / "b", asked()).root)

    assert mlcourse("check", "--no-labs", "--strict", root).code == 1
    assert mlcourse("check", "--no-labs", "--strict", good).code == 0


def test_programs_get_advice_apart_from_problems(mlcourse, tmp_path):
    """With file, line and column."""
    root = str(pack_with(tmp_path, asked(stem="A fleet is new.")).root)
    told = mlcourse("check", "--no-labs", "--json", root).json
    strict = mlcourse("check", "--no-labs", "--strict", "--json", root).json

    assert (told["ok"], told["problems"], strict["ok"]) == (True, [], False)
    [found] = told["advice"]
    assert (found["path"], found["line"], found["column"]) == ("01-fleets/more.yaml", 7, 11)
