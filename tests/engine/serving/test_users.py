"""Users who stay on one side, and users who meet both models (spec inference 8)."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.plan import Plan
from engine.serving.users import Users
from engine.simulate import simulate
from engine.traffic.arrivals import Arrivals
from engine.traffic.streams import Streams
from engine.traffic.workload import Workload
from tests.engine.two_variants import two_variants

HALVES = (("A", 0.5), ("B", 0.5))


def run_with(users, targets=(), *, rate=5.0, weights=(1.0, 1.0)):
    """Return half an hour of two variants."""
    where = two_variants(rate=rate, users=users, target_variants=targets, weights=weights)
    return simulate(where, Plan(), 2, series=False)


@pytest.mark.parametrize("each", [0.5, 2.0, 6.0])
def test_by_weights_a_user_meets_both(each):
    """Of users who ask k times, k Poisson, those with a request on either side: (1 - e^(-k/2))^2 of all users. Within
    four standard errors (spec inference 8: routing is by request)."""
    users = int(5.0 * 1800 / each)
    met = run_with(users).met
    came, both = 1 - math.exp(-each), (1 - math.exp(-each / 2)) ** 2

    for found, share in ((met.answered, came), (met.met_several, both)):
        assert abs(found / users - share) <= 4 * math.sqrt(share * (1 - share) / users)


@pytest.mark.parametrize("weights", [(1.0, 1.0), (1.0, 0.0)])
def test_a_caller_who_hashes_keeps_them_apart(weights):
    """Nobody meets both, whatever the weights are; the sides have their shares of the users."""
    run = run_with(900, HALVES, weights=weights)
    first, second = (each.answers for each in run.outcomes)

    assert (run.met.answered, run.met.met_several) == (900, 0)
    assert abs(first / (first + second) - 0.5) <= 4 * math.sqrt(0.25 / 900)


def test_a_user_has_a_side():
    """In every slot the same one, by the seed; all users ask equally often."""
    users, arrivals = Users(50, Streams(7), 1e9), Arrivals(Workload(rate=40.0), 7)
    sides = [np.unique(users.aim(arrivals.slot(slot))) for slot in range(3)]

    assert len(sides[0]) == 50
    assert all(np.array_equal(sides[0], others) for others in sides[1:])


def test_nobody_knows_who_asks():
    """Without `users` the run has no such figure, and requests name a variant one by one."""
    run = run_with(None, HALVES)

    assert run.met is None
    assert sum(each.answers for each in run.outcomes) == run.totals.requests
