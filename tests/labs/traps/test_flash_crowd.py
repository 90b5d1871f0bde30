"""Lab flash-crowd and the lesson before it: what scaling is told, how late it is, and what an appointment changes
(spec inference 1, labs 18)."""

from functools import cache

import pytest

from course.content.files.plan import check_plan
from course.syllabus import Foretelling
from engine.aws.checking import check
from engine.plan import Plan
from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from engine.traffic.workload import Bursts, Workload
from tests.built_in import PACK
from tests.engine.autoscaling.policies import CONCURRENCY, MAIN, register, scheduled, tracking
from tests.engine.rollouts import config, world

PER_S, TARGET, SEED = 10, 300, 1
CROWD_M, GONE_M = 60, 85
TEN_A_SECOND = Model(service=ServiceTime(mean_ms=400), workers=4)
CROWD = Workload(
    rate=4.0, shape=Bursts(times=10, every_s=90_000, lasts_s=60 * (GONE_M - CROWD_M), first_s=60 * CROWD_M)
)
BACK = scheduled("at(2026-03-02T10:30:00)", low=1, name="back")


@cache
def crowd(*requests, most=10):
    """Return the run of the lesson: 4 requests a second, and 40 from minute 60 to minute 85, on one instance."""
    there = world(count=1, old=TEN_A_SECOND, workload=CROWD, duration_s=9000.0)
    return simulate(there, Plan.of(register(1, most), *requests), SEED)


def wished(run):
    """Return when DesiredInstanceCount changed, in minutes, and to what."""
    return _changes(run, "DesiredInstanceCount")


def there(run):
    """Return when CurrentInstanceCount changed, in minutes, and to what."""
    return _changes(run, "CurrentInstanceCount")


def _changes(run, field):
    seen = []
    for t, answer in run.endpoint_history:
        count = answer["ProductionVariants"][0][field]
        if not seen or seen[-1][1] != count:
            seen.append((round(t / 60, 1), count))
    return seen


def test_ten_a_second_and_half_of_it():
    """10 a second, half of it, for a minute (spec sagemaker 7)."""
    assert PER_S * 0.5 * 60 == TARGET


def test_out_in_minutes_and_in_by_the_quarter_hour():
    """The plot of the lesson, and its 23,401 of 89,829 requests."""
    run = crowd(tracking(TARGET))

    assert there(run) == [(0.0, 1), (68.0, 9), (102.2, 8), (108.2, 1)]
    assert wished(run) == [(0.0, 1), (65.3, 9), (101.2, 8), (107.2, 1)]
    assert (run.totals.errors_5xx, run.totals.requests) == (23_401, 89_829)


def test_high_resolution_is_quicker_on_the_way_out_alone():
    """1.3 minutes instead of 5.3 until more are asked for, and no quicker back."""
    usual, quick = wished(crowd(tracking(TARGET))), wished(crowd(tracking(2, CONCURRENCY)))
    out = next(t for t, count in quick if t > CROWD_M and count == 10)
    back = next(t for t, count in quick if t > GONE_M)

    assert out - CROWD_M == pytest.approx(1.3)
    assert back - GONE_M == pytest.approx(16.0)
    assert usual[2][0] - GONE_M == pytest.approx(16.2)


def test_without_a_cooldown_the_old_minute_is_multiplied():
    """Nine arrive, the newest minute still shows one with 2,400 requests, and 9 x 2,400 / 300 are more than 20."""
    patient, hasty = (
        max(count for _, count in wished(crowd(tracking(TARGET, scale_out_cooldown=cooldown), most=20)))
        for cooldown in (None, 0)
    )

    assert (patient, hasty) == (9, 20)


@pytest.mark.parametrize(("at", "failed"), [("09:50", 0), ("10:00", 9_260)], ids=["before the crowd", "with the crowd"])
def test_a_schedule_can_be_early(at, failed):
    """The table of the lesson."""
    run = crowd(tracking(TARGET), scheduled(f"at(2026-03-02T{at}:00)", low=8, name="there"), BACK)

    assert run.totals.errors_5xx == failed


