"""Instances and cost, minute by minute, agree with what the run says of itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.simulate import simulate
from labs.film.bill import cost_so_far, cost_without, most_instances
from labs.film.film import film_of
from tests.labs.film.runs import TYPE, WORLD, broken_run
from tests.labs.tiny import GUARDED, LAB

PRICED = replace(WORLD, prices_per_hour={TYPE: 0.6})
"""A cent a minute."""


def test_a_price_that_nobody_knows_is_no_zero():
    """The bill so far is then not known either (spec inference 6.1)."""
    run = broken_run()
    odd = replace(run, instances=tuple(replace(each, types={"ml.inf1.2xlarge": 1}) for each in run.instances))

    assert set(cost_so_far(odd, WORLD)) == set(cost_without(odd, WORLD)) == {None}


def test_a_minute_has_the_most_instances_that_there_were_in_it():
    """Green comes at 5:07 and goes at 12:32: both minutes count, the one after does not."""
    green = most_instances(broken_run(), "churn-v2")

    assert green[:5] == (None,) * 5
    assert green[5:13] == (4.0,) * 8
    assert set(green[13:]) == {0.0}
    assert set(most_instances(broken_run(), "churn-v1")) == {4.0}


def test_the_cost_is_billed_by_the_second():
    """Four instances for 31 minutes, and four more for 445 seconds."""
    spent, without = cost_so_far(broken_run(), PRICED), cost_without(broken_run(), PRICED)

    assert spent[4] == without[4] == pytest.approx(5 * 0.04)
    assert spent[5] - without[5] == pytest.approx(53 / 60 * 0.04)
    assert spent[30] - without[30] == pytest.approx(445 / 60 * 0.04)
    assert without[30] == pytest.approx(31 * 0.04)


def test_at_the_end_it_is_the_cost_of_the_run():
    """What the screen shows is what the grade counts."""
    world = LAB.world_with(LAB.releases[0])
    run = simulate(world, GUARDED, 3)
    film = film_of(run, world, GUARDED)

    assert film.cost_usd[int(run.duration_s // 60) - 1] == pytest.approx(run.totals.cost_usd)
    assert run.totals.cost_usd > 0


def test_what_there_would_be_is_known_before_the_run_is_over():
    """A run that has got as far as minute 12 has a bill for 12 minutes; what it would be without an update goes on."""
    whole = broken_run()
    run = replace(whole, ended_s=720.5, instances=tuple(each for each in whole.instances if each.t < 720.5))

    assert cost_so_far(run, PRICED) == cost_so_far(whole, PRICED)[:12]
    assert cost_without(run, PRICED) == cost_without(whole, PRICED)[: int(whole.duration_s // 60)]


def test_a_run_without_instances_costs_nothing():
    """Not even a division by them."""
    run = replace(broken_run(), instances=())

    assert set(cost_so_far(run, PRICED)) == set(cost_without(run, PRICED)) == {0.0}
    assert set(most_instances(run, "churn-v1")) == {None}
