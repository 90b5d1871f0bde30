"""Memories follow FSRS-6, to the digit; no clock and no exam breaks them."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.memory.scheduling import DAY, due_at, retrievability, reviewed
from tests.quiz.memory import formulas

MORNING = datetime(2026, 11, 2, 9, tzinfo=UTC)
LOCAL = timezone(timedelta(hours=-8))
RATINGS = st.sampled_from(["again", "hard", "good"])
DAYS = st.floats(0, 400)


def after(*history, begin=MORNING):
    """Return the memories after each review, given as a rating and the days since the one before."""
    memories = [None]
    at = begin
    for rating, days in history:
        at += timedelta(days=days)
        memories.append(reviewed(memories[-1], rating, at))
    return memories[1:]


GOLDEN = {
    "good whenever it is due": (
        [("good", 0), ("good", 2), ("good", 11), ("good", 46)],
        [(2.3065, 2.1181, 2), (10.9643, 2.1112, 11), (46.2802, 2.1043, 46), (162.8622, 2.0975, 163)],
    ),
    "forgotten once": (
        [("good", 0), ("good", 2), ("again", 13), ("good", 1), ("good", 3)],
        [(2.3065, 2.1181, 2), (10.9643, 2.1112, 11), (1.5688, 7.3922, 2), (3.5863, 7.3801, 4), (8.55, 7.3679, 9)],
    ),
    "wrong at first": (
        [("again", 0), ("good", 1), ("good", 1), ("hard", 4)],
        [(0.212, 6.4133, 1), (1.8868, 6.4021, 2), (4.4748, 6.3909, 4), (9.2751, 7.5894, 9)],
    ),
    "guesses": (
        [("hard", 0), ("hard", 1), ("hard", 2), ("good", 5)],
        [(1.2931, 5.1122, 1), (3.2494, 6.7405, 3), (5.8061, 7.8214, 6), (12.4599, 7.8088, 12)],
    ),
    "wrong for days": (
        [("again", 0), ("again", 1), ("again", 1), ("again", 1), ("good", 1)],
        [(0.212, 6.4133, 1), (0.1009, 8.8063, 1), (0.055, 9.5929, 1), (0.0334, 9.8514, 1), (0.2025, 9.8368, 1)],
    ),
    "a year too late": (
        [("good", 0), ("good", 365), ("again", 30)],
        [(2.3065, 2.1181, 2), (64.6949, 2.1112, 65), (3.1163, 7.3922, 3)],
    ),
    "several times a day": (
        [("good", 0), ("again", 0.1), ("good", 0.2), ("good", 0.1)],
        [(2.3065, 2.1181, 2), (0.7751, 7.3945, 1), (0.8282, 7.3823, 1), (0.881, 7.3702, 1)],
    ),
}
"""Ratings and days since the review before; stability, difficulty and days to the next one."""


@pytest.mark.parametrize(("history", "expected"), GOLDEN.values(), ids=GOLDEN)
def test_golden_histories(history, expected):
    """These figures are FSRS's; a package that gives others would move everybody's reviews."""
    found = [(memory.stability, memory.difficulty, (memory.due - memory.last) / DAY) for memory in after(*history)]

    assert found == [pytest.approx(each, abs=5e-5) for each in expected]


def test_the_figures_of_the_package():
    """Its own test of the state of a memory has this history and these figures."""
    *_, memory = after(("again", 0), ("good", 0), ("good", 1), ("good", 3), ("good", 8), ("good", 21))

    assert (memory.stability, memory.difficulty) == pytest.approx((53.62691, 6.3574867), abs=1e-4)


@settings(max_examples=40)
@given(st.lists(st.tuples(RATINGS, DAYS), min_size=1, max_size=8))
def test_the_published_formulas(history):
    """Whatever the history, stability, difficulty, interval and retrievability are those of the closed forms."""
    memories = after(*history)
    expected = formulas.first(history[0][0])
    for place, memory in enumerate(memories):
        if place:
            days = (memory.last - memories[place - 1].last).days
            expected = formulas.following(*expected, history[place][0], days)
        assert (memory.stability, memory.difficulty) == pytest.approx(expected, rel=1e-9)
        assert memory.due - memory.last == min(formulas.interval(memory.stability), 36_500) * DAY
        for days in (0, 1, 7, 100):
            expected_left = formulas.remembered(days, memory.stability)
            assert retrievability(memory, memory.last + days * DAY) == pytest.approx(expected_left, rel=1e-9)


@settings(max_examples=40)
@given(st.lists(st.tuples(RATINGS, DAYS), min_size=1, max_size=8))
def test_counts(history):
    """Reviews are counted, and of them those that came after the first one and were rated again."""
    *_, memory = after(*history)

    assert memory.reviews == len(history)
    assert memory.lapses == [rating for rating, _ in history[1:]].count("again")


@settings(max_examples=40)
@given(st.lists(st.tuples(RATINGS, st.datetimes(timezones=st.just(UTC))), min_size=1, max_size=6))
def test_no_clock_breaks_a_memory(history):
    """It may go anywhere: nothing raises, and nothing is due before a day has passed since the last review."""
    memory = None
    for rating, at in history:
        memory = reviewed(memory, rating, at)
        assert memory.due >= memory.last + DAY
        assert 0.0 < retrievability(memory, at) <= 1.0
        assert due_at(memory, None, MORNING) <= max(memory.due, MORNING)


def test_a_clock_that_went_back_stood_still():
    """Somebody set it right by an hour, or another machine's is slow: the last review stays the last."""
    [before] = after(("good", 0))

    assert reviewed(before, "good", MORNING - timedelta(hours=1)) == reviewed(before, "good", MORNING)


