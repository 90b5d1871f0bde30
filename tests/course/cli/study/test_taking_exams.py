"""`mlcourse exam take`: line by line, interrupted anywhere, ended by a typed yes or by time."""

from __future__ import annotations

import pytest

from course import wiring
from course.history import Event
from course.learning.sittings import sittings


def known(home):
    """The sittings in the history."""
    history = wiring.journal(wiring.Places(home, ()))
    try:
        return sittings(history.events())
    finally:
        history.close()


def record(home, make):
    """Write something down, as another window does."""
    history = wiring.journal(wiring.Places(home, ()))
    history.record(make(sittings(history.events())[0]))
    history.close()


def right(sitting, home, at):
    """The number of the right option of an entry, as it is shown."""
    from quiz.presentation import posed
    from quiz.questions import Option, Single

    options = (Option(id="a", text="Green", why="", correct=True), Option(id="b", text="Blue", why=""))
    shown = posed(Single(id=sitting.questions[at], stem="", explain="", options=options), sitting.seed)
    return str([option.id for option in shown.options].index("a") + 1)


def test_an_exam_from_beginning_to_end(take, mlcourse, pack, home, clock):
    """What is typed is said back, nothing is marked before the end, and then all is told."""
    begun = take("a", "b")
    went_on = take("a", "end", "yes")
    [sitting] = known(home)

    assert (begun.code, went_on.code) == (0, 0)
    assert "It begins now, and takes 16 minutes." in begun.out
    assert "Question 1 of 4. Not answered.\nWhich fleet is new, asked by" in begun.out
    assert "Written down for question 1:" in begun.out
    assert "Green" in begun.out
    for told in ("Because of", "It is old.", "So says", "Right", "traffic light", "scored"):
        assert told not in begun.out.partition("It begins now")[2]
    assert "You go on with the exam small. 16 minutes of 16 are left.\n\nQuestion 3 of 4." in went_on.out
    assert "1 of 4 not answered, 0 flagged. What is not answered is wrong." in went_on.out
    assert sitting.answers == dict(zip(sitting.questions, ("a", "b", "a"), strict=False))
    assert sitting.ended.right == dict(zip(sitting.questions, (True, False, True), strict=False))

    result = mlcourse("--pack", str(pack), "exam", "result")
    assert result.code == 0
    assert all(f"Because of {id}." in result.out and f"So says {id}." in result.out for id in sitting.questions)
    assert "Scaled score, an estimate: " in result.out
    assert "720 is needed, about 68.9%. How it is reckoned is not public." in result.out
    assert "the bank did not cover: 1 of domain 4" in result.out
    assert f"To practise: {sitting.questions[1]}, {sitting.questions[3]}" in result.out


def test_numbers_are_places_as_shown(take, home, clock):
    """Whatever the order in the file."""
    take()
    [sitting] = known(home)
    take(right(sitting, home, 0), right(sitting, home, 1))

    assert set(known(home)[0].answers.values()) == {"a"}


def test_the_result_as_json(take, mlcourse, pack, clock):
    """Shares with intervals, an estimate that is called one, every question, and the earlier exams."""
    take("a", "a", "a", "a", "end", "yes")
    first = mlcourse("--pack", str(pack), "exam", "result", "--json").json
    clock(60)
    take("b", "end", "yes")
    again = mlcourse("--pack", str(pack), "exam", "result", "--json").json

    assert first["score"] == {"right": 4, "of": 4, "share": 1.0, "low": pytest.approx(0.51, abs=0.01), "high": 1.0}
    assert (first["scaled_estimate"]["score"], first["unscored"]["of"], first["missing"]) == (1000, 0, {"4": 1})
    assert (first["domains"].keys(), first["objectives"].keys()) == ({"3"}, {"3.1"})
    assert [question["right"] for question in first["questions"]] == [True] * 4
    assert again["earlier"] == [{"id": first["id"], "ended": first["ended"], "right": 4, "of": 4}]
    assert len(again["wrong"]) == 4
    assert mlcourse("--pack", str(pack), "exam", "review", first["id"][:6], "--json").json == first


def test_answers_count_as_answers_everywhere_else(take, mlcourse, pack, clock):
    """Progress knows the questions."""
    take("a", "b", "end", "yes")
    questions = mlcourse("progress", "--json").json["questions"]

    assert sorted(each["last_correct"] for each in questions.values()) == [False, True]


