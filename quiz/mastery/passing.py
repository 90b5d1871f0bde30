"""How likely an exam is passed, by what is believed of each of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, floor, lgamma

from quiz.mastery.beta import below, quantile
from quiz.mastery.posterior import SURE, Evidence


@dataclass(frozen=True, slots=True)
class Part:
    """A domain of an exam."""

    weight: float
    """Its share of the questions; only the ratios between weights matter."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Passing:
    """What is believed of one sitting."""

    p: float
    """The probability that it is passed."""
    low: float
    high: float
    """That probability, should the learner be as weak, or as strong, as nine in ten would be believed to be at most."""
    share_low: float
    share_high: float
    """Where the share of right answers that is to be expected lies with a probability of 90 %."""


def passing(parts: Sequence[Part], questions: int, share: float) -> Passing:
    """Return how likely a share of so many questions is answered right; ValueError without questions or weights.

    In a part the number of right answers is Beta-binomial: chance decides over each question, and what is believed of
    the learner over its probability. What is remembered, and the sum over parts, is brought into that form by its mean
    and variance; of a single part of which nothing is forgotten the result is exact.
    """
    if questions < 1 or not any(part.weight > 0 for part in parts) or any(part.weight < 0 for part in parts):
        raise ValueError(f"an exam has questions, and parts with weights, got {questions} and {parts}")
    needed = ceil(share * questions - 1e-9)
    counts = shared_out([part.weight for part in parts], questions)
    right = [1.0]
    for part, count in zip(parts, counts, strict=True):
        right = _sums(right, _beta_binomial(count, *_fitted(part.evidence.mean, part.evidence.variance)))
    shares = [count / questions for count in counts]
    mean = sum(share * part.evidence.mean for share, part in zip(shares, parts, strict=True))
    variance = sum(share**2 * part.evidence.variance for share, part in zip(shares, parts, strict=True))
    a, b = _fitted(mean, variance)
    weak, strong = quantile((1.0 - SURE) / 2.0, a, b), quantile((1.0 + SURE) / 2.0, a, b)
    p = min(sum(right[needed:]), 1.0)
    low, high = (_at_least(needed, questions, skill) for skill in (weak, strong))
    return Passing(p, min(low, p), max(high, p), weak, strong)


def shared_out(weights: Sequence[float], count: int) -> tuple[int, ...]:
    """Share a number out by weights, whole: largest remainders first, earlier ones before later ones."""
    total = sum(weights)
    exact = [count * weight / total for weight in weights]
    whole = [floor(each) for each in exact]
    by_remainder = sorted(range(len(weights)), key=lambda place: whole[place] - exact[place])
    for place in by_remainder[: count - sum(whole)]:
        whole[place] += 1
    return tuple(whole)


def _at_least(needed: int, of: int, skill: float) -> float:
    """Return the probability of so many right answers, each with the probability of the skill."""
    return below(skill, needed, of - needed + 1.0) if 0 < needed <= of else float(needed <= 0)


def _fitted(mean: float, variance: float) -> tuple[float, float]:
    """Return the Beta distribution of a mean and a variance."""
    size = mean * (1.0 - mean) / variance - 1.0
    return mean * size, (1.0 - mean) * size


def _beta_binomial(of: int, a: float, b: float) -> list[float]:
    """Return the probabilities of 0, 1, ... right answers."""
    fixed = lgamma(of + 1.0) + lgamma(a + b) - lgamma(a) - lgamma(b) - lgamma(of + a + b)
    return [
        exp(fixed - lgamma(k + 1.0) - lgamma(of - k + 1.0) + lgamma(k + a) + lgamma(of - k + b)) for k in range(of + 1)
    ]


def _sums(left: Sequence[float], right: Sequence[float]) -> list[float]:
    """Return the distribution of the sum of two numbers by theirs."""
    found = [0.0] * (len(left) + len(right) - 1)
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            found[i + j] += one * other
    return found
