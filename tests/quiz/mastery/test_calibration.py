"""Predictions are scored as they should be."""

from __future__ import annotations

from random import Random

import pytest

from quiz.mastery.calibration import Bin, Scores, scored


def test_by_hand():
    """The Brier score is the mean of squared errors; bins are tenths."""
    found = scored(Scores(), [(0.9, True), (0.94, False), (0.2, False)])

    assert found.brier == pytest.approx((0.1**2 + 0.94**2 + 0.2**2) / 3)
    assert found.bins == (Bin(0.2, 0.3, 1, 0.2, 0), Bin(0.9, 1.0, 2, pytest.approx(0.92), 1))


def test_nothing_predicted():
    """There is no score, and no bin."""
    assert (Scores().brier, Scores().bins) == (None, ())


def test_nobody_is_surer_than_sure():
    """A prediction of 1 that fails costs no more than one of 0.99."""
    assert scored(Scores(), [(1.0, False)]).brier == pytest.approx(0.99**2)
    assert scored(Scores(), [(0.0, False)]).brier == pytest.approx(0.01**2)


def test_in_pieces():
    """Adding up in pieces is adding up at once, to the last bit."""
    random = Random(1)
    answers = [(random.random(), random.random() < 0.5) for _ in range(100)]

    assert scored(scored(Scores(), answers[:37]), answers[37:]) == scored(Scores(), answers)
