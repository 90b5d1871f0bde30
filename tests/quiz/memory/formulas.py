"""FSRS-6 as it is published, written down once more: the wiki of open-spaced-repetition, "The Algorithm".

A same-day review follows the short-term formula; no success ever makes a memory weaker.
"""

from __future__ import annotations

from math import exp

W = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
)
"""The default parameters."""
GRADES = {"again": 1, "hard": 2, "good": 3}
DECAY = -W[20]
FACTOR = 0.9 ** (1 / DECAY) - 1


def remembered(days, stability):
    """R(t, S)."""
    return (1 + FACTOR * days / stability) ** DECAY


def interval(stability, retention=0.9):
    """Days until R has fallen to the retention; at least 1."""
    return max(round(stability / FACTOR * (retention ** (1 / DECAY) - 1)), 1)


def first(rating):
    """Stability and difficulty after the first review."""
    grade = GRADES[rating]
    return W[grade - 1], min(max(_first_difficulty(grade), 1.0), 10.0)


def following(stability, difficulty, rating, days):
    """Stability and difficulty after another one, so many whole days later."""
    grade, left = GRADES[rating], remembered(days, stability)
    if days == 0:
        growth = exp(W[17] * (grade - 3 + W[18])) * stability ** -W[19]
        after = stability * (max(growth, 1.0) if grade > 1 else growth)
    elif grade == 1:
        forgotten = W[11] * difficulty ** -W[12] * ((stability + 1) ** W[13] - 1) * exp(W[14] * (1 - left))
        after = min(forgotten, stability / exp(W[17] * W[18]))
    else:
        penalty = W[15] if grade == 2 else 1.0
        gain = exp(W[8]) * (11 - difficulty) * stability ** -W[9] * (exp(W[10] * (1 - left)) - 1) * penalty
        after = stability * (1 + gain)
    damped = difficulty - W[6] * (grade - 3) * (10 - difficulty) / 9
    return max(after, 0.001), min(max(W[7] * _first_difficulty(4) + (1 - W[7]) * damped, 1.0), 10.0)


def _first_difficulty(grade):
    return W[4] - exp(W[5] * (grade - 1)) + 1
