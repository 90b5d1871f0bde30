"""Lab asleep-for-ever: an endpoint at zero, and an alarm whose line is never reached (spec inference 0.1, 4)."""

from functools import cache
from statistics import fmean

import pytest

from engine.simulate import simulate
from tests.built_in import PACK

SEEDS = range(4)


@cache
def lab():
    """The lab as it is shipped."""
    return PACK.lab("asleep-for-ever")


@cache
def runs(name, release):
    """Return the runs of one of the lab's plan files on one of its nights."""
    files = (lab().start, lab().reference, *(near.file for near in lab().near_misses))
    plan = next(file.plan for file in files if file.name == f"{name}.yaml")
    return tuple(simulate(lab().world_with(lab().release(release)), plan, seed) for seed in SEEDS)


def missed(run):
    """Return the share of the scans that were not marked in time."""
    return (run.totals.errors_5xx + run.totals.slo_missed + run.totals.unanswered) / run.totals.requests


def states(run):
    """Return the states that the wake-up alarm had."""
    return {change.to_state for change in run.alarms if change.alarm == "scans-waiting"}


@pytest.mark.parametrize("release", ["one-ambulance", "coach"])
def test_more_than_one_never_comes(release):
    """Sum > 1 on what sends 1 a minute: no alarm and no instance, for one scan or for two hundred."""
    for run in runs("start", release):
        assert "ALARM" not in states(run)
        assert run.totals.instance_minutes == 0
        assert missed(run) >= 0.5


def test_at_least_one_does():
    """Average >= 1, two of two: all single scans are marked, about seven minutes after they came."""
    for run in runs("reference", "one-ambulance"):
        assert "ALARM" in states(run)
        assert missed(run) == 0
    came_at_s = 20 * 60
    first = [
        next(t for t, answer in run.endpoint_history if _instances(answer) == 1)
        for run in runs("reference", "one-ambulance")
    ]

    assert 6 < (fmean(first) - came_at_s) / 60 < 8


def _instances(answer):
    return answer["ProductionVariants"][0]["CurrentInstanceCount"]


def test_seven_minutes_are_too_careful():
    """Seven of seven: not one single scan in time."""
    assert {missed(run) for run in runs("to-be-sure", "one-ambulance")} == {1.0}


def test_a_night_awake_costs_three_times_as_much():
    """The debrief's number, and an instance that is never sent back."""
    asleep, awake, up = (
        fmean(run.totals.cost_usd for run in runs(name, "one-ambulance"))
        for name in ("reference", "one-always-there", "never-back-to-bed")
    )

    assert awake / asleep == pytest.approx(3.2, abs=0.3)
    assert asleep * 2 < up < awake


def test_one_instance_is_not_enough():
    """Three scans a minute are marked and five come."""
    assert min(missed(run) for run in runs("one-is-enough", "coach")) > 0.7
    assert max(missed(run) for run in runs("reference", "coach")) < 0.2
