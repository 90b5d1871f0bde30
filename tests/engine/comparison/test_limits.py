"""What rules an option out, in AWS's limits with their numbers (spec sagemaker 5, 8; inference 3, 4, 5)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.catalogue.hardware import Hardware
from engine.comparison.comparison import Wanted, share_above
from engine.comparison.options import Asynchronous, Batch, RealTime, Serverless
from engine.errors import WrongValues
from engine.serving.model import ServiceTime
from engine.timing import Timing
from engine.traffic.workload import Payload
from tests.engine.comparison.comparisons import KINDS, comparison, row

KB = 1024 * 1024 / 1000
"""Of a MB."""
SLOW = {"service": ServiceTime(mean_ms=61_000, kind="constant")}
CURVE = {"service": ServiceTime(curve="bert-base-128-t4-fp16")}
FEW = {"rate": 0.01, "duration_s": 600.0}
OUT = [
    # spec sagemaker 8: payloads of 6 MB, 4 MB, 1 GB, and 100 MB for a request of a job
    ("real-time", {"payload_kb": 6.1 * KB}, "payload: 100 % of the requests are above 6 MB, the most that real-time"),
    ("serverless", {"payload_kb": 4.1 * KB}, "payload: 100 % of the requests are above 4 MB, the most that serverless"),
    ("asynchronous", {"payload_kb": 700 * KB, "sigma": 1.0}, "payload: 35.2 % of the requests are above 1024 MB"),
    ("batch", {"payload_kb": 101 * KB}, "payload: 100 % of the requests are above 100 MB"),
    # spec sagemaker 8: of serverless environments also the response is limited
    ("real-time", {"answer_kb": 6.5 * KB}, "answer: 6.5 MB, and real-time gives at most 6 MB"),
    ("serverless", {"answer_kb": 4.5 * KB}, "answer: 4.5 MB, and serverless gives at most 4 MB"),
    # spec sagemaker 5, 8: 60 s to answer; InvocationTimeoutSeconds 900 by default, up to 3600
    ("real-time", {"model": SLOW}, "time: the model takes 61 s, and real-time waits at most 60 s"),
    ("serverless", {"model": SLOW}, "time: the model takes 61 s, and serverless waits at most 60 s"),
    (
        "asynchronous",
        {"model": SLOW, "workload": {"invocation_timeout_s": 30.0}},
        "time: the model takes 61 s, and asynchronous waits at most 30 s; invocation_timeout_s may be up to 3,600",
    ),
    # spec sagemaker 8, inference 3: no GPU, 6144 MB at most
    ("serverless", {"model": {"gpu": True}}, "GPU: the model needs one, and serverless environments have none"),
    ("serverless", {"model": CURVE}, "GPU: the model needs one, and serverless environments have none"),
    ("serverless", {"model": {"memory_mb": 6145}}, "memory: the model needs 6,145 MB, and the environment has at most"),
    # spec inference 6.1: what instances have
    ("real-time", {"model": {"gpu": True}}, "GPU: the model needs one, and ml.m5.large has none"),
    ("batch", {"model": {"memory_mb": 8193}}, "memory: the model needs 8,193 MB, and ml.m5.large has 8,192 MB"),
]


@pytest.mark.parametrize(("kind", "fields", "reason"), OUT)
def test_a_limit_rules_out(kind, fields, reason):
    """And nothing is simulated then."""
    found = row(kind, **FEW, **fields)

    assert [each for each in found.ruled_out if each.startswith(reason)]
    assert (found.latency_ms, found.failed, found.cost_usd) == (None, None, None)


IN = [
    ("real-time", {"payload_kb": 6.0 * KB, "answer_kb": 6.0 * KB}),
    ("serverless", {"payload_kb": 4.0 * KB, "answer_kb": 4.0 * KB}),
    ("serverless", {"model": {"memory_mb": 6144}}),
    ("asynchronous", {"payload_kb": 900 * KB}),
    ("asynchronous", {"model": SLOW}),
    ("batch", {"payload_kb": 100.0 * KB, "answer_kb": 900 * KB}),
    ("batch", {"model": SLOW}),
    ("real-time", {"model": {"gpu": True}, "instance_types": {"ml.m5.large": Hardware(gpus=1)}}),
    ("real-time", {"model": {"memory_mb": 16_000}, "instance_types": {"ml.m5.large": Hardware(memory_gib=16)}}),
]


@pytest.mark.parametrize(("kind", "fields"), IN)
def test_up_to_a_limit_it_will_do(kind, fields):
    """On the very edge (spec sagemaker 8)."""
    assert row(kind, **FEW, **fields).ruled_out == ()


def test_a_few_large_bodies_are_tolerated():
    """As many as the service level leaves: here 0.6 % are above 4 MB (spec sagemaker 8)."""
    fields = {"payload_kb": 500.0, "sigma": 0.846, **FEW}

    assert share_above(Payload(median_kb=500.0, sigma=0.846), 4 * KB) == pytest.approx(0.006, abs=0.0003)
    assert row("serverless", **fields).ruled_out == ()
    [reason] = row("serverless", slo=Wanted(latency_ms=60_000, share=0.999), **fields).ruled_out
    assert reason.startswith("payload: 0.59")


@pytest.mark.parametrize("size", [0, 1000, 1536, 6145, 7168])
def test_memory_comes_in_steps(size):
    """1024 to 6144 MB in steps of 1024 (spec sagemaker 8)."""
    with pytest.raises(WrongValues, match="must be one of 1024, 2048, 3072, 4096, 5120, 6144"):
        Serverless(model="m", memory_mb=size)


@pytest.mark.parametrize(("needed", "size"), [(None, 1024), (1024, 1024), (1025, 2048), (6000, 6144)])
def test_the_smallest_memory_that_holds_the_model(needed, size):
    """Where none is asked for (spec sagemaker 8)."""
    assert row("serverless", model={"memory_mb": needed}, **FEW).memory_mb == size


def test_concurrency_is_limited():
    """MaxConcurrency goes to 200 and ProvisionedConcurrency to MaxConcurrency (spec sagemaker 8)."""
    with pytest.raises(WrongValues, match="max_concurrency must be at least 1 and at most 200"):
        Serverless(model="m", max_concurrency=201)
    with pytest.raises(WrongValues, match="provisioned_concurrency must not be above max_concurrency 2, got 3"):
        Serverless(model="m", max_concurrency=2, provisioned_concurrency=3)


def test_what_is_throttled_is_told():
    """10 a second of 0.1 s, and one environment: Erlang B says one half (spec inference 3.2)."""
    option, poisson = Serverless(model="m", max_concurrency=1), {"arrivals": "poisson"}
    found = row(option, rate=10.0, workload=poisson, timing=Timing(cold_start_s=0.0))

    assert found.throttled == pytest.approx(0.5, abs=0.03)
    assert found.failed == found.throttled
    assert found.ruled_out[0].endswith("throttled, as MaxConcurrency is 1")


@pytest.mark.parametrize("count", [0, 101])
def test_a_job_has_up_to_a_hundred_instances(count):
    """InstanceCount (spec inference 5)."""
    with pytest.raises(WrongValues, match="count must be at least 1 and at most 100"):
        replace(KINDS["batch"], count=count)


def test_a_batch_answers_when_it_ends():
    """218 s of waiting and 104 s of loading come before the first record (spec inference 5), which is too late for
    whoever waits, and not for whoever has a deadline."""
    waits, has_time = Wanted(latency_ms=500), {"deadline_s": 3600.0}
    [reason] = row("batch", slo=waits).ruled_out

    assert reason.startswith("the SLO: the answers are there after 442 s, and 500 ms are allowed; 100 instances")
    assert row("batch", slo=waits, **has_time).ruled_out == ()
    [reason] = row(replace(KINDS["batch"], count=1), deadline_s=400.0).ruled_out
    assert reason == "the deadline: the answers are there after 442 s, and 400 s are allowed"


def test_a_bad_record_fails_its_file():
    """The job is Failed then, and what has an output is kept (spec sagemaker 8)."""
    found = row(replace(KINDS["batch"], objects=8), model={"error_rate_4xx": 0.003}, rate=2.0)

    [reason] = found.ruled_out
    failed = round(8 * found.failed)
    assert 0 < failed < 8
    assert reason == f"failures: the job fails; {failed} of 8 files have no output"


def test_a_load_that_is_too_much():
    """30 a second of 0.1 s are three workers' work (M/D/1 has no end above 1)."""
    for kind in (RealTime, Asynchronous):
        found = row(kind(model="m", instance_type="ml.m5.large", count=2), rate=30.0)

        assert found.utilisation == pytest.approx(1.5)
        assert "load: 150 % of what it can do; 3 instances would keep up" in found.ruled_out


