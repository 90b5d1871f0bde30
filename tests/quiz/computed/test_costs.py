"""What updates and idle fleets cost, against the simulator's own bill and against sums done by hand."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.catalogue.instances import instance_types
from engine.plan import Plan
from engine.simulate import simulate
from quiz.computed import costs
from tests.engine.rollouts import ONE, STEADY, all_at_once, canary, in_batches, linear, percent, update, world

TYPES = st.sampled_from(["ml.m5.xlarge", "ml.g5.xlarge", "ml.g6.xlarge"])
MINUTES = st.integers(1, 60)
START_S = STEADY.provision_s


def price(type):
    """USD an hour."""
    return instance_types()[type].usd_per_hour


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(canary(ONE, 300, 600), id="small canary"),
        pytest.param(canary(percent(50), 600, 300), id="half"),
        pytest.param(linear(percent(25), 240, 300), id="linear"),
        pytest.param(all_at_once(900), id="all at once"),
        pytest.param(in_batches(percent(25), 300), id="rolling"),
        pytest.param(in_batches(percent(50), 600), id="large batches"),
    ],
)
def test_what_an_update_adds_is_what_the_simulator_bills(settings):
    """But for the seconds of shifts and teardown, which the questions leave out: less than a minute and a half for each
    start of instances."""
    run = simulate(
        world(count=8, rate=0.5, duration_s=7200.0, timing=STEADY), Plan.of(update(settings)), 0, series=False
    )
    found = costs.extra_minutes(settings.policy, 8)
    shorter = (60 * costs.START_MIN - START_S) / 60 * 8

    assert found - shorter <= run.totals.extra_instance_minutes <= found - shorter + 8 * 3.0


@given(st.sampled_from([4, 8, 12, 16, 20]), st.integers(4, 10), st.integers(5, 20), st.integers(0, 14))
def test_the_cheapest_of_four_updates_is_the_one_that_stands_shortest(instances, wait, term, draw):
    """Instances times minutes, by hand for each kind."""
    found = costs.cheapest_update(instances, wait, term, draw)
    assume(found is not None)
    start = costs.START_MIN
    by_hand = {
        f"CANARY of {instances // 2} ": start + wait + term,
        "CANARY of 1 ": start + 2 * wait + term,
        "LINEAR": start + 3 * wait + term,
        "ALL_AT_ONCE": start + term,
        f"Rolling in batches of {instances // 4},": start + wait,
        f"Rolling in batches of {instances // 2},": start + 3 * wait,
    }
    said = {name: found[name] for name in ("cheapest", "dear_1", "dear_2", "dear_3")}
    minutes = {
        name: instances * next(m for word, m in by_hand.items() if text.startswith(word)) for name, text in said.items()
    }

    assert minutes == {name: found[f"minutes_{name}"] for name in said}
    assert minutes["cheapest"] == min(minutes.values()) < minutes["dear_1"] / 1.14
    assert all(str(each // instances) in found[f"because_{name}"] for name, each in minutes.items())


@given(st.sampled_from([4, 10, 20]), TYPES, st.sampled_from([10, 20, 25]), MINUTES, MINUTES)
def test_a_linear_update_is_paid_for_one_wait_less_than_it_has_steps(instances, type, step, wait, term):
    """And for the final bake."""
    found = costs.linear_bill(instances, type, step, wait, term)
    assume(found is not None)
    minutes = (100 // step - 1) * wait + term

    assert found["minutes"] == minutes
    assert found["usd"] == pytest.approx(instances * price(type) * minutes / 60, abs=0.0051)


@given(st.integers(1, 20), TYPES, MINUTES, st.integers(1, 95))
def test_attempts_are_a_geometric_series(instances, type, minutes, wrong):
    """One attempt, p more, p squared more, and so on."""
    found = costs.attempts(instances, type, minutes, wrong)
    one = instances * price(type) * minutes / 60

    assert found["usd"] == pytest.approx(one * sum((wrong / 100) ** k for k in range(2000)), abs=0.0051)


@given(st.integers(2, 8), TYPES, st.integers(1, 6), st.sampled_from([50, 80, 100, 150, 200, 250]))
def test_a_month_is_worked_or_idle(instances, type, rate, work):
    """Seconds of work in each second, over all instances."""
    found = costs.idle_month(instances, type, rate, work)
    assume(found is not None)
    total = instances * price(type) * 730

    assert found["worked"] + found["usd"] == pytest.approx(total, abs=0.011)
    assert found["worked"] == pytest.approx(730 * price(type) * rate * work / 1000, abs=0.0051)
    assert float(found["busy"]) + float(found["idle"]) == pytest.approx(100)


@pytest.mark.parametrize(
    "nothing",
    [
        lambda: costs.linear_bill(10, "ml.x9.huge", 10, 5, 5),
        lambda: costs.linear_bill(5, "ml.m5.xlarge", 25, 5, 5),
        lambda: costs.attempts(10, "ml.x9.huge", 10, 50),
        lambda: costs.idle_month(2, "ml.x9.huge", 1, 100),
        lambda: costs.idle_month(2, "ml.m5.xlarge", 6, 250),
    ],
    ids=["no price", "a quarter of five", "no price of an attempt", "no price of a month", "too busy"],
)
def test_what_makes_no_question(nothing):
    """A type without a price, a step that is no whole number, a fleet that is hardly idle."""
    assert nothing() is None
