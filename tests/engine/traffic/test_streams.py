"""Every random number is keyed by seed, purpose and minute."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.traffic.streams import Purpose, Streams

keys = st.tuples(st.sampled_from(Purpose), st.integers(0, 100_000))


@given(st.integers(0, 2**63), st.lists(keys, min_size=1, max_size=6), st.data())
def test_a_key_always_gives_the_same_numbers(seed, order, data):
    """Whatever was drawn before, and however much of it, a key begins at the same place."""
    streams = Streams(seed)
    for purpose, minute in order:
        streams.at(purpose, minute).random(data.draw(st.integers(0, 50)))
    purpose, minute = order[0]

    assert streams.at(purpose, minute).random(5).tolist() == Streams(seed).at(purpose, minute).random(5).tolist()


def test_no_two_keys_share_numbers():
    """Streams of different seeds, purposes and minutes have nothing in common."""
    firsts = [
        tuple(Streams(seed).at(purpose, minute).random(2).tolist())
        for seed, purpose, minute in product((0, 1, 2), Purpose, (0, 1, 2, 1439))
    ]

    assert len(set(firsts)) == len(firsts)


OTHERS = [(Purpose.ROUTE, 0), (Purpose.ERROR, 1)]


@pytest.mark.parametrize("one, other", [((Purpose.ERROR, 0), other) for other in OTHERS], ids=["purpose", "minute"])
def test_keys_are_uncorrelated(one, other):
    """Knowing one stream says nothing about another: a correlation within four standard errors of zero."""
    n = 100_000
    left, right = (Streams(7).at(*key).random(n) for key in (one, other))

    assert abs(np.corrcoef(left, right)[0, 1]) < 4 / np.sqrt(n)


@pytest.mark.parametrize("purpose", [Purpose.COUNT, Purpose.ERROR])
def test_minutes_are_independent_of_each_other(purpose):
    """The first number of a minute is uniform over the minutes, and alone as well as with the minute before it."""
    n = 10_000
    streams = Streams(11)
    first = np.array([streams.at(purpose, minute).random() for minute in range(n)])
    alone = np.histogram(first, bins=100, range=(0, 1))[0]
    pairs = np.histogram2d(first[:-1], first[1:], bins=20, range=((0, 1), (0, 1)))[0]
    for found in (alone, pairs.ravel()):
        expected = found.sum() / found.size
        chi2 = ((found - expected) ** 2 / expected).sum()
        freedom = found.size - 1
        assert abs(chi2 - freedom) < 4 * np.sqrt(2 * freedom)


def test_purposes_keep_their_numbers():
    """The number of a purpose is part of a seed's meaning: a new one goes to the end."""
    names = "COUNT ARRIVAL ROUTE SERVICE_NORMAL SERVICE_EXPONENTIAL ERROR OVERHEAD PAYLOAD USER TAIL TARGET CONTROL"

    assert [purpose.name for purpose in Purpose][:12] == names.split()
    assert [purpose.value for purpose in Purpose] == list(range(len(Purpose)))
