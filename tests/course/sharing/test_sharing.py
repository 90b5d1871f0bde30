"""What is shown to others of a lab, an exam and the course."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.desk import LabDesk
from course.folds.advancing import progress
from course.learning.exams.result import result
from course.learning.exams.sitting import Ended, Sitting
from course.learning.lessons import all_mastered
from course.ports import ReportError
from course.progress import Progress
from course.sharing.exam import exam_summary, share_exam
from course.sharing.lab import HARMED, Saved, lab_summary, saved
from course.sharing.whole import course_summary
from labs.grading.record import view
from labs.report.summary import WIDTH, Bar, Summary, as_text, bar, figure_of
from quiz.exams.draw import Drawn
from quiz.exams.profile import Domain, Profile
from tests.course.learning.histories import NOON
from tests.course.tui import fakes
from tests.course.tui.lab.fakes import a_grade, a_lab

HOSTILE = "$x$ [red]\x1b[31m {0} %s " + "long " * 2_000


def about(*measures):
    """A lab that asks for these."""
    lab = a_lab()
    return replace(lab, goals=tuple(replace(lab.goals[-1], measure=each) for each in measures))


def graded(yours, unguarded):
    """A kept grade with harm and cost of a release under both."""
    rows = [{"r": {"harmed": {"mean": harmed}, "cost_usd": cost}} for harmed, cost in (yours, unguarded)]
    return {"releases": rows[0], "compared": {"unguarded": rows[1]}}


def test_what_was_saved_is_what_the_grade_counted():
    """Under the plan and without a guard, on the release on which the difference is largest."""
    found = saved(a_lab(), view(a_grade(passed=True)))

    assert found == Saved(412.0, 9804.0, HARMED)
    assert found.say == "412 instead of 9,804 requests harmed"
    text = as_text(lab_summary(a_lab(), view(a_grade(passed=True))))
    assert text == (
        "First guarded update\n412 instead of 9,804 requests harmed\n\n"
        f"without a guard {'█' * WIDTH} 9,804\nwith your plan  █▋ 412\n\n"
        "Both met the very same requests, on average of 20 days of traffic.\n"
        "Passed: 4 of 4 goals, score 100 of 100.\n"
    )


@pytest.mark.parametrize(
    ("measures", "yours", "unguarded", "say"),
    [
        (["cost"], (5, 1.5), (900, 12.25), "$1.50 instead of $12.25"),
        (["cost", "promoted"], (5, 20.0), (900, 12.25), "5 instead of 900 requests harmed"),
        (["cost", "harmed"], (5, 1.5), (900, 12.25), "5 instead of 900 requests harmed"),
        (["promoted"], (0, 1.5), (0, 12.25), "$1.50 instead of $12.25"),
        (["duration"], (0, None), (0, 12.25), None),
        (["harmed"], (7, 2.0), (7.3, 2.0), None),
    ],
)
def test_a_lab_tells_of_what_it_measures(measures, yours, unguarded, say):
    """Money where it asks for cost and not for harm; what was not saved is not claimed."""
    found = saved(about(*measures), graded(yours, unguarded))

    assert (found and found.say) == say
    assert lab_summary(about(*measures), graded(yours, unguarded)).headline == (say or "Passed: 0 of 0 goals")


def test_a_lab_about_serving_tells_of_the_requests_that_missed():
    """Beside nothing sent, which costs less and so says nothing of money; without such requests there is the verdict
    alone, and once."""
    lab = replace(a_lab(), releases=tuple(replace(each, expect="served") for each in a_lab().releases))
    mine, none = (
        {"r": {"cost_usd": cost, "measured": {"missed-share": share}}} for cost, share in ((2, 0.0119), (3, 0.7))
    )
    found = lab_summary(lab, {"releases": mine, "compared": {"unguarded": none}})
    bare = lab_summary(
        lab, {"releases": {"r": {"cost_usd": 1, "measured": {"job-time": 60}}}, "goals": [1], "score": 100}
    )

    assert found.headline == "1.2% instead of 70.0% of the requests missed"
    assert [each.label for each in found.bars] == ["with nothing sent", "with your plan"]
    assert as_text(bare) == "First guarded update\nPassed: 1 of 1 goals, score 100 of 100\n"


_ANY = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["releases", "compared", "unguarded", "r", "harmed", "mean", "goals"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from(["releases", "compared", "goals", "seeds", "score"]), _ANY))
def test_any_kept_grade_can_be_shown(grade):
    """A history may hold whatever a newer program or a hand has written."""
    assert as_text(lab_summary(a_lab(), grade)).startswith("First guarded update\n")


@given(st.floats(0, 1e12), st.floats(1e-6, 1e12))
def test_a_bar_is_as_long_as_its_number(value, top):
    """To an eighth of a cell; more than nothing is seen."""
    length = len(bar(value, top))

    assert length <= WIDTH
    assert (length == 0) == (value == 0)
    assert abs(length - min(value / top, 1) * WIDTH) <= 1.5


def a_result(right):
    drawn = tuple(Drawn(id, domain, "1.1", True) for id, domain in (("a", "1"), ("b", "1"), ("c", "2")))
    sitting = Sitting(
        id="s", profile="mock", revision=1, seed=0, begun=NOON, minutes=9, drawn=drawn, pass_mark=720, seen=NOON
    )
    return result(replace(sitting, ended=Ended(at=NOON, why="handed-in", right=right)), ())


def a_profile():
    domains = (Domain(id="1", title="Data", weight=50), Domain(id="2", title=HOSTILE, weight=50))
    return Profile(
        id="mock",
        title="Mock",
        revision=1,
        minutes=9,
        questions=3,
        unscored=0,
        pass_mark=720,
        domains=domains,
        kinds=("single",),
        about="",
    )


def test_an_exam_is_shown_by_domain():
    """With the estimate, called that, and the pass mark."""
    summary = exam_summary(a_result({"a": True, "b": True}), a_profile())

    assert summary.headline == "2 of 3 right (67%)"
    assert [(each.label[:4], each.say) for each in summary.bars] == [("Data", "2 of 2"), ("$x$ ", "0 of 1")]
    assert summary.lines[0].startswith("Estimate of the scaled score: 700, between ")
    assert summary.lines[1] == "The estimate does not reach the pass mark of 720."


def test_the_course_is_shown_as_far_as_it_is_mastered():
    """Counted as Home counts."""
    read = fakes.event("lesson-finished", "linear")
    nothing, half, all_ = Progress(), progress(fakes.MASTERED), progress((*fakes.MASTERED, read))

    assert [all_mastered(fakes.OUTLINE, each) for each in (nothing, half, all_)] == [False, False, True]
    assert course_summary(fakes.OUTLINE, half).headline == "1 of 2 lessons mastered"
    summary = course_summary(fakes.OUTLINE, all_)
    assert summary.headline == "All lessons mastered"
    assert [each.say for each in summary.bars] == ["2 of 2", "1 of 1", "6 of 6"]


def test_text_and_picture_are_written(tmp_path):
    """Into the folder for reports; a second time beside the first."""
    desk = LabDesk(tmp_path / "reports")
    first, second = (share_exam(desk, a_result({}), a_profile()) for _ in range(2))

    assert [path.rsplit("/", 1)[1] for path in (*first, *second)] == [
        *("mock-share.txt", "mock-share.png"),
        *("mock-share-2.txt", "mock-share-2.png"),
    ]
    assert (tmp_path / "reports" / "mock-share.png").read_bytes().startswith(b"\x89PNG")
    assert "0 of 3 right (0%)" in (tmp_path / "reports" / "mock-share.txt").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_said(tmp_path):
    """In a sentence with its name."""
    (tmp_path / "reports").write_text("a file stands in the way")

    with pytest.raises(ReportError, match=r"share\.png cannot be written: "):
        LabDesk(tmp_path / "reports").share(Summary(name="share", title="t", headline="h"))


def test_any_text_can_be_drawn():
    """Dollars are no formula, and what is too long is cut with a sign."""
    summary = Summary(name="n", title=HOSTILE, headline=HOSTILE, bars=(Bar(HOSTILE, 1.0, HOSTILE),), lines=(HOSTILE,))
    figure = figure_of(summary)

    assert figure._suptitle.get_text().splitlines()[1].startswith(r"\$x\$ [red]")
    assert len(figure._suptitle.get_text()) < 140
    assert "\x1b" not in figure._suptitle.get_text() + as_text(summary)
