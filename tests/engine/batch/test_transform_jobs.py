"""Transform jobs on the clock of a run: their times, statuses, outputs and bill (spec inference 5)."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.plan import Plan, Step
from engine.requests.batch import StopTransformJob
from engine.simulate import simulate
from engine.timing import Timing
from engine.traffic.workload import Workload
from tests.engine.batch.jobs import PREFIX, job, part, steady
from tests.engine.rollouts import world

QUIET = {"workload": Workload(rate=0.01), "update_at_s": 0.0}
NO_OVERHEAD = Timing(transform_overhead_s=0.0)
FOUR = (part(4, 250_000),)
STOP = StopTransformJob(transform_job_name="nightly")


def ran(*requests, inputs=FOUR, model=None, timing=NO_OVERHEAD, seed=1, **fields):
    """Run jobs in a quiet world of an hour, whose model `v1` answers 200 records a second."""
    where = world(**{**QUIET, "inputs": inputs, "timing": timing, "duration_s": 3600.0, **fields})
    steps = [each if isinstance(each, Step) else Step(request=each) for each in requests]
    return simulate(where.with_model("v1", model or steady()), Plan(tuple(steps)), seed)


def seconds(answer, start, end):
    """Return the seconds between two times of an answer."""
    return (datetime.fromisoformat(answer[end]) - datetime.fromisoformat(answer[start])).total_seconds()


def ending(run):
    """Return the event in which the one job ended."""
    return next(e for e in reversed(run.events) if e.what == "TransformJob")


def test_the_worked_example():
    """A million records at 200 a second on each of 4 ml.m5.xlarge: billed 1354 s, 0.346 USD (spec inference 5)."""
    run = ran(job(instance_count=4))
    [answer] = run.jobs

    assert answer["TransformJobStatus"] == "Completed"
    assert seconds(answer, "TransformStartTime", "TransformEndTime") == 1354
    assert run.costs["job/nightly"] == pytest.approx(0.346, abs=0.0005)
    assert run.totals.cost_usd == pytest.approx(sum(run.costs.values()))


def test_the_measured_times():
    """218 s go by unbilled before it starts, then about 104 s before the first record (spec inference 5)."""
    run = ran(job(), inputs=(part(60, 1, 50_000.0),), timing=Timing())
    [answer] = run.jobs
    told = [event.t for event in run.events if event.what == "TransformJob"]

    assert seconds(answer, "CreationTime", "TransformStartTime") == 218
    assert told[1] - told[0] == 104
    assert run.costs["job/nightly"] == pytest.approx(0.23 * (told[2] - told[0]) / 3600)


def test_describe_transform_job():
    """The answer has AWS's fields: the request's own, status, ARN and times (spec inference 5)."""
    [answer] = ran(job(max_payload_in_mb=10)).jobs

    assert answer["TransformJobArn"] == "arn:aws:sagemaker:us-east-1:111122223333:transform-job/nightly"
    assert answer["TransformInput"] == {
        "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": PREFIX}},
        "SplitType": "Line",
    }
    assert answer["TransformResources"] == {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1}
    assert (answer["MaxPayloadInMB"], answer["ModelName"]) == (10, "v1")
    assert "FailureReason" not in answer


def test_a_job_that_is_not_over():
    """At the end of a run it is InProgress, without TransformEndTime, and billed until then."""
    run = ran(job(), duration_s=1000.0)
    [answer] = run.jobs

    assert (answer["TransformJobStatus"], answer.get("TransformEndTime")) == ("InProgress", None)
    assert run.costs["job/nightly"] == pytest.approx(0.23 * (1000 - 218) / 3600)


def test_one_bad_record_fails_the_job():
    """Its object gets no output, the others keep theirs, and the job is Failed (spec inference 5)."""
    run = ran(job(), inputs=(part(3), part(name="broken-", bad_records=1)))
    [answer] = run.jobs

    assert answer["TransformJobStatus"] == "Failed"
    assert answer["FailureReason"].startswith("ModelError")
    assert (ending(run).detail["outputs"], ending(run).detail["objects"]) == (3, 4)


@pytest.mark.parametrize(
    ("fields", "changes", "reason"),
    [
        ({"s3_uri": "s3://nowhere/"}, {}, "ClientError"),
        ({}, {"model": steady(start="failed-ping")}, "AlgorithmError"),
    ],
    ids=["no-objects", "no-ping"],
)
def test_what_fails_at_once(fields, changes, reason):
    """Nothing to read, or a container that never answers: Failed after the load, which is billed."""
    run = ran(job(**fields), **changes)
    [answer] = run.jobs

    assert (answer["TransformJobStatus"], answer["FailureReason"].split(":")[0]) == ("Failed", reason)
    assert run.costs["job/nightly"] == pytest.approx(0.23 * 104 / 3600)


@pytest.mark.parametrize(("after_s", "billed_s"), [(100, None), (300, 300 - 218 + 30)])
def test_a_stopped_job(after_s, billed_s):
    """Stopping stores nothing, and what has run is paid; before its start there is nothing to pay (spec inference
    5)."""
    run = ran(job(), Step(request=STOP, after_s=after_s))
    [answer] = run.jobs
    statuses = [event.detail["job_status"] for event in run.events if event.what == "TransformJob"]

    assert answer["TransformJobStatus"] == "Stopped"
    assert statuses[-2:] == ["Stopping", "Stopped"]
    assert "outputs" not in ending(run).detail
    assert run.costs.get("job/nightly") == (None if billed_s is None else pytest.approx(0.23 * billed_s / 3600))


@pytest.mark.parametrize(("after_s", "status"), [(310, "Stopping"), (3000, "Completed")])
def test_what_cannot_be_stopped(after_s, status):
    """A job that is over, or that is being stopped already, is refused as it is."""
    first = [Step(request=STOP, after_s=300)] if status == "Stopping" else []
    run = ran(job(), *first, Step(request=STOP, after_s=after_s), inputs=(part(),))
    refused = [event for event in run.events if event.is_refusal]

    assert ["Only a transform job in progress can be stopped" in event.say for event in refused] == [True]
    assert status in {event.detail.get("job_status") for event in run.events}


def test_names_are_used_once():
    """Also the name of a job that is over (spec inference 5)."""
    run = ran(job(), Step(request=job(), after_s=3000), inputs=(part(),))

    assert [event.what for event in run.events if event.is_refusal] == ["ResourceInUse"]
    assert len(run.jobs) == 1


@pytest.mark.parametrize(("deadline_s", "in_time"), [(1580, True), (1560, False), (None, None)])
def test_a_deadline(deadline_s, in_time):
    """218 + 1354 s after the plan is sent the outputs are there, in time or not."""
    run = ran(job(instance_count=4), transform_deadline_s=deadline_s)

    assert ending(run).detail.get("in_time") is in_time


def test_a_failed_job_is_never_in_time():
    """However early it fails: the outputs are not there."""
    run = ran(job(), inputs=(part(bad_records=1),), transform_deadline_s=3000)

    assert ending(run).detail["in_time"] is False


def test_jobs_leave_the_endpoint_alone():
    """Requests, metrics and the endpoint's bill are those of the run without them."""
    alone, beside = (
        ran(*each, workload=Workload(rate=20), duration_s=1800.0) for each in ((), (job(instance_count=2),))
    )

    assert (beside.requests, beside.metrics, beside.instances) == (alone.requests, alone.metrics, alone.instances)
    assert {name: usd for name, usd in beside.costs.items() if name != "job/nightly"} == alone.costs
    assert beside.usd_per_thousand_answers == alone.usd_per_thousand_answers


