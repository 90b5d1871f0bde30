"""The score of an exam: against the rules, and intervals against what they promise."""

from __future__ import annotations

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.exams.draw import Drawn
from quiz.exams.score import Counted, Share, Z, scaled_estimate, score, share_for

QUESTIONS = (
    Drawn("a", "3", "3.1"),
    Drawn("b", "3", "3.3"),
    Drawn("c", "4", "4.2"),
    Drawn("d", "4", "4.2", scored=False),
)


def test_an_unanswered_question_is_wrong_and_an_unscored_one_does_not_count():
    """Right is counted by domain and by objective."""
    done = score(QUESTIONS, {"a": True, "b": False, "d": True, "gone": True})

    assert done.whole == Share(1, 3)
    assert done.domains == {"3": Share(1, 2), "4": Share(0, 1)}
    assert done.objectives == {"3.1": Share(1, 1), "3.3": Share(0, 1), "4.2": Share(0, 1)}
    assert done.unscored == Share(1, 1)


def test_a_task_counts_as_the_profile_says():
    """All or nothing, in its domain."""
    tasks = (Counted(domain="3", counts=4, passed=True), Counted(domain="4", counts=2, passed=False))
    done = score(QUESTIONS, {"a": True}, tasks)

    assert done.whole == Share(5, 9)
    assert done.domains == {"3": Share(5, 6), "4": Share(0, 3)}


@pytest.mark.parametrize(("right", "of", "low", "high"), [(0, 10, 0.0, 0.2775), (8, 10, 0.4902, 0.9433)])
def test_intervals_as_printed(right, of, low, high):
    """Wilson's, to four digits: 0 of 10 ends at z^2 / (n + z^2), 8 of 10 solves (p - .8)^2 = z^2 p (1 - p) / 10."""
    assert Share(right, of).interval == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_ends_where_the_share_would_be_too_far_away(counts):
    """Its ends solve the equation that the score test is made of, and it holds the share."""
    share = Share(*counts)
    low, high = share.interval

    assert 0 <= low <= share.share <= high <= 1
    for end in (low, high):
        assert abs(share.share - end) == pytest.approx(Z * math.sqrt(end * (1 - end) / share.of), abs=1e-9)


def test_intervals_cover_a_learner_of_known_skill():
    """In 95 % of 4,000 exams of 50 questions, give or take four binomial standard deviations of 0.35 %."""
    chance = Random(11)
    hits = 0
    for _ in range(4000):
        skill = chance.uniform(0.3, 0.95)
        low, high = Share(sum(chance.random() < skill for _ in range(50)), 50).interval
        hits += low <= skill <= high

    assert hits / 4000 == pytest.approx(0.95, abs=0.014)


def test_nothing_asked_is_nothing_known():
    """The interval is the whole line."""
    assert (Share().share, Share().interval) == (0.0, (0.0, 1.0))


def test_the_scale_is_an_estimate():
    """720 is put at 68.9 % (spec exam)."""
    assert share_for(720) == pytest.approx(0.689, abs=0.0005)
    assert [scaled_estimate(share) for share in (0, share_for(720), 1)] == [100, 720, 1000]
