"""All that can be said of a learner's progress at a moment, in values and in words."""

from __future__ import annotations

from datetime import date, timedelta, timezone

from course.folds.advancing import progress
from course.learning.exercises import exercises
from course.learning.forgetting import known, told
from course.learning.sections import best_and_par, day_named, sections
from course.learning.standing import standing
from tests.course.learning.histories import DAY, NOON, did
from tests.course.tui.fakes import LAB, OUTLINE, FakeCatalog, FakeJournal

EAST = timezone(timedelta(hours=13))


def stood(*events, now=NOON, zone=EAST, catalog=None):
    """How a learner with this history stands."""
    return standing(catalog or FakeCatalog(), FakeJournal(list(events)), now, zone)


def graded(days=0.0, *, harmed=None, reference=None, **data):
    """A grade of the lab."""
    grade = {
        "releases": {"r": {"harmed": {"mean": harmed}}},
        "compared": {"reference": {"r": {"harmed": {"mean": reference}}}},
    }
    return did("lab-graded", LAB, days, grade=grade, **data)


def answer(days=0.0, *, correct=True):
    """An answer to a question of the course."""
    return did("answered", "wait-field", days, correct=correct, lesson="canary")


def test_days_are_those_of_the_learner():
    """At noon in London it is tomorrow far in the east: that is today, for time learned and for what is due."""
    found = stood(answer(-1), answer())

    assert found.at.date() == date(2026, 11, 3)
    assert list(found.learned.minutes) == [date(2026, 11, 2), date(2026, 11, 3)]
    assert found.days_in_a_row == 2
    assert list(found.due.days) == [date(2026, 11, 3) + timedelta(days=n) for n in range(14)]


def test_what_is_overdue_is_due_today():
    """And what comes later on its day; what the course no longer has is never due."""
    gone = did("answered", "gone", -30, correct=False, lesson="canary")
    found = stood(answer(-30, correct=False), gone)

    assert [item.name for item in found.due.now] == ["question:wait-field"]
    assert list(found.due.days.values()) == [1] + [0] * 13
    assert sum(stood(answer()).due.days.values()) == 1


def test_a_clock_that_went_back_is_no_trouble():
    """Events of the future neither end the days in a row nor what can be said."""
    found = stood(answer(), answer(400), answer(-1))

    assert found.days_in_a_row == 2
    assert len(sections(found)) == 9


def test_the_best_attempt_stands_beside_par():
    """By score, then by goals; not the last."""
    events = [
        graded(0, score=80.0, goals={"a": True, "b": True}, harmed=218.0, reference=118.0),
        graded(1, score=20.0, goals={"a": False, "b": True}, harmed=900.0, reference=118.0),
    ]
    [lab] = exercises(OUTLINE, progress(events), events)

    assert (lab.attempts, lab.best, lab.met, lab.goals, lab.harmed, lab.par) == (2, 80.0, 2, 2, 218.0, 118.0)
    assert best_and_par(lab) == ("80 of 100, 2 of 2 goals, 218 harmed", "all goals, 118 harmed")


def test_a_grade_that_does_not_tell_has_no_par():
    """A history may hold anything."""
    for grade in (None, [], {"releases": {}}, {"releases": {"r": 1}}, {"releases": {"r": {"harmed": {"mean": "x"}}}}):
        events = [did("lab-graded", LAB, score=1.0, goals=[], grade=grade)]
        [lab] = exercises(OUTLINE, progress(events), events)

        assert (lab.harmed, lab.par, lab.goals) == (None, None, 0)


def test_what_was_reset_is_in_none_of_it():
    """Time, labs, answers and exams begin anew."""
    found = stood(answer(-1), graded(-1, score=80.0, goals={"a": True}), did("reset", "all"))

    assert found.learned.total == 0
    assert found.exercises[0].attempts == 0
    assert found.exercises[0].goals == 0
    assert found.progress.questions == {}


def test_everything_that_can_be_reset_has_a_name():
    """What the course has and what only the history knows; each can be told."""
    names = known(FakeCatalog(), [did("answered", "gone"), did("lab-run", "old-lab"), did("poem", "x")])

    assert names[0] == "all"
    assert {"lesson:canary", f"lab:{LAB}", "question:wait-field", "term:canary", "question:gone", "lab:old-lab"} <= {
        *names
    }
    assert told(FakeCatalog(), f"lab:{LAB}") == "The attempts at First guarded update"
    assert all(told(FakeCatalog(), name) for name in names)


def test_days_have_english_names():
    """Whatever the system speaks."""
    assert day_named(NOON.date(), NOON.date()) == "today"
    assert day_named((NOON + DAY).date(), NOON.date()) == "Tue 3 Nov"


def test_predictions_of_lessons_and_labs_are_added_up():
    """Part by part, in the order in which they are asked; a history with other data counts for nothing."""
    found = stood(
        did("predicted", "night", held={"ending": True, "minute": False}),
        did("lab-predicted", LAB, held={"ending": True, "harmed": False}),
        did("predicted", "night", held="all"),
    )
    [section] = [each for each in sections(found) if each.id == "predictions"]

    assert section.say == ("2 of 4 parts held, in 2 runs of lessons and labs.",)
    assert section.rows == (("The ending", "2 of 2"), ("The minute", "0 of 1"), ("The harm", "0 of 1"))
    assert sections(stood())[6].say == ("You have predicted no run yet.",)
