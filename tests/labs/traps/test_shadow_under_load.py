"""Lab shadow-under-load and the lesson before it: what one instance of a shadow gets decides what it shows, and its
instances decide what it costs (spec sagemaker 9, inference 7, labs 15)."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from course.content.files.plan import check_plan
from course.content.packs import built_in_pack
from course.syllabus import Foretelling
from engine.catalogue.money import utilisation
from engine.plan import Plan
from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from engine.timing import Timing
from labs.measures.trial import harm
from tests.built_in import PACK
from tests.engine.rollouts import errors_alarm, later, world
from tests.engine.sagemaker.shadow_tests.experiments import PROMOTED, created, statuses, stopped, variant, where

RATE, SHARE, MINUTES = 35.0, 10, 50
SEED = 1
CALM = Timing(
    provision_jitter=0,
    warmup_model_factor=1,
    warmup_overhead_factor=1,
    metric_delay_jitter=0,
)
"""Nothing but the queue makes anybody slow."""


def working(ms):
    """Return a model of so much work."""
    return Model(service=ServiceTime(mean_ms=ms, kind="exponential"))


@cache
def promoted(share=SHARE, count=1):
    """Return the run of the lesson: four instances, 20 minutes with a shadow, then the shadow's model on all four."""
    there = world(
        count=4,
        rate=RATE,
        old=working(100),
        new=working(120),
        timing=CALM,
        duration_s=60.0 * MINUTES,
        update_at_s=300.0,
    )
    test = created(share, source=variant("main", "v1", count=4), shadow=variant(count=count))
    stop = stopped(PROMOTED, desired_variants=(variant(count=4),), desired_state="Completed")
    return simulate(there, Plan((later(0, test), later(1200, stop))), SEED)


def seconds(run, name):
    """Return the mean latency of a variant by the minute."""
    wanted = {"ModelLatency", "Average"}
    [points] = [
        series.points
        for series in run.metrics
        if {series.name, series.stat} == wanted
        and dict(series.dimensions).get("VariantName") == name
        and len(series.dimensions) == 2
    ]
    return [None if point is None else point / 1e6 for point in points]


def mean(points):
    known = [point for point in points if point is not None]
    return sum(known) / len(known)


@pytest.fixture(scope="module")
def lab():
    """The lab as it is shipped."""
    return PACK.lab("shadow-under-load")


@pytest.fixture(scope="module")
def run_of(lab):
    """Runs of its plans on one of its releases."""
    plans = {file.name: file.plan for file in (lab.start, lab.reference, *(near.file for near in lab.near_misses))}

    @cache
    def run(name, release="slower", seed=SEED):
        return simulate(lab.world_with(lab.release(release)), plans[f"{name}.yaml"], seed)

    return run


def test_almost_four_times_faster_and_then_it_drowns():
    """The figures of the lesson: 0.22 s against 0.84 s, and in production 10, 21 and 46 s."""
    run = promoted()
    old, new = seconds(run, "main"), seconds(run, "Shadow-01")
    phase = slice(10, 25)

    assert mean(new[phase]) == pytest.approx(0.22, abs=0.01)
    assert mean(old[phase]) == pytest.approx(0.84, abs=0.02)
    assert [round(new[minute]) for minute in (30, 35, 44)] == [10, 21, 46]
    assert (round(old[8], 2), round(old[18], 2), round(new[12], 2), round(new[22], 2)) == (0.44, 1.33, 0.21, 0.32)
    assert statuses(run)[-1][1] == "Completed"


def test_the_plot_is_that_run():
    """Every point of it."""
    text, run = (built_in_pack() / "06-shadow-testing" / "lesson.md").read_text(encoding="utf-8"), promoted()
    for label, name in (("old, in production", "main"), ("new, as a shadow", "Shadow-01")):
        points = seconds(run, name)
        drawn = ", ".join(f"[{minute}, {round(points[minute], 2):g}]" for minute in (*range(8, 28, 2), 27))

        assert f"{label}: [{drawn}]" in text


def test_what_an_instance_gets():
    """3.5 against 8.75 requests a second, 42 % against 105 % busy; 25 % on one is production's load."""
    assert utilisation(RATE * SHARE / 100, 1, 1) == 3.5
    assert utilisation(RATE, 1, 4) == utilisation(RATE * 0.25, 1, 1) == 8.75
    busy = tuple(each * work for each, work in ((3.5, 0.12), (8.75, 0.12), (8.75, 0.1)))
    assert busy == pytest.approx((0.42, 1.05, 0.875))


def test_copies_cost_nothing_and_instances_do():
    """42 cents at 10 % as at 100 %, and more with a second instance."""
    tenth, all_of_them, two = (promoted(*of).totals.cost_usd for of in ((10, 1), (100, 1), (10, 2)))

    assert tenth == all_of_them == pytest.approx(0.42, abs=0.005)
    assert two > tenth + 0.03


def test_any_model_drowns_on_a_quarter_of_the_instances():
    """100 % on one of four: the old model itself needs most of a minute there."""
    run = promoted_same()

    assert mean(seconds(run, "Shadow-01")[15:25]) > 30
    assert mean(seconds(run, "main")[10:25]) < 1.2