def test_a_queue_that_grows_misses_the_service_level():
    """Also those that still wait at the end: a third of what comes is never taken (spec inference 4)."""
    option = Asynchronous(model="m", instance_type="ml.m5.large", count=2)
    found = row(option, rate=30.0, slo=Wanted(latency_ms=1000))

    assert found.failed == 0
    assert found.late > 0.95
    assert any(each.startswith("SLO: ") for each in found.ruled_out)


def test_failures_count_without_a_service_level():
    """One in a hundred is tolerated."""
    assert row("real-time", model={"error_rate_5xx": 0.001}).ruled_out == ()
    [reason] = row("real-time", model={"error_rate_5xx": 0.1}).ruled_out
    assert reason.startswith("failures: ")


def test_more_instances_than_there_are():
    """1000 a variant is our own bound; what would be needed is said."""
    assert row("real-time", rate=8000.0, duration_s=60.0).ruled_out == (
        "instances: 1,143 are needed, and 1,000 are the most here",
    )


def test_limits_are_no_mistakes_but_names_are():
    """A model that is not there, and a curve of other instances (spec inference 6.2)."""
    with pytest.raises(WrongValues, match=r"options use model 'other', known: .*m"):
        comparison(Batch(model="other", instance_type="ml.m5.large"))
    with pytest.raises(WrongValues, match=r"on ml\.m5\.large, and its curve .* was measured on ml\.g4dn\.xlarge"):
        comparison("real-time", model=CURVE)


@pytest.mark.parametrize("wrong", [{"duration_s": float("nan")}, {"duration_s": 90.0}, {"utilisation": 0.0}])
def test_numbers_have_bounds(wrong):
    """Said in a sentence, whatever else would follow from them."""
    with pytest.raises(WrongValues, match="must be"):
        comparison("real-time", **wrong)