def test_the_commands(take, home, clock):
    """Flag, note, strike, go and back, list, time; each says what it did."""
    said = take(
        "flag", "note which fleet?", "strike 2", "next", "go 4", "previous", "go 9", "go x", "list", "time", "help"
    ).out
    [sitting] = known(home)
    first = sitting.questions[0]

    for line in (
        "Flagged.\nNoted.\nRuled out: 2.\n",
        "There is none; they are numbered from 1 to 4, and this is 3.",
        "Question 1 of 4: Not answered. Flagged. Note: which fleet?\n",
        "4 of 4 not answered, 1 flagged.",
        "16 minutes of 16 left.",
        "strike N ",
    ):
        assert line in said
    assert (sitting.flags, sitting.notes[first], len(sitting.struck[first])) == ({first}, "which fleet?", 1)
    again = take("go 1", "flag", "note", "strike 2", "a", "previous", "clear", "clear").out
    assert "ruled out: " in again
    assert "The flag is taken away.\nThe note is taken away.\nNothing is ruled out.\n" in again
    assert "The answer is taken back.\nThere is no answer to take back.\n" in again
    assert (known(home)[0].flags, known(home)[0].answers) == (frozenset(), {})


@pytest.mark.parametrize("line", ["c", "7", "a,b", "flags", "strike me out", "next please"])
def test_what_is_no_answer_is_not_written_down(take, home, clock, line):
    """It says how one is typed, and costs nothing."""
    said = take(line).out

    assert "such as 2." in said
    assert known(home)[0].answers == {}


def test_handing_in_needs_a_typed_yes(take, home, clock):
    """Anything else goes on."""
    assert "Not handed in; the exam goes on." in take("end", "y", "a").out
    assert known(home)[0].ended is None


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), None], ids=["Ctrl-C", "end of input"])
def test_an_exam_that_was_interrupted_goes_on(take, home, clock, stop):
    """Where it was, with what was answered, and the clock right; the exam need not be named."""
    result = take("a", *([stop] if stop else []))
    clock(5)
    again = take("b")

    assert result.code == (130 if stop else 0)
    assert ("mlcourse exam take small" in result.out) is (stop is None)
    assert "11 minutes of 16 are left.\n\nQuestion 2 of 4." in again.out
    assert list(known(home)[0].answers.values()) == ["a", "b"]


def test_time_ends_an_exam_while_it_is_taken(take, home, clock):
    """What is typed too late does not count."""
    result = take("a", lambda: clock(16), "b")
    [sitting] = known(home)

    assert "Time is up." in result.out
    assert "Exam small, begun 2026-11-26 10:00 UTC, time was up." in result.out
    assert (list(sitting.answers.values()), sitting.ended.why) == (["a"], "time")


def test_time_ends_an_exam_that_was_left(take, home, clock):
    """At the next start, as it stood; another one is begun only when that is asked for again."""
    take("a")
    clock(600)
    result = take("b")

    assert "The time of the exam small was up while it was closed." in result.out
    assert [(sitting.ended.why, len(sitting.answers)) for sitting in known(home)] == [("time", 1)]
    assert "It begins now" in take().out


def test_a_clock_that_went_back(take, home, clock):
    """It is said, and gives no time."""
    clock(9)
    take("a")
    clock(4)
    result = take("b")

    assert "The clock shows an earlier time than this exam has seen, by 5 minutes." in result.err
    assert "16 minutes of 16 are left" in result.out
    assert len(known(home)[0].answers) == 2


def test_another_window_may_answer_too(take, home, clock):
    """The later event holds, and an end is an end."""
    from course.learning.exams.writing import answered

    now = wiring.now()
    take("a", lambda: record(home, lambda sitting: answered(sitting, sitting.questions[0], "b", now)), "a")
    assert list(known(home)[0].answers.values()) == ["b", "a"]

    ended = take(lambda: record(home, lambda sitting: Event(now, "exam-ended", sitting.id, {"right": {}})), "b")
    assert "This exam was ended in another window." in ended.out
    assert len(known(home)[0].answers) == 2


def test_one_exam_at_a_time(take, mlcourse, clock):
    """Another one waits; the result of one that goes on is not told."""
    take("a")
    result = take(exam="mla-c01")

    assert result.code == 2
    assert "the exam small still goes on, 16 minutes are left" in result.err


def test_nothing_is_told_before_the_end(take, mlcourse, home, clock):
    """Not even by `exam result`."""
    take("a")
    [sitting] = known(home)

    for arguments in ([], [sitting.id]):
        result = mlcourse("exam", "result", *arguments)
        assert (result.code, result.out) == (2, "")