@pytest.mark.parametrize(("target", "busy"), [(70, 0.175), (280, 0.7)])
def test_the_cpu_of_four_cores_goes_to_four_hundred(target, busy):
    """A target of 70 is 17.5 % of four vCPUs: requests at that share of what an instance can do come to it."""
    rate = busy * PER_S
    calm = world(
        count=1,
        old=TEN_A_SECOND,
        workload=Workload(rate=rate, arrivals="regular"),
        configs=tuple(config(name, 1, instance_type="ml.m5.xlarge") for name in ("v1", "v2")),
        duration_s=1800.0,
    )
    [cpu] = [s for s in simulate(calm, Plan(), SEED).metrics if s.name == "CPUUtilization" and s.stat == "Average"][:1]
    points = [point for point in cpu.points[2:-2] if point is not None]

    assert sum(points) / len(points) == pytest.approx(target, rel=0.03)


def test_all_traffic_is_a_name():
    """The identifier with AllTraffic is that of a variant called so; here it is called main (spec sagemaker 0.2)."""
    known = world(count=1)
    said = {}
    for variant in ("main", "AllTraffic"):
        plan = {
            "RegisterScalableTarget": {
                "ServiceNamespace": "sagemaker",
                "ResourceId": f"endpoint/churn/variant/{variant}",
                "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
                "MinCapacity": 1,
                "MaxCapacity": 10,
            }
        }
        said[variant] = [finding.say for finding in check(plan, known) if finding.stops]

    assert said["main"] == []
    [refused] = said["AllTraffic"]
    assert refused.endswith(f"There is no variant AllTraffic of an endpoint churn. Did you mean {MAIN}?")


@pytest.fixture(scope="module")
def lab():
    """The lab as it is shipped."""
    return PACK.lab("flash-crowd")


def day(lab, name, release):
    """Return what a plan file of the lab comes to on one of its days."""
    files = {file.name: file.plan for file in (lab.start, lab.reference, *(near.file for near in lab.near_misses))}
    return simulate(lab.world_with(lab.release(release)), files[f"{name}.yaml"], SEED, series=False)


def missed(run):
    """Return the share of the requests that failed or came late."""
    return (run.totals.errors_5xx + run.totals.slo_missed) / run.totals.requests


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("reference", 0.005, 0.015), ("on-the-dot", 0.1, 0.14), ("the-policy-alone", 0.25, 0.31), ("start", 0.15, 0.22)],
)
def test_what_the_crowd_at_ten_gets(lab, name, least, most):
    """One in a hundred, more than one in ten, more than a quarter, and the one in five of last Tuesday."""
    assert least < missed(day(lab, name, "bulletin")) < most


@pytest.mark.parametrize(("name", "least", "most"), [("reference", 0.01, 0.02), ("to-the-brim", 0.25, 0.4)])
def test_half_free_or_to_the_brim(lab, name, least, most):
    """Nobody announced the dam: about a third is lost where nothing is kept free."""
    assert least < missed(day(lab, name, "dam")) < most


@pytest.mark.parametrize(
    ("name", "dollars"), [("reference", 1.70), ("until-half-past-ten", 3.25), ("seventy-percent", 2.40)]
)
def test_what_a_dry_day_costs(lab, name, dollars):
    """EndTime leaves the bounds behind, and 70 is no 70 %."""
    assert day(lab, name, "dry").totals.cost_usd == pytest.approx(dollars, abs=0.04)


def test_end_time_leaves_eight(lab):
    """An hour after it eight instances still run, for two requests a second."""
    assert there(day(lab, "until-half-past-ten", "dry"))[-1][1] == 8
    assert there(day(lab, "reference", "dry"))[-1][1] == 1


def test_two_minutes_before_are_too_few(lab):
    """The prediction: eight are there 55 seconds after the crowd, more than 600 have queued up by then, and in the end
    four times as many are late as with ten minutes' head start."""
    steps = PACK.lesson("autoscaling").steps
    [prediction] = [step.prediction for step in steps if isinstance(step, Foretelling)]
    place = lab.world_with(lab.release(prediction.release))
    late = simulate(place, check_plan(prediction.plan_text, place).plan, prediction.seed)
    early = simulate(place, lab.reference.plan, prediction.seed)
    arrived_s = next(
        t for t, answer in late.endpoint_history if answer["ProductionVariants"][0]["CurrentInstanceCount"] == 8
    )

    assert arrived_s - 3600 == pytest.approx(55, abs=1)
    assert (21 - 10) * (arrived_s - 3600) > 600
    assert missed(early) * early.totals.requests == pytest.approx(675, abs=15)
    assert missed(late) / missed(early) == pytest.approx(4.2, abs=0.2)
