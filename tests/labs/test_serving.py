"""Labs about serving what comes: days with a load of their own, and no update that could be promoted or not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.batch.objects import S3Objects
from engine.plan import Plan, Step
from engine.requests.batch import CreateTransformJob
from engine.requests.conditions import AlarmIs, When
from engine.requests.sagemaker import DesiredWeightAndCapacity, UpdateEndpointWeightsAndCapacities
from engine.simulate import simulate
from engine.traffic.workload import Workload
from labs.exercise.exercise import Release
from labs.exercise.goal import GoalResult
from labs.grading.grade_plan import grade
from labs.grading.moments import served
from labs.grading.proof import prove
from labs.grading.record import view
from labs.grading.strawmen import strawmen
from labs.lab import NearMiss
from labs.measures.one_run import measure
from labs.measures.over_seeds import measured_say
from labs.measures.registry import JOB_TIME, MISSED_SHARE, P99_LATENCY, RECORDS_LOST, THROTTLED_SHARE
from tests.engine.rollouts import STEADY, errors_alarm, model, world
from tests.labs.tiny import LAB, file, goal

QUIET = Release(id="quiet", expect="served", say="Hardly anybody asks.", workload=Workload(rate=1.0))
BUSY = Release(id="busy", expect="served", say="Everybody asks at once.", workload=Workload(rate=70.0))
ALARM = errors_alarm()
SMALL = world(count=1, old=model(), duration_s=900.0, update_at_s=6.0, timing=STEADY)
"""One instance with two workers of 40 ms answers 50 requests a second."""


def instances(count):
    """Return the plan that asks for so many instances."""
    wanted = DesiredWeightAndCapacity(variant_name="main", desired_instance_count=count)
    return Plan.of(UpdateEndpointWeightsAndCapacities(endpoint_name="churn", desired_weights_and_capacities=(wanted,)))


DAYS = replace(
    LAB,
    world=SMALL,
    releases=(QUIET, BUSY),
    start=file("start.yaml", Plan()),
    reference=file("reference.yaml", instances(3)),
    near_misses=(
        NearMiss(file=file("one-more.yaml", instances(1)), fails="missed-share-busy"),
        NearMiss(file=file("many.yaml", instances(12)), fails="cost-quiet"),
    ),
    goals=(goal("missed-share", "busy", at_most=0.5), goal("cost", "quiet", at_most=0.25)),
    seeds=2,
)


def test_each_day_has_its_own_requests():
    """And a day without any has those of the world."""
    plain = Release(id="plain", expect="served", say="As ever.")

    assert DAYS.world_with(BUSY).workload.rate == 70
    assert DAYS.world_with(plain) == DAYS.world


def test_the_proof_of_such_a_lab():
    """Sending nothing fails, the reference passes, and both near-misses fail what they name."""
    assert list(prove(DAYS)) == []


def test_a_lab_that_asks_for_nothing_is_found_out():
    """Whoever sends nothing passes it."""
    easy = replace(DAYS, goals=(goal("missed-share", "quiet", at_most=0.5),), near_misses=DAYS.near_misses[:1])
    said = [str(doubt) for doubt in prove(easy)]

    assert any(say.startswith("sending nothing passes") for say in said)


def test_a_grade_tells_what_the_goals_ask_for():
    """On each day, for the plan, for the reference and for nothing sent."""
    done = grade(DAYS, instances(3), range(2))
    told = view(done)

    assert done.passed
    assert list(done.releases["busy"].measured) == ["missed-share", "cost"]
    assert done.compared["unguarded"]["busy"].measured["missed-share"] > 0.5
    assert told["releases"]["quiet"]["measured"]["missed-share"] < 0.01
    assert done.score == 100
    assert any("it was worst" in moment.say for moment in done.moments)


def test_a_dearer_plan_scores_less():
    """Par is what is missed and what is paid."""
    assert grade(DAYS, instances(6), range(2)).score < grade(DAYS, instances(3), range(2)).score


def test_what_is_measured():
    """Half of what two workers cannot do waits too long; p99 is kept where it is asked for."""
    where = DAYS.world_with(BUSY)
    run = simulate(where, Plan(), 0, series=False, keep_latencies=True)
    found = measure(where, run, run.requests)
    sums = run.totals

    assert found[MISSED_SHARE] == (sums.errors_5xx + sums.errors_4xx + sums.slo_missed) / sums.requests > 0.5
    assert found[THROTTLED_SHARE] == 0
    assert found[P99_LATENCY] == 1000 * run.answered_within_s[99.0]
    assert measure(where, simulate(where, Plan(), 0, series=False), run.requests)[P99_LATENCY] is None


def jobs(*requests):
    """Return a world with two kinds of objects, one of them with a bad record, and what is measured of these jobs."""
    stored = (
        S3Objects(prefix="s3://lake/good-", count=2, records=1000, record_bytes=100),
        S3Objects(prefix="s3://lake/odd-", count=1, records=500, record_bytes=100, bad_records=1),
    )
    where = replace(SMALL, inputs=stored, duration_s=3600.0)
    run = simulate(where, Plan.of(*requests), 0, series=False)
    return measure(where, run, run.requests), run


def job(name, uri):
    """Return a job on one instance."""
    return CreateTransformJob(
        transform_job_name=name,
        model_name="v1",
        s3_uri=uri,
        s3_output_path="s3://lake/out",
        instance_type="ml.m5.large",
        instance_count=1,
        split_type="Line",
    )


def test_records_without_an_output():
    """A bad record costs those of its object; what no job works on is lost, and one good job is enough."""
    none, _ = jobs()
    whole, run = jobs(job("all", "s3://lake/"))
    part, _ = jobs(job("good", "s3://lake/good-"), job("again", "s3://lake/good-"))

    assert (none[RECORDS_LOST], none[JOB_TIME]) == (2500, None)
    assert whole[RECORDS_LOST] == part[RECORDS_LOST] == 500
    assert whole[JOB_TIME] == pytest.approx(run.events[-1].t - SMALL.update_at_s)


def test_one_layout_of_the_same_records_is_enough():
    """Cut in two ways, they are lost only as far as the better one was; without a job they all are."""
    whole = S3Objects(prefix="s3://lake/all", records=1000, record_bytes=100, bad_records=1, layout="whole")
    parts = S3Objects(prefix="s3://lake/part-", count=10, records=90, record_bytes=100, layout="parts")
    odd = S3Objects(prefix="s3://lake/part-odd", records=100, record_bytes=100, bad_records=1, layout="parts")
    found = {}
    for uri in ("s3://none/", "s3://lake/all", "s3://lake/part-"):
        where = replace(SMALL, inputs=(whole, parts, odd), duration_s=3600.0)
        run = simulate(where, Plan.of(job("one", uri)), 0, series=False)
        found[uri] = measure(where, run, run.requests)[RECORDS_LOST]

    assert found == {"s3://none/": 1000, "s3://lake/all": 1000, "s3://lake/part-": 100}


def test_straw_men_of_a_rule():
    """Who takes a plan's conditions for true, or for false, does not look either."""
    step = instances(3).steps[0]
    condition = AlarmIs(alarm_name="busy", state_value="ALARM")
    rule = Plan((replace(step, when=When(condition)), Step(request=ALARM, when=When(condition, holds=False))))
    straw = strawmen(replace(DAYS, reference=file("rule.yaml", rule)))

    assert [plan.steps for plan in straw.values()] == [(), (step,), (Step(request=ALARM),)]