@cache
def promoted_same():
    """Return a run in which the shadow has the old model's work, on one instance, with all requests."""
    there = world(
        count=4, rate=RATE, old=working(100), new=working(100), timing=CALM, duration_s=1600.0, update_at_s=300.0
    )
    return simulate(there, Plan.of(created(100, source=variant("main", "v1", count=4), shadow=variant(count=1))), SEED)


@pytest.mark.parametrize(("name", "state"), [("main", "OK"), ("Shadow-01", "ALARM")])
def test_an_alarm_sees_one_of_the_two(name, state):
    """The shadow fails every copy; production's alarm stays OK (spec inference 7.3)."""
    broken = replace(working(40), error_rate_5xx=1.0)
    metric = replace(errors_alarm().metric, dimensions=(("EndpointName", "churn"), ("VariantName", name)))
    run = simulate(
        where(new=broken, duration_s=1500.0), Plan.of(created(100), replace(errors_alarm(), metric=metric)), 1
    )

    assert run.alarm_states == {"errors": state}
    assert run.totals.errors_5xx == 0


def test_by_itself_it_ends_after_a_week_and_promotes_nothing():
    """Without a Schedule (spec inference 7.2); the endpoint is as it was."""
    day = 86_400.0
    run = simulate(where(rate=0.002, duration_s=7.1 * day), Plan.of(created(100)), 1, series=False)

    assert statuses(run)[-1][1] == "Completed"
    assert statuses(run)[-1][0] == pytest.approx(7 * day, rel=0.001)
    assert run.endpoint["EndpointConfigName"] == "v1"
    assert "ShadowProductionVariants" not in run.endpoint


@pytest.mark.parametrize(
    ("plan", "least", "most"),
    [("start", 0.4, 0.55), ("reference", 8, 60), ("all-on-four", 8, 60)],
)
def test_what_the_slower_model_looks_like(run_of, plan, least, most):
    """Half a second at a tenth on one, and a line that grows at production's load."""
    for seed in range(2):
        assert least < mean(seconds(run_of(plan, seed=seed), "shadow")[9:20]) < most


def test_the_old_model_needs_one_and_a_half_seconds(run_of):
    """1.6 by work over what is left, about as many in a run."""
    assert 0.2 / (1 - utilisation(17.5, 5, 4)) == pytest.approx(1.6)
    assert mean(mean(seconds(run_of("start", seed=seed), "main")[6:20]) for seed in range(3)) == pytest.approx(
        1.5, abs=0.2
    )


def test_a_third_on_one_turns_away_what_is_as_quick(run_of):
    """5.8 a second is more than the five that an instance of the old model can answer."""
    assert utilisation(17.5 * 0.33, 5) > 1
    assert (run_of("a-third-on-one", "level").outcome, run_of("reference", "level").outcome) == (
        "no-update",
        "promoted",
    )


@pytest.mark.parametrize(("plan", "cents"), [("reference", 5), ("all-on-four", 20), ("left-running", 18)])
def test_what_the_shadow_costs(run_of, plan, cents):
    """Instances and minutes; 25 % or 100 % make no difference."""
    assert 100 * run_of(plan).costs["berries-v1/shadow"] == pytest.approx(cents, abs=1)


@pytest.mark.parametrize(("plan", "least", "most"), [("a-canary-instead", 600, 1400), ("reference", 0, 0)])
def test_a_canary_has_people_behind_it(lab, run_of, plan, least, most):
    """About a thousand wait too long in it, and nobody in a shadow test."""
    bare = simulate(lab.world_with(lab.release("slower")), Plan(), SEED, series=False)

    assert least <= harm(run_of(plan).requests, bare.requests).count <= most


def test_two_instances_and_half_of_the_pictures_are_as_good(lab):
    """Another way to the same load: the brief does not say which."""
    text = (built_in_pack() / "06-shadow-testing" / "shadow-under-load" / "reference.yaml").read_text(encoding="utf-8")
    other = text.replace("InstanceCount: 1}", "InstanceCount: 2}").replace(
        "SamplingPercentage: 25", "SamplingPercentage: 50"
    )
    plan = check_plan(other, lab.world).plan
    ends = [simulate(lab.world_with(lab.release(of)), plan, SEED, series=False) for of in ("slower", "level", "quick")]

    assert [run.outcome for run in ends] == ["no-update", "promoted", "promoted"]
    assert ends[0].totals.cost_usd < 0.97


def test_the_prediction(lab):
    """17.5 pictures a second come, four instances of the new model can answer 16: it is promoted, and drowns."""
    steps = PACK.lesson("shadow").steps
    [prediction] = [step.prediction for step in steps if isinstance(step, Foretelling)]
    place = lab.world_with(lab.release(prediction.release))
    run = simulate(place, check_plan(prediction.plan_text, place).plan, prediction.seed)

    assert run.outcome == "promoted"
    assert 17.5 - 4 / 0.25 == 1.5
    assert mean(seconds(run, "shadow")[10:19]) == pytest.approx(0.5, abs=0.05)
    assert mean(seconds(run, "main")[10:19]) == pytest.approx(1.5, abs=0.05)
    assert run.totals.requests == pytest.approx(57_000, abs=1000)
    assert run.totals.slo_missed + run.totals.errors_5xx > 0.8 * 17.5 * (place.duration_s - run.update_ended_s)
