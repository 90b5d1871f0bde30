"""Lab the-cheapest-guard and lesson 20: the canary's size is not on the bill, the minutes are (spec sagemaker 2.8)."""

from __future__ import annotations

import re
from functools import cache
from statistics import fmean

import pytest

from course.content.packs import built_in_pack
from course.content.yaml.reader import read_yaml
from engine.aws.translation.reading import read_plan
from engine.catalogue.instances import instance_types
from engine.plan import Plan
from engine.simulate import simulate
from engine.timing import Timing
from labs.measures.one_run import measure
from labs.measures.registry import COST, HARMED
from tests.built_in import PACK
from tests.engine.rollouts import (
    ONE,
    all_at_once,
    canary,
    errors_alarm,
    failing,
    guarded,
    in_batches,
    linear,
    percent,
    update,
    world,
)

SURE = Timing(provision_jitter=0)
FLEET, MONTH_H = 10, 730
PRICE = instance_types()["ml.g5.xlarge"].usd_per_hour
SEEDS = range(6)


def text(name):
    """Return a text of the lesson on one line a paragraph."""
    return (built_in_pack() / "20-costs" / name).read_text(encoding="utf-8")


def extra(settings):
    """Return the extra instance-minutes and the minutes of an update of ten instances that goes through."""
    place = world(count=FLEET, rate=0.5, duration_s=7200.0, timing=SURE)
    run = simulate(place, Plan.of(update(settings)), 0, series=False)
    return run.totals.extra_instance_minutes, (run.update_ended_s - run.update_started_s) / 60


def usd(minutes):
    """Return what so many instance-minutes cost."""
    return minutes * PRICE / 60


UPDATES = {
    "Canary of one instance, bakes of 10 + 10 min": canary(ONE, 600, 600),
    "Canary of five instances, bakes of 10 + 10 min": canary(percent(50), 600, 600),
    "Linear, ten steps of 5 min, then 5 min": linear(percent(10), 300, 300),
    "Linear, two steps of 5 min, then 5 min": linear(percent(50), 300, 300),
    "All at once, then a bake of 10 min": all_at_once(600),
    "All at once, no bake": all_at_once(0),
}


@pytest.mark.parametrize("name", UPDATES)
def test_the_table_of_updates(name):
    """Minutes and dollars of each line of lesson 20, as the simulator bills them."""
    [(minutes, dollars)] = re.findall(rf"^\| {re.escape(name)} \| (\d+) \| ([\d.]+) \|$", text("lesson.md"), re.M)
    found, _ = extra(UPDATES[name])

    assert int(minutes) == round(found)
    assert float(dollars) == pytest.approx(usd(found), abs=0.0051)


