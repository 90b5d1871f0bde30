"""How an update goes when nothing is wrong: its steps, its length, its shares of traffic and its bill."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import mean

import pytest

from engine.plan import Plan
from engine.simulate import simulate
from engine.timing import Timing
from tests.engine.rollouts import (
    ONE,
    STEADY,
    all_at_once,
    canary,
    errors_alarm,
    in_batches,
    linear,
    percent,
    update,
    world,
)

P, A, D = 157.0, 30.0, 30.0
"""Provisioning, activation and teardown of the default Timing, which here do not jitter."""


def updated(settings, *, count=4, new_count=None, **more):
    """Return the run of an update at second 306."""
    return simulate(world(count=count, new_count=new_count, timing=STEADY, **more), Plan.of(update(settings)), 1)


def length(run):
    """Return how long the update took."""
    return run.update_ended_s - run.update_started_s


@pytest.mark.parametrize(
    "settings, count, seconds",
    [
        pytest.param(None, 4, P + A + D, id="default: all at once, no bake"),
        pytest.param(all_at_once(600), 4, P + A + 600 + D, id="all at once"),
        pytest.param(canary(ONE, 600, 600), 4, P + A + 600 + A + 600 + D, id="canary"),
        pytest.param(canary(ONE, 0, 0), 4, P + 2 * A + D, id="canary without bakes"),
        pytest.param(linear(percent(20), 300, 300), 5, P + 5 * A + 4 * 300 + 300 + D, id="linear: k A + (k - 1) Wait"),
        pytest.param(linear(percent(50), 300, 0), 4, P + 2 * A + 300 + D, id="linear in halves"),
        pytest.param(linear(percent(30), 60, 60), 10, P + 4 * A + 3 * 60 + 60 + D, id="linear with a short last step"),
        pytest.param(in_batches(percent(33), 180), 3, 3 * (P + A + 180 + D), id="rolling: b (P + A + Wait + D)"),
        pytest.param(in_batches(percent(50), 120), 4, 2 * (P + A + 120 + D), id="rolling in halves"),
        pytest.param(in_batches(percent(40), 0), 5, 3 * (P + A + D), id="rolling 2+2+1"),
    ],
)
def test_durations(settings, count, seconds):
    """The duration model of spec sagemaker 2.6."""
    run = updated(settings, count=count)

    assert run.outcome == "promoted"
    assert length(run) == pytest.approx(seconds)


def test_linear_may_wait_once_more():
    """Whether LINEAR waits after its last step is not decided by any source, so Timing says (spec sagemaker 13.5)."""
    timing = replace(STEADY, linear_waits_after_last_step=True)
    run = simulate(world(count=4, timing=timing), Plan.of(update(linear(percent(50), 300, 60))), 1)

    assert length(run) == pytest.approx(P + 2 * (A + 300) + 60 + D)


def test_only_linear_may_wait_once_more():
    """After the last shift of a canary only TerminationWait follows, whatever LINEAR does (spec sagemaker 2.6)."""
    timing = replace(STEADY, linear_waits_after_last_step=True)
    run = simulate(world(count=4, timing=timing), Plan.of(update(canary(ONE, 300, 60))), 1)

    assert length(run) == pytest.approx(P + A + 300 + A + 60 + D)


BLUE_GREEN = ["Creating", "ActivatingTraffic", "Baking", "Deleting"]
CANARY = ["Creating", "ActivatingTraffic", "Baking", "ActivatingTraffic", "Baking", "Deleting"]


@pytest.mark.parametrize(
    "settings, statuses",
    [
        pytest.param(all_at_once(60), BLUE_GREEN, id="all at once"),
        pytest.param(all_at_once(0), ["Creating", "ActivatingTraffic", "Deleting"], id="no bake at all"),
        pytest.param(canary(), CANARY, id="canary: exactly two shifts"),
        pytest.param(linear(percent(50)), CANARY, id="linear in halves"),
        pytest.param(in_batches(percent(50)), BLUE_GREEN * 2, id="rolling: provision, shift, bake, clean up, repeat"),
    ],
)
def test_phases_in_order(settings, statuses):
    """The steps of spec sagemaker 2.1 to 2.4, one after the other without a gap."""
    run = updated(settings)

    assert [phase.status for phase in run.phases] == statuses
    assert run.phases[0].start == run.update_started_s
    assert run.phases[-1].end == run.update_ended_s
    assert all(before.end == after.start for before, after in zip(run.phases, run.phases[1:], strict=False))


@pytest.mark.parametrize(
    "settings, count, steps",
    [
        pytest.param(all_at_once(60), 4, [1], id="all at once"),
        pytest.param(canary(ONE), 2, [1 / 2, 1], id="one of two"),
        pytest.param(canary(ONE), 3, [1 / 3, 1], id="one of three"),
        pytest.param(canary(percent(5)), 4, [1 / 4, 1], id="5 % of four is one"),
        pytest.param(canary(percent(33)), 3, [1 / 3, 1], id="33 % of three is one"),
        pytest.param(linear(percent(20)), 5, [0.2, 0.4, 0.6, 0.8, 1], id="linear by fifths"),
        pytest.param(linear(percent(30)), 10, [0.3, 0.6, 0.9, 1], id="a short last step"),
        pytest.param(in_batches(percent(33)), 3, [1 / 3, 2 / 3, 1], id="rolling by thirds"),
    ],
)
def test_the_share_follows_the_instances(settings, count, steps):
    """New instances with traffic over all: 1/2, 1/3 (spec sagemaker 2.7), and so on until everything is new."""
    run = updated(settings, count=count)
    shares = []
    for change in run.traffic:
        share = change.shares.get("v2", 0.0)
        if share and (not shares or share != shares[-1]):
            shares.append(share)

    assert shares == pytest.approx(steps)


@pytest.mark.parametrize("count, share", [(3, 1 / 3), (2, 1 / 2), (4, 1 / 4)])
def test_the_measured_share_of_a_canary(count, share):
    """Of the requests in the bake, one canary instance answers its share (spec sagemaker 2.7), 95 % binomial."""
    bake = (306 + P + A, 306 + P + A + 900)
    run = updated(canary(ONE, 900, 0), count=count, rate=20.0, duration_s=bake[1])
    series = {(m.name, m.stat, m.dimensions): m.points for m in run.metrics}
    both, new = (
        series["Invocations", "Sum", dimensions]
        for dimensions in (
            (("EndpointName", "churn"), ("VariantName", "main")),
            (("EndpointConfigName", "v2"), ("EndpointName", "churn"), ("VariantName", "main")),
        )
    )
    minutes = range(math.ceil(bake[0] / 60), int(bake[1] // 60))
    total, canaries = (sum(points[m] for m in minutes) for points in (both, new))

    assert canaries / total == pytest.approx(share, abs=2.5 * math.sqrt(share * (1 - share) / total))


@pytest.mark.parametrize(
    "settings, count, extra",
    [
        pytest.param(None, 4, 0.0, id="all at once without baking bills one fleet"),
        pytest.param(all_at_once(600), 4, 4 * (P + A + 600 + D), id="a bake bills both fleets all the time"),
        pytest.param(canary(ONE, 300, 300), 4, 4 * (P + A + 300 + A + 300 + D), id="canary too"),
        pytest.param(canary(ONE, 0, 0), 4, 4 * (P + 2 * A + D), id="several shifts, even without bakes"),
        pytest.param(in_batches(percent(25), 120), 4, 1 * 4 * (P + A + 120 + D), id="rolling: one batch extra"),
        pytest.param(in_batches(percent(50), 120), 4, 2 * 2 * (P + A + 120 + D), id="rolling: two extra"),
    ],
)
def test_the_bill(settings, count, extra):
    """Extra instance-minutes by strategy (spec sagemaker 2.8); an instance is billed from its launch."""
    run = updated(settings, count=count)

    assert run.totals.extra_instance_minutes == pytest.approx(extra / 60)
    assert run.totals.instance_minutes == pytest.approx(count * 30 + extra / 60)


def test_rolling_needs_about_one_batch_more():
    """At no time are there more instances than the fleet and a batch (spec sagemaker 2.4)."""
    run = updated(in_batches(percent(25), 60), count=8)

    assert max(sum(change.counts.values()) for change in run.instances) == 10
    assert min(sum(change.counts.values()) for change in run.instances) == 8


def test_blue_green_provisions_the_whole_fleet_first():
    """A canary of one still launches all of green before any traffic moves (spec sagemaker 2.2)."""
    run = updated(canary())

    assert run.phases[0].say == "Launching 4 instance(s)."
    assert run.instances[1].counts == {"v1": 4, "v2": 4}


@pytest.mark.parametrize("count, new_count", [(2, 6), (6, 2), (1, 4), (5, 1)])
@pytest.mark.parametrize("settings", [canary(percent(50)), linear(percent(50)), in_batches(percent(50)), None])
def test_fleets_of_different_size(count, new_count, settings):
    """The new fleet has the count of its configuration; shares go by the new fleet's instances."""
    run = updated(settings, count=count, new_count=new_count)

    assert run.outcome == "promoted"
    assert run.instances[-1].counts == {"v2": new_count}
    assert run.endpoint["ProductionVariants"][0]["DesiredInstanceCount"] == new_count


def test_provisioning_jitters_within_its_bounds():
    """Two creations on AWS took 2 to 3.5 minutes, so provisioning differs from seed to seed (spec sagemaker 4.5)."""
    timing = Timing()
    lengths = [
        length(simulate(world(rate=0.1, duration_s=600.0), Plan.of(update()), seed, series=False))
        - timing.activate_s
        - timing.terminate_s
        for seed in range(200)
    ]

    assert all(120 <= each <= 210 for each in lengths)
    assert min(lengths) < 130
    assert max(lengths) > 205
    assert mean(lengths) == pytest.approx((120 + 180 + 210) / 3, abs=4 * 18.7 / 200**0.5)


def test_an_alarm_that_stays_quiet_changes_nothing():
    """A guarded update of a healthy model takes no longer and moves the same traffic as an unguarded one."""
    plain = updated(canary())
    plan = Plan.of(errors_alarm(), update(canary(alarms=("errors",))))
    watched = simulate(world(timing=STEADY), plan, 1)

    assert watched.traffic == plain.traffic
    assert watched.phases == plain.phases
    assert watched.totals == plain.totals