def test_what_changed_meanwhile_is_said(take, pack, home, clock):
    """The profile, a question that is gone and one that is another now: nothing is lost, and what is gone does not
    count."""
    take("a", "a", "a", "a")
    exam, bank = pack / "exams" / "small.yaml", pack / "01-fleets" / "more.yaml"
    exam.write_text(exam.read_text().replace("title: A", "revision: 2\ntitle: A"))
    text = bank.read_text().replace("id: which-one\n", "id: which-one\n    revision: 2\n")
    bank.write_text(text.replace("id: which-two\n", "id: which-other\n"))
    result = take("end", "yes")
    [sitting] = known(home)

    assert "The exam small has changed since; this sitting stays as it began." in result.err
    assert "Gone since, and not counted: which-two." in result.err
    assert "Changed since it began: which-one." in result.err
    assert len(sitting.answers) == 4
    assert (sitting.ended.gone, len(sitting.ended.right)) == ({"which-two"}, 3)
    assert "Gone meanwhile, and not counted: which-two." in result.out


def test_an_exam_whose_pack_is_gone(take, mlcourse, pack, home, clock):
    """Its result is told as far as the history knows it."""
    take("a", "a", "end", "yes")
    result = mlcourse("exam", "result")

    assert result.code == 0
    assert result.out.count("This question is gone. Your answer is still in your history.") == 4
    assert "Right: 2 of 4" in result.out


def test_an_exam_of_a_newer_program(take, home, clock):
    """It is said, and left alone."""
    take("a", "end", "yes")
    newer = Event(wiring.now(), "exam-begun", "s9", {"profile": "small", "sections": [1]})
    record(home, lambda _: newer)

    assert "1 exam in your history cannot be read by this version of the program" in take("a").err


def test_a_practical_task(take, pack, mlcourse, home, clock):
    """A plan is checked when it is handed in, graded as the lab is, and counts as the profile says."""
    from tests.course.cli.study.conftest import TASK

    exam = pack / "exams" / "small.yaml"
    exam.write_text(exam.read_text().replace("sources", TASK))
    folder = pack / "01-fleets" / "update"
    (folder / "bad.yaml").write_text("UpdateEndpoint: {EndpointName: churn}\n")
    result = take(
        "go 5", "a", "plan none.yaml", f"plan {folder / 'bad.yaml'}", f"plan {folder / 'reference.yaml'}", "end", "yes"
    )
    [sitting] = known(home)

    assert "Task 1 of 1, entry 5. Not answered.\nAn update\n\nUpdate the endpoint." in result.out
    assert "Nothing can be answered here. Type plan FILE for a task" in result.out
    assert "none.yaml cannot be read" in result.err
    assert "AWS would not accept this plan" in result.out
    assert "The plan is written down. It is graded at the end." in result.out
    passed = sitting.ended.tasks["update"]
    grade = mlcourse("--pack", str(pack), "lab", "grade", "update", str(folder / "reference.yaml"), "--seeds", "1")
    assert passed is (grade.code == 0)
    assert f"Task update: {'passed' if passed else 'not passed'}" in result.out
    assert f"Right: {2 * passed} of 6" in result.out


def test_what_was_reset_is_forgotten(take, mlcourse, home, clock):
    """An exam that goes on is not taken up again, and one that ended has no result."""
    take("a")
    record(home, lambda _: Event(wiring.now(), "reset", "all"))

    assert "It begins now" in take("end", "yes").out
    record(home, lambda _: Event(wiring.now(), "reset", "all"))
    assert "no exam has ended yet" in mlcourse("exam", "result").err
    gone = take("a", lambda: record(home, lambda _: Event(wiring.now(), "reset", "all")), "b")
    assert (gone.code, "reset in another window" in gone.err) == (2, True)


def test_an_exam_whose_file_went_wrong_stands_in_nobodys_way(take, mlcourse, pack, home, clock):
    """The other exams are listed, and a sitting that began goes on and ends as it began."""
    take("a")
    file = pack / "exams" / "small.yaml"
    file.write_text(file.read_text().replace("weight: 80", "weight: 70"))
    listed = mlcourse("--pack", str(pack), "exam", "list", "--json")
    refused = mlcourse("--pack", str(pack), "exam", "draw", "small")
    went_on = take("end", "yes")
    [sitting] = known(home)

    assert (listed.code, [each["id"] for each in listed.json]) == (1, ["mla-c01", "me1-c02", "mla-c02", "course"])
    assert listed.err.startswith("The exam small is left out: ")
    assert "weights that add up to 90; they must add up to 100" in listed.err
    assert (refused.code, went_on.code) == (2, 0)
    assert sitting.ended is not None
    assert mlcourse("--pack", str(pack), "exam", "result").code == 0