def test_the_same_chance_for_any_number_of_instances():
    """The same records take the same time and fail the same way, however many instances share them."""
    model = steady(error_rate_4xx=2e-6)
    one, four = (ran(job(instance_count=n), model=model, duration_s=9000.0, seed=3) for n in (1, 4))

    assert ending(one).detail["outputs"] == ending(four).detail["outputs"]
    assert 0 < ending(one).detail["outputs"] < 4


@given(
    first=st.integers(1, 400),
    second=st.integers(1, 400),
    instances=st.integers(1, 5),
    retries=st.integers(0, 3),
    p=st.sampled_from([0.0, 0.2]),
)
@settings(deadline=None, max_examples=15)
def test_costs_add_up(first, second, instances, retries, p):
    """The bill is never negative, and that of two jobs is the sum of each alone (spec inference 5)."""
    inputs = (part(3, first * 100, name="a-"), part(2, second * 100, name="b-"))
    jobs = [
        job(
            transform_job_name=f"job-{k}",
            s3_uri=f"{PREFIX}{k}",
            instance_count=instances,
            invocations_max_retries=retries,
        )
        for k in "ab"
    ]
    both, *alone = (
        ran(*each, inputs=inputs, model=steady(error_rate_5xx=p)).costs for each in (jobs, *([j] for j in jobs))
    )

    assert all(usd >= 0 for usd in both.values())
    for name in ("job/job-a", "job/job-b"):
        assert both[name] == next(each[name] for each in alone if name in each)


def test_a_job_without_instances():
    """AWS has none of the type left: the job waits as an endpoint does, never starts, fails, and costs nothing."""
    run = ran(job(instance_type="ml.c5.xlarge"), unavailable_types=("ml.c5.xlarge",))
    [answer] = run.jobs

    assert (answer["TransformJobStatus"], "TransformStartTime" in answer) == ("Failed", False)
    assert "Unable to provision requested ML compute capacity" in answer["FailureReason"]
    assert seconds(answer, "CreationTime", "TransformEndTime") == 2040
    assert "job/nightly" not in run.costs