def test_the_table_of_batches():
    """A rolling update adds the same, whatever its batch."""
    rows = re.findall(r"^\| (\d+) \| (\d+) \| (\d+) min \| (\d+) \|$", text("lesson.md"), re.M)

    assert len(rows) == 3
    for batch, batches, lasts, minutes in rows:
        found, long = extra(in_batches(percent(100 * int(batch) // FLEET), 300))
        assert (int(batches), int(lasts), int(minutes)) == (FLEET // int(batch), round(long), round(found))


@cache
def rolled_back_usd():
    """Return what a rollback in the first bake costs on average."""
    alarm = errors_alarm(threshold=0.05, evaluation_periods=2, comparison_operator="GreaterThanThreshold")
    plan = guarded(canary, ONE, 300, 300, alarm=alarm)
    place = world(count=FLEET, rate=5.0, new=failing(0.5), duration_s=2400.0, timing=SURE)
    runs = [simulate(place, plan, seed, series=False) for seed in range(30)]
    assert {run.outcome for run in runs} == {"rolled-back"}
    return usd(fmean(run.totals.extra_instance_minutes for run in runs))


def test_the_table_of_attempts():
    """p / (1 - p) rollbacks on average before the update that goes through."""
    through = usd(extra(canary(ONE, 300, 300))[0])
    rows = re.findall(r"^\| (none|[\d.]+ %) \| ([\d.]+) \| ([\d.]+) \|$", text("lesson.md"), re.M)

    assert rolled_back_usd() == pytest.approx(1.88, abs=0.06)
    assert len(rows) == 5
    for wrong, attempts, dollars in rows:
        p = 0 if wrong == "none" else float(wrong.split()[0]) / 100
        assert float(attempts) == pytest.approx(1 / (1 - p))
        assert float(dollars) == pytest.approx(through + 1.88 * p / (1 - p), abs=0.011)


def test_the_month():
    """Of the endpoint, of one instance, and of twenty updates with long and with short bakes."""
    said = dict(re.findall(r"^\| ([A-Z][^|]+) \| ([\d,]+) \|$", text("lesson.md"), re.M))
    found = {name: int(dollars.replace(",", "")) for name, dollars in said.items()}

    assert found == {
        "The endpoint": round(FLEET * PRICE * MONTH_H),
        "Twenty updates with two bakes of 30 minutes": round(20 * usd(extra(canary(ONE, 1800, 1800))[0])),
        "Twenty updates with two bakes of 5 minutes": round(20 * usd(extra(canary(ONE, 300, 300))[0])),
        "One instance that is not needed": round(PRICE * MONTH_H),
    }


def test_the_plot_of_bakes():
    """Each point of it, both bakes together."""
    [points] = re.findall(r"extra bill of one update: (\[.*\])", text("lesson.md"))

    for minutes, dollars in re.findall(r"\[(\d+), ([\d.]+)\]", points):
        found, _ = extra(canary(ONE, 30 * int(minutes), 30 * int(minutes)))
        assert float(dollars) == pytest.approx(usd(found), abs=0.0051)


@cache
def measured(plan, release):
    """Return mean cost and mean number of harmed letters of one plan of the lab."""
    lab = PACK.lab("the-cheapest-guard")
    files = {"start": lab.start, "reference": lab.reference, **{near.fails: near.file for near in lab.near_misses}}
    where, found = lab.world_with(lab.release(release)), []
    for seed in SEEDS:
        without = simulate(where, Plan(), seed, series=False)
        found.append(measure(where, simulate(where, files[plan].plan, seed, series=False), without.requests))
    return fmean(each[COST] for each in found), fmean(each[HARMED] for each in found)


def test_a_smaller_canary_costs_the_same_and_hurts_fewer():
    """One instance of ten instead of five: the same bill, about 40 silent letters instead of 190."""
    small, large = "reference", "few-meet-it"

    assert measured(small, "healthy")[0] == pytest.approx(measured(large, "healthy")[0], abs=1e-9)
    assert measured(small, "broken")[1] == pytest.approx(40, abs=8)
    assert measured(large, "broken")[1] == pytest.approx(190, abs=25)


@pytest.mark.parametrize(
    ("plan", "dollars"),
    [("start", 26.96), ("reference", 17.23), ("within-the-budget", 19.58), ("done-before-six", 16.06)],
)
def test_what_the_debrief_says_of_the_bill(plan, dollars):
    """The hour of each plan on a healthy model, which would have cost 14.08 without an update."""
    assert f"{dollars}" in text("the-cheapest-guard/debrief.md")
    assert measured(plan, "healthy")[0] == pytest.approx(dollars, abs=0.1)


def test_without_a_final_bake_the_shared_dictionary_is_found_by_users():
    """About 4,200 letters in the rest of the hour."""
    assert measured("holds-at-full-load", "one-dictionary")[1] == pytest.approx(4200, abs=150)


def test_what_the_prediction_tells():
    """Three minutes less of canary: 296 requests harmed instead of 47 in this run, for one cent; 70 cents are saved on
    a healthy model."""
    lab = PACK.lab("the-cheapest-guard")
    shorter = read_plan(read_yaml(text("predicted.yaml"), "predicted.yaml").data)
    found = {}
    for name, plan in (("shorter", shorter), ("reference", lab.reference.plan)):
        for release in ("broken", "healthy"):
            where = lab.world_with(lab.release(release))
            run = simulate(where, plan, 3, series=False)
            found[name, release] = measure(where, run, simulate(where, Plan(), 3, series=False).requests)

    assert (found["shorter", "broken"][HARMED], found["reference", "broken"][HARMED]) == (296, 47)
    assert found["reference", "broken"][COST] - found["shorter", "broken"][COST] == pytest.approx(0.01, abs=0.005)
    assert found["reference", "healthy"][COST] - found["shorter", "healthy"][COST] == pytest.approx(0.70, abs=0.02)