def test_a_clock_that_was_wrong_by_years():
    """What was dated 2099 would be due in 2099; it is due at once, and right again after the next review."""
    [before] = after(("good", 0), begin=datetime(2099, 1, 1, tzinfo=UTC))
    again = reviewed(before, "good", MORNING)

    assert due_at(before, None, MORNING) == MORNING
    assert MORNING + DAY <= again.due <= MORNING + 3 * DAY


@pytest.mark.parametrize("zone", [UTC, LOCAL])
def test_times_are_utc(zone):
    """In whatever zone a review is dated."""
    [memory] = after(("good", 0), begin=MORNING.astimezone(zone))

    assert memory.last.tzinfo is memory.due.tzinfo is UTC
    assert memory.last == MORNING


EXAM = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("seen", "now", "expected"),
    [
        pytest.param(date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 24), id="the last week begins"),
        pytest.param(date(2026, 11, 24), date(2026, 11, 25), date(2026, 12, 1), id="seen in the last week"),
        pytest.param(date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 24), id="the day before that week"),
        pytest.param(date(2026, 11, 2), date(2026, 12, 1), date(2026, 12, 18), id="the day has come"),
        pytest.param(date(2026, 10, 1), date(2026, 10, 2), date(2026, 11, 16), id="due before that week anyway"),
    ],
)
def test_an_exam_caps_intervals(seen, now, expected):
    """What is due only after an exam is seen once more in its last week, and nothing is put off beyond its day."""
    noon = timedelta(hours=12)
    begin = datetime.combine(seen, datetime.min.time(), LOCAL) - 13 * DAY
    *_, memory = after(("good", 0), ("good", 2), ("good", 11), begin=begin)

    assert (memory.due - memory.last) / DAY == 46
    assert due_at(memory, EXAM, datetime.combine(now, datetime.min.time(), LOCAL) + noon).date() == expected


@settings(max_examples=40)
@given(st.lists(st.tuples(RATINGS, DAYS), min_size=1, max_size=6), st.integers(0, 60), st.integers(1, 60))
def test_all_is_fresh_on_the_day(history, since, until):
    """Whoever reviews what is due has seen everything in the last week before an exam, or remembers it at nine in ten
    until then; and whatever was just seen is not due before tomorrow, or the exam itself."""
    *_, memory = after(*history)
    now = memory.last + since * DAY
    exam = (now + until * DAY).date()
    begins = datetime.combine(exam, datetime.min.time(), UTC)

    assert due_at(memory, exam, now) <= min(begins, memory.due)
    assert due_at(memory, exam, now) >= min(begins, memory.last + DAY)
    if due_at(memory, exam, now) == begins:
        assert memory.last >= begins - 8 * DAY


def test_the_package_is_loaded_late():
    """Nothing is loaded before something is reviewed."""
    code = "import sys, quiz.memory.scheduling; print('fsrs' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "False"