def test_a_goal_is_measured_although_nothing_was_updated():
    """A figure counts where no update was asked for by anybody."""
    found: GoalResult = grade(DAYS, Plan(), range(2)).goals[0]

    assert (found.passed, found.measured is not None, found.say) == (False, True, "Try again.")


@pytest.mark.parametrize(
    ("fields", "say"),
    [
        pytest.param({"replaces": "v2"}, "belong together", id="which model, but not how it behaves"),
        pytest.param({"expect": "promoted"}, "must be given", id="a new version that is no new version"),
    ],
)
def test_a_release_that_makes_no_sense(fields, say):
    """Is refused with what is missing."""
    with pytest.raises(ValueError, match=say):
        replace(QUIET, **fields)


def test_what_never_happened_is_said_in_words():
    """A job that never ends has no time, and no good answer no p99."""
    result = replace(grade(DAYS, Plan(), range(1)).releases["busy"], measured={"job-time": None, "p99-latency": None})

    assert measured_say(result) == "no job, or one that never ended; no good answer, so no p99"


def test_what_was_missed_before_the_plan_decided_nothing():
    """The worst moment is one that the plan could do something about."""
    run = simulate(DAYS.world_with(BUSY), Plan(), 0)
    [(worst, _)] = served(run, 0.0)
    [(later, _)] = served(run, worst + 1)

    assert later > worst
    assert list(served(run, run.ended_s)) == []
