"""Exams that were begun: the clock, two windows, a program that was closed, and histories of other programs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.history import Event
from course.learning.exams import writing
from course.learning.exams.result import result
from course.learning.sittings import running, sittings, unreadable
from quiz.exams.draw import draw
from quiz.exams.profile import Domain, Profile, Task
from quiz.exams.score import Share
from quiz.questions import Option, Single

START = datetime(2026, 11, 26, 10, tzinfo=UTC)
IDS = ("q1", "q2", "q3", "q4")
PROFILE = Profile(
    id="small",
    revision=3,
    title="A small exam",
    about="",
    questions=4,
    unscored=1,
    minutes=8,
    pass_mark=720,
    kinds=("single",),
    domains=(Domain(id="3", title="Deployment", weight=100, objectives={"3.1": "Choose."}),),
    tasks=(Task(lab="warm-up", domain="3", counts=2),),
)


@dataclass(frozen=True)
class Card:
    """A question as an exam knows it."""

    id: str
    lesson: str = "canary"
    kind: str = "single"
    revision: int = 2
    case: str = ""
    part: int = 0
    objectives: dict = field(default_factory=lambda: {"small": ("3.1",)})


CARDS = [Card(id) for id in IDS]
BEGUN = writing.begun("s1", PROFILE, draw(PROFILE, CARDS, 5), CARDS, START)
[SITTING] = sittings([BEGUN])


def at(minutes):
    return START + timedelta(minutes=minutes)


def answer(question, given, minutes):
    return writing.answered(SITTING, question, given, at(minutes))


def find(id):
    if id == "q4":
        raise KeyError(id)
    options = (Option(id="a", text="A", why="", correct=True), Option(id="b", text="B", why=""))
    return Single(id=id, stem="?", explain="", revision=2, options=options)


def test_a_sitting_begins_with_all_that_its_score_needs():
    """Whatever becomes of the profile; what a draw says is read back."""
    assert SITTING.drawn == draw(PROFILE, CARDS, 5).questions
    assert (SITTING.profile, SITTING.revision, SITTING.seed, SITTING.pass_mark) == ("small", 3, 5, 720)
    assert [(task.lab, task.domain, task.counts) for task in SITTING.tasks] == [("warm-up", "3", 2)]
    assert SITTING.deadline == at(8)
    assert SITTING.revisions == dict.fromkeys(IDS, 2)


def test_the_clock_goes_on_while_the_program_is_closed():
    """It is running until its time is over, and stays there to be ended."""
    events = [BEGUN, answer("q1", "a", 2)]
    sitting = running(events, at(5))

    assert sitting.left(at(5)) == timedelta(minutes=3)
    assert not sitting.over(at(7.9))
    assert (sitting.left(at(500)), sitting.over(at(500))) == (timedelta(), True)
    assert running(events, at(500)) == sitting


def test_a_clock_that_goes_back_gives_no_time():
    """Time is reckoned by the latest moment seen, and the difference can be said."""
    [sitting] = sittings([BEGUN, answer("q1", "a", 6), answer("q2", "a", 1)])

    assert sitting.answers == {"q1": "a", "q2": "a"}
    assert sitting.left(at(1)) == timedelta(minutes=2)
    assert sitting.went_back(at(1)) == timedelta(minutes=5)
    assert sitting.went_back(at(7)) == timedelta()


@given(st.lists(st.tuples(st.sampled_from(IDS), st.floats(-60, 20)), max_size=12))
def test_time_left_never_grows(steps):
    """However the clock jumps."""
    events, left = [BEGUN], [timedelta(minutes=8)]
    for id, minutes in steps:
        events.append(answer(id, "a", minutes))
        left.append(sittings(events)[0].left(at(minutes)))

    assert left == sorted(left, reverse=True)


def test_a_time_zone_changes_nothing():
    """Moments are compared, whatever zone they are told in."""
    tokyo = at(3).astimezone(timezone(timedelta(hours=9)))
    [sitting] = sittings([BEGUN, writing.answered(SITTING, "q1", "a", tokyo)])

    assert sitting.left(tokyo) == sitting.left(at(3)) == timedelta(minutes=5)


def test_what_comes_too_late_does_not_count_and_time_stays_over():
    """Also if the clock is put back afterwards."""
    [sitting] = sittings([BEGUN, answer("q1", "a", 7), answer("q1", "b", 8.1)])

    assert sitting.answers == {"q1": "a"}
    assert sitting.over(at(2))


def test_of_two_windows_the_later_event_holds():
    """Also if it takes the answer back."""
    events = [BEGUN, answer("q1", "a", 1), answer("q1", "b", 2), answer("q2", "a", 3), answer("q2", None, 4)]

    assert sittings(events)[0].answers == {"q1": "b"}


def test_flags_notes_and_what_is_struck():
    """What is not said again stays."""
    one = writing.noted(SITTING, "q1", at(1), flag=True, struck=("b",))
    [after] = sittings([BEGUN, one])
    [sitting] = sittings([BEGUN, one, writing.noted(after, "q1", at(2), note="units?")])

    assert (sitting.flags, sitting.struck["q1"], sitting.notes["q1"]) == ({"q1"}, ("b",), "units?")
    assert sitting.last == "q1"


def test_a_plan_for_a_task_can_be_given_and_taken_back():
    """A text; nothing else is a plan."""
    given = writing.planned(SITTING, "warm-up", "UpdateEndpoint: {}", at(1))

    assert sittings([BEGUN, given])[0].plans == {"warm-up": "UpdateEndpoint: {}"}
    assert sittings([BEGUN, given, writing.planned(SITTING, "warm-up", None, at(2))])[0].plans == {}


def test_the_sitting_that_can_go_on_comes_first():
    """Of two that have not ended, the one with time left."""
    long = replace(BEGUN, subject="s2", data={**BEGUN.data, "minutes": 600})
    late = replace(BEGUN, subject="s3", at=at(1))

    assert running([long, late], at(5)).id == "s3"
    assert running([long, late], at(50)).id == "s2"
    assert running([], START) is None


def closed(events, why="handed-in", tasks=None, minutes=5):
    """The events that end the one sitting among these."""
    [sitting] = sittings(events)
    passed = {"warm-up": True} if tasks is None else tasks
    return [*writing.closing(sitting, find, dict.fromkeys(IDS, "canary"), passed, why, at(minutes), events)]


def test_the_end_writes_an_answer_for_each_question_that_has_one():
    """As everywhere else, with the sitting as its session; then how it was judged, and what was gone."""
    events = [BEGUN, answer("q1", "a", 1), answer("q2", "b", 2), answer("q4", "a", 3)]
    *answers, end = closed(events)

    assert sorted((each.subject, each.data["correct"]) for each in answers) == [("q1", True), ("q2", False)]
    for each in answers:
        more = {"where": "exam", "session": "s1", "seed": 5, "revision": 2, "lesson": "canary", "hints": 0}
        assert more.items() <= each.data.items()
    assert (end.kind, end.subject, end.data["why"]) == ("exam-ended", "s1", "handed-in")
    assert end.data["right"] == {"q1": True, "q2": False}
    assert (end.data["tasks"], end.data["gone"]) == ({"warm-up": True}, ["q4"])


def test_an_end_that_was_cut_off_is_done_once_more_and_writes_nothing_twice():
    """A crash between two events."""
    events = [BEGUN, answer("q1", "a", 1), answer("q2", "b", 2)]
    first = closed(events)

    assert [each.subject for each in closed([*events, first[0]])] == [each.subject for each in first[1:]]


def test_after_the_end_nothing_changes():
    """The first end holds."""
    events = [BEGUN, answer("q1", "a", 1)]
    events += closed(events)

    [sitting] = sittings([*events, answer("q1", "b", 6), *closed([BEGUN], why="time")])
    assert (sitting.answers, sitting.ended.why) == ({"q1": "a"}, "handed-in")
    assert running(events, at(6)) is None


def test_the_result_leaves_out_what_is_gone():
    """Neither right nor wrong; a task counts as the profile said; unanswered is wrong."""
    events = [BEGUN, answer("q1", "a", 1)]
    [sitting] = sittings([*events, *closed(events)])
    done = result(sitting, [sitting])
    counted = {each.id for each in sitting.drawn if each.scored} - {"q4"}

    assert done.score.whole == Share(2 + ("q1" in counted), 2 + len(counted))
    assert set(done.wrong) == {"q2", "q3"}
    assert done.scaled[0] < done.scaled[1] < done.scaled[2]


def test_a_lab_that_is_gone_does_not_count():
    """It is told like a question."""
    [sitting] = sittings([BEGUN, *closed([BEGUN], tasks={})])

    assert sitting.ended.gone == {"warm-up", "q4"}
    assert result(sitting, []).score.whole.of == sum(each.scored for each in sitting.drawn if each.id != "q4")


def test_the_earlier_exams_stand_beside_it():
    """Of the same profile, that have ended."""
    first = [replace(each, subject=f"other-{each.subject}") for each in [BEGUN, *closed([BEGUN])]]
    strange = replace(BEGUN, subject="s0", data={**BEGUN.data, "profile": "another"})
    again = replace(BEGUN, subject="s2", at=at(60))
    found = sittings([*first, strange, again, replace(closed([BEGUN])[-1], subject="s2", at=at(63))])

    assert [each.id for each in result(found[-1], found).earlier] == ["other-s1"]


def test_a_sitting_that_has_not_ended_has_no_result():
    """It would tell marks."""
    with pytest.raises(ValueError, match="has not ended"):
        result(SITTING, [])


ANY = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.sampled_from(IDS)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(IDS), inner, max_size=3)),
    max_leaves=6,
)
KINDS = ("exam-begun", "exam-answered", "exam-noted", "exam-ended", "exam-dreamt")
KEYS = ("profile", "seed", "minutes", "questions", "places", "unscored", "tasks", "question", "task", "answer", "flag")
MORE = ("struck", "note", "why", "right", "gone", "revisions", "pass_mark", "task_counts", "task_domains", "missing")
STRANGE = st.builds(
    Event,
    st.just(at(1)),
    st.sampled_from(KINDS),
    st.sampled_from(("s1", "s2")),
    st.dictionaries(st.sampled_from(KEYS + MORE), ANY, max_size=8),
)


@given(st.lists(STRANGE, max_size=6))
def test_no_history_of_another_program_is_too_strange(events):
    """Whatever stands in the data, the fold goes on, and what is known can be told."""
    for sitting in sittings([BEGUN, *events]):
        assert sitting.left(at(2)) >= timedelta()
        if sitting.ended:
            assert result(sitting, []).score.whole.of >= 0


def test_a_sitting_of_a_newer_program_is_counted_and_left_alone():
    """So that it can be said."""
    newer = Event(START, "exam-begun", "s9", {"profile": "small", "sections": [1, 2]})

    assert (sittings([newer]), unreadable([newer, BEGUN])) == ((), 1)


def test_a_sitting_of_a_damaged_history_has_no_endless_time():
    """No calendar holds it."""
    [sitting] = sittings([BEGUN, replace(BEGUN, subject="s2", data={**BEGUN.data, "minutes": 10**12})])

    assert sitting.id == "s1"


def test_what_is_left_to_the_learner_counts_once_they_have_judged_it():
    """Only what was left, whatever a history says; the last word holds."""
    given = answer("q1", "a", 1)
    end = Event(at(2), "exam-ended", "s1", {"why": "handed-in", "right": {"q1": False, "q2": False}, "unsure": ["q1"]})

    def judged(question, right):
        return Event(at(3), "exam-judged", "s1", {"question": question, "right": right})

    def found(*more):
        return result(sittings([BEGUN, given, end, *more])[0], ())

    assert found().to_judge == ("q1",)
    assert found(judged("q2", True), judged("q1", "yes"), judged("q9", True)).to_judge == ("q1",)
    assert "q1" in found(judged("q1", False)).wrong
    done = found(judged("q1", False), judged("q1", True))
    assert (done.to_judge, done.ended.right, done.ended.judged) == ((), {"q1": True, "q2": False}, {"q1": True})
