"""The curve over a knob: what its plans do to the same requests, better with every seed."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from statistics import fmean

import pytest

from labs.grading.grade_plan import run_all
from labs.measures.registry import DURATION, HARMED
from labs.whatif.curve import curve
from labs.whatif.knobs import knobs
from tests.labs.tiny import BROKEN, GUARDED, HEALTHY, LAB

ALWAYS, RIGHT, NEVER = 0.0, 0.2, 0.9
"""Thresholds of an alarm on the share of failures: it fires whatever happens, on the broken release, at nothing."""
SEEDS = (2, 0, 7)
WORSE = replace(BROKEN, id="worse", model=replace(BROKEN.model, error_rate_5xx=0.7))
TINY = replace(LAB, releases=(BROKEN, HEALTHY, WORSE))
BAD, GOOD = ("broken", "worse"), ("healthy",)


def threshold(*values):
    """Return the knob of the alarm's threshold with these values only."""
    [knob] = [knob for knob in knobs(GUARDED, LAB.world) if knob.id == "errors.threshold"]
    return replace(knob, values=values)


KNOB = threshold(ALWAYS, RIGHT, NEVER)


@pytest.fixture(scope="module")
def curves():
    """The curves after one, two and three seeds."""
    return tuple(curve(TINY, KNOB, SEEDS))


def measured(value, seeds):
    """Return what a grade would measure of the plan with this value: by release and seed."""
    return run_all(TINY, {"turned": KNOB.turned(value)}, seeds)["turned"]


def test_a_curve_after_each_seed(curves):
    """The first estimate comes after one seed; each is about this knob, with a point for each of its values."""
    assert [each.seeds for each in curves] == [1, 2, 3]
    assert {(each.knob, each.current) for each in curves} == {("errors.threshold", RIGHT)}
    assert {tuple(point.value for point in each.points) for each in curves} == {KNOB.values}


def test_only_what_is_asked_for_is_run():
    """A learner who looks at another knob waits for no seed that nobody wants: there may be any number of them."""
    seeds = count()
    going = curve(LAB, threshold(RIGHT), seeds)
    next(going)
    next(going)

    assert next(seeds) == 2


def test_wrong_endings_are_told_apart(curves):
    """An alarm that always fires sends good ones home; one that never does lets bad ones through."""
    *_, found = curves

    assert [point.false_rollback for point in found.points] == [1, 0, 0]
    assert [point.missed for point in found.points] == [0, 0, 1]


@pytest.mark.parametrize("place", range(len(SEEDS)), ids=lambda place: f"{place + 1} seeds")
@pytest.mark.parametrize("at", range(len(KNOB.values)), ids=["always", "right", "never"])
def test_a_point_is_what_a_grade_would_measure(curves, at, place):
    """Harm is that of the releases to be rolled back, length that of those to be promoted: means over seeds and
    releases, on the requests of those seeds."""
    point, rows = curves[place].points[at], measured(KNOB.values[at], SEEDS[: place + 1])

    assert point.harmed == pytest.approx(fmean(run[HARMED] for id in BAD for run in rows[id]))
    assert point.missed == fmean(run.outcome == "promoted" for id in BAD for run in rows[id])
    assert point.duration_s == pytest.approx(fmean(run[DURATION] for id in GOOD for run in rows[id]))
    assert point.false_rollback == fmean(run.outcome != "promoted" for id in GOOD for run in rows[id])


def test_harm_is_what_the_update_adds():
    """Where the release is in service already, its failures are no harm of the update: each release is compared with
    an endpoint without the update that is as good or as bad."""
    configs = (LAB.world.configs[0], replace(LAB.world.configs[0], endpoint_config_name="v2"))
    shared = replace(BROKEN, replaces="v1")
    lab = replace(LAB, world=replace(LAB.world, configs=configs), releases=(HEALTHY, shared))
    [found] = curve(lab, threshold(NEVER), (0,))
    rows = run_all(lab, {"turned": KNOB.turned(NEVER)}, (0,))["turned"]

    assert found.points[0].harmed == rows["broken"][0][HARMED] == 0


def test_what_the_lab_lacks_is_not_known():
    """Without bad releases there is no harm to speak of, without good ones no false rollback: not zero of it."""
    [good] = curve(replace(LAB, releases=(HEALTHY,)), threshold(NEVER), (0,))
    [bad] = curve(replace(LAB, releases=(BROKEN,)), threshold(NEVER), (0,))

    assert (good.points[0].harmed, good.points[0].missed) == (None, None)
    assert (bad.points[0].false_rollback, bad.points[0].duration_s) == (None, None)
    assert (good.points[0].false_rollback, bad.points[0].missed) == (0, 1)


def test_a_release_of_either_kind_may_be_stopped_in_other_ways():
    """An update that ends in a timeout promotes nothing: nothing bad got through, and something good did not."""
    [knob] = [knob for knob in knobs(GUARDED, LAB.world) if knob.id == "wait"]
    deadline = replace(knob, turned=lambda value: timed(knob.turned(value)), values=(3600,))
    [found] = curve(LAB, deadline, (0,))

    assert (found.points[0].false_rollback, found.points[0].missed) == (1, 0)


def timed(plan):
    """Return the plan without alarms, whose update gives up after ten minutes."""
    settings = plan.updates[0].deployment_config
    policy = replace(settings.blue_green_update_policy, maximum_execution_timeout_in_seconds=600)
    mine = replace(plan.updates[0], deployment_config=replace(settings, blue_green_update_policy=policy, alarms=()))
    return type(plan).of(mine)
