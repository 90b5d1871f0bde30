"""Readiness, and whether the program's own predictions come true."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from random import Random

import pytest

from course.history import Event
from course.learning.readiness import brier, calibration, pass_share, readiness
from course.learning.reviews import Reviews, reviews_of
from quiz.mastery.passing import Part, passing
from quiz.mastery.posterior import Evidence
from quiz.memory.scheduling import retrievability, reviewed
from tests.course.learning.histories import DAY, NOON, answered, card, simulated


@dataclass(frozen=True)
class Domain:
    """A part of an exam."""

    id: str
    title: str
    weight: int


@dataclass(frozen=True)
class Place:
    """What a question serves."""

    domain: str


@dataclass(frozen=True)
class Profile:
    """An exam whose objectives begin with their domain's id."""

    id: str = "exam"
    questions: int = 25
    unscored: int = 5
    pass_mark: int | None = 720
    domains: tuple[Domain, ...] = (Domain("1", "Rollouts", 60), Domain("2", "Alarms", 40))

    def places(self, cards):
        """By question."""
        return {each.id: [Place(name.partition(".")[0]) for name in each.objectives["exam"]] for each in cards}


CARDS = [
    *(card(f"canary-{n}", "canary", objectives={"exam": ("1.1", "1.2")}) for n in range(30)),
    *(card(f"alarms-{n}", "alarms", objectives={"exam": ("2.1",)}) for n in range(30)),
]


def answers(lesson, right, of):
    """First answers to questions of a lesson."""
    return [answered(f"{lesson}-{n}", correct=n < right, lesson=lesson) for n in range(of)]


def test_what_is_believed():
    """The first answers of each domain, weighed as the exam weighs them."""
    found = readiness(Profile(), CARDS, reviews_of([*answers("canary", 10, 12), *answers("alarms", 5, 8)]), NOON)
    expected = passing([Part(60, Evidence(10, 12)), Part(40, Evidence(5, 8))], 20, (720 - 100) / 900)

    assert (found.p_pass, found.low, found.high) == (expected.p, expected.low, expected.high)
    assert (found.share_low, found.share_high) == (expected.share_low, expected.share_high)
    assert found.enough
    assert found.why == "It rests on 20 first answers, and takes 68.9% right for what passes: an estimate."


@pytest.mark.parametrize(
    ("history", "why"),
    [
        pytest.param([], "12 more about Rollouts; 8 more about Alarms", id="none"),
        pytest.param(answers("canary", 30, 30), "8 more about Alarms", id="one domain"),
        pytest.param([*answers("canary", 3, 11), *answers("alarms", 8, 8)], "1 more about Rollouts", id="almost"),
        pytest.param(
            [*answers("canary", 12, 12), *answers("alarms", 7, 7) * 3], "1 more about Alarms", id="the same ones again"
        ),
    ],
)
def test_evidence_that_does_not_suffice(history, why):
    """Each domain needs as many first answers as an exam asks of it."""
    found = readiness(Profile(), CARDS, reviews_of(history), NOON)

    assert not found.enough
    assert found.why == f"First answers are missing: {why}."


def test_what_the_course_does_not_cover():
    """No diligence brings evidence where there are no questions."""
    found = readiness(Profile(), CARDS[:30], reviews_of(answers("canary", 30, 30)), NOON)

    assert (found.enough, found.why) == (False, "First answers are missing: the course has 0 of 8 about Alarms.")


def test_an_empty_bank():
    """Then nothing is known, and it is said."""
    found = readiness(Profile(), [], Reviews(), NOON)

    assert not found.enough
    assert 0.0 < found.low <= found.p_pass <= found.high < 1.0


def test_a_mark_that_is_not_published():
    """It is taken to be the usual one."""
    assert pass_share(Profile(pass_mark=None)) == pass_share(Profile()) == pytest.approx(0.6889, abs=5e-5)


def test_forgetting_lowers_it():
    """A year without a review."""
    known = reviews_of([*answers("canary", 12, 12), *answers("alarms", 8, 8)])

    assert readiness(Profile(), CARDS, known, NOON + 365 * DAY).p_pass < readiness(Profile(), CARDS, known, NOON).p_pass


def test_each_prediction_comes_before_its_answer():
    """The first answers of a lesson by the rule of succession, a review by the memory; then it is added up."""
    history = [
        answered("a"),
        answered("b", correct=False),
        answered("c"),
        answered("x", lesson="linear"),
        answered("a", 9, correct=False),
    ]
    left = retrievability(reviewed(None, "good", NOON), NOON + 9 * DAY)
    said = [(1 / 2, 1), (2 / 3, 0), (1 / 2, 1), (1 / 2, 1), (left, 0)]

    assert brier(history) == pytest.approx(sum((p - came) ** 2 for p, came in said) / 5)
    assert sum(each.count for each in calibration(history)) == 5
    assert brier([]) is None


def test_predictions_of_first_answers_come_true():
    """Learners of known skills, from a tenth to nine tenths right: of the answers of each bin about as many are right
    as was said. Four standard errors are allowed, and what is learned about a skill on the way."""
    history = [
        event
        for seed in range(8)
        for event in simulated({f"{seed}-{tenths}": (tenths / 10, 40) for tenths in range(1, 10)}, seed)
    ]
    for each in calibration(history):
        if each.count > 100:
            error = sqrt(each.predicted * (1 - each.predicted) / each.count)
            assert each.right / each.count == pytest.approx(each.predicted, abs=4 * error + 0.03)
    assert brier(history) < 0.2, "a coin would get 0.25, and who knew the skills 0.167"


def test_predictions_of_reviews_come_true():
    """A learner who forgets as FSRS says: of reviews at any distance as many are right as was said."""
    random, history, memories = Random(2), [], {}
    for day in range(0, 300, 3):
        for question in range(day % 10, 100, 10):
            at, name = NOON + day * DAY, f"q{question}"
            before = memories.get(name)
            right = random.random() < (retrievability(before, at) if before else 0.5)
            memories[name] = reviewed(before, "good" if right else "again", at)
            history.append(Event(at, "answered", name, {"correct": right, "lesson": "canary"}))
    bins = [each for each in calibration(history) if each.low >= 0.6 and each.count > 50]

    assert bins
    for each in bins:
        error = sqrt(each.predicted * (1 - each.predicted) / each.count)
        assert each.right / each.count == pytest.approx(each.predicted, abs=4 * error + 0.01)
