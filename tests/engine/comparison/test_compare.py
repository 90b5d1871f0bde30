"""What options cost and how they answer, against closed forms (spec inference 3.4, 4, 5, 6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.comparison.compare import compare
from engine.comparison.comparison import Wanted
from engine.comparison.options import Asynchronous, Batch, RealTime, Serverless
from engine.comparison.sizes import batch_s, job_of
from engine.plan import Plan
from engine.serving.model import ServiceTime
from engine.simulate import simulate
from engine.timing import Timing
from engine.traffic.workload import Constant, Daily, Trace
from tests.engine.comparison.comparisons import KINDS, S, comparison, row, rows
from tests.engine.rollouts import world

WARM = Timing(overhead_ms=0.0, cold_start_s=0.0)
ODD = "ml.inf1.xlarge"
"""A type without a price (spec inference 6.1)."""


@pytest.mark.parametrize(("count", "instance_type", "usd"), [(1, "ml.m5.large", 0.115), (3, "ml.g4dn.xlarge", 0.7364)])
def test_real_time_costs_hours_times_price_times_count(count, instance_type, usd):
    """Whatever comes (spec inference 6.1)."""
    found = row(RealTime(model="m", instance_type=instance_type, count=count), duration_s=1800.0)

    assert found.cost_usd == pytest.approx(0.5 * usd * count)
    assert found.usd_per_thousand == pytest.approx(0.5 * usd * count / 3.6)


def test_serverless_costs_milliseconds_and_data():
    """1200 requests of 0.1 s at 0.00004 a second, and 0.016 for each GB in and out (spec inference 3.4)."""
    option = Serverless(model="m", memory_mb=2048)
    found = row(option, timing=WARM, payload_kb=500.0, answer_kb=300.0)

    assert found.cost_usd == pytest.approx(1200 * (S * 4e-5 + 800 / 1e6 * 0.016), rel=1e-6)


def test_asynchronous_costs_instances_and_data():
    """0.02 for each GB in and out, beside the hours (spec inference 4)."""
    found = row(replace(KINDS["asynchronous"], count=1), payload_kb=500.0, answer_kb=300.0)

    assert found.cost_usd == pytest.approx(0.115 / 6 + 1200 * 800 / 1e6 * 0.02, rel=1e-3)


def test_a_batch_costs_its_job_alone():
    """From the start of the job to its end, all its instances: 104 s to load, then the records (spec inference 5)."""
    found = row(replace(KINDS["batch"], count=2), model={"workers": 2})
    records_s = 1200 * S / (2 * 2)

    assert found.cost_usd == pytest.approx(2 * 0.115 * (104 + records_s) / 3600, rel=0.01)
    assert found.latency_ms == pytest.approx((1000 * (218 + 104 + records_s),) * 3, rel=0.01)


@pytest.mark.parametrize("busy", [0.5, 1.1])
def test_where_serverless_is_cheaper(busy):
    """One lane of 2 GB costs 0.144 an hour when always busy, and ml.m5.large 0.115: serverless wins below 80 per cent
    (spec inference 3.4)."""
    rate = 0.8 * busy / S
    options = RealTime(model="m", instance_type="ml.m5.large", count=1), Serverless(model="m", memory_mb=2048)
    instance, environments = rows(*options, rate=rate, timing=WARM, payload_kb=0.001, answer_kb=0.0)

    assert (environments.cost_usd < instance.cost_usd) == (busy < 1)


def test_an_unknown_price_is_unknown():
    """Never 0, in no sum, and never the cheapest (spec inference 6.1, 11)."""
    options = RealTime(model="m", instance_type=ODD), Batch(model="m", instance_type=ODD), "real-time"
    compared = compare(comparison(*options), 1)

    assert [each.cost_usd for each in compared.rows[:2]] == [None, None]
    assert [each.usd_per_thousand for each in compared.rows[:2]] == [None, None]
    assert compared.cheapest() == compared.rows[2]
    assert row(options[0], prices_per_hour={ODD: 0.6}).cost_usd == pytest.approx(0.1)


@pytest.mark.parametrize(("rate", "workers", "count"), [(2.0, 1, 1), (7.0, 1, 1), (7.1, 1, 2), (70.0, 4, 3)])
def test_the_fewest_instances_below_the_utilisation(rate, workers, count):
    """lambda S / (m workers) at most 0.7 (spec inference 2)."""
    found = row("real-time", rate=rate, model={"workers": workers}, duration_s=60.0)

    assert found.count == count
    assert found.utilisation == pytest.approx(rate * S / (count * workers))
    assert rate * S / (max(1, count - 1) * workers) > 0.7 or count == 1


def test_a_peak_waits_in_a_queue():
    """Real-time has instances for the peak, a queue for the mean."""
    shape = {"shape": Daily(amplitude=1.0, period_s=600.0)}

    assert [each.count for each in rows("real-time", "asynchronous", rate=14.0, workload=shape)] == [4, 2]


def test_the_utilisation_is_that_of_the_run():
    """CPUUtilization of the simulated instances, a worker for each of two cores (spec sagemaker 6.1)."""
    option = replace(KINDS["real-time"], count=2)
    of = comparison(option, rate=12.0, model={"workers": 2})
    where = world(count=2, old=of.models["m"], workload=of.workload, duration_s=600.0)
    [points] = [
        m.points for m in simulate(where, Plan(), 1).metrics if m.name == "CPUUtilization" and len(m.dimensions) == 2
    ]
    [found] = compare(of, 1).rows

    assert found.utilisation == pytest.approx(12 * S / (2 * 2))
    assert 200 * found.utilisation == pytest.approx(points[5], rel=0.01)


def test_a_batch_has_as_many_instances_as_its_deadline_wants():
    """The first number that is done in time (spec inference 5)."""
    deadline_s = 218 + 104 + 120 / 3 + 1
    found = row("batch", deadline_s=deadline_s)

    assert found.count == 3
    assert found.latency_ms[0] / 1000 <= deadline_s
    assert row(replace(KINDS["batch"], count=2), deadline_s=deadline_s).ruled_out


def test_a_job_keeps_all_workers_busy():
    """There is a file for each, and so a request for each; one record each where a model takes minutes (spec inference
    5)."""
    of = comparison("batch", model={"workers": 4}, payload_kb=1.0)
    job = job_of(of, KINDS["batch"], 2, 1200)

    assert (job.max_concurrent_transforms, job.split_type) == (4, "Line")
    assert batch_s(of, KINDS["batch"], 2, 1200) - 322 == pytest.approx(600 * S / 4 + 0.098)
    slow = comparison("batch", model={"service": ServiceTime(mean_ms=600_000)}, rate=0.1)
    assert job_of(slow, KINDS["batch"], 1, 60).batch_strategy == "SingleRecord"


def test_a_job_sends_at_most_a_hundred_mb_at_once():
    """MaxConcurrentTransforms x MaxPayloadInMB (spec sagemaker 8)."""
    of = comparison("batch", model={"workers": 8}, payload_kb=30_000.0)
    job = job_of(of, KINDS["batch"], 1, 100)

    assert (job.max_payload_in_mb, job.max_concurrent_transforms) == (29, 3)


def test_latencies_are_those_of_callers():
    """Model and overhead where somebody waits, cold starts among them; until the answer is there in a queue."""
    real, waited, serverless = rows("real-time", "asynchronous", "serverless", rate=0.5)
    overhead_ms = Timing().overhead_ms

    assert real.latency_ms[0] == pytest.approx(1000 * S + overhead_ms, rel=0.01)
    assert waited.latency_ms[0] == pytest.approx(1000 * S)
    assert serverless.latency_ms[0] == pytest.approx(real.latency_ms[0], rel=0.01)
    assert row("serverless", rate=0.002).latency_ms[-1] > 5000


def test_mm1_waits():
    """At a load of one half M/M/1 takes 2 S on average, and its p50 is 2 S ln 2 (Poisson arrivals)."""
    option = replace(KINDS["real-time"], count=1)
    model = {"service": ServiceTime(mean_ms=1000 * S, kind="exponential")}
    found = row(option, rate=5.0, model=model, timing=WARM, workload={"arrivals": "poisson"}, duration_s=7200.0)

    assert found.latency_ms[0] / 1000 == pytest.approx(2 * S * 0.693, rel=0.05)
    assert found.latency_ms[1] / 1000 == pytest.approx(2 * S * 2.303, rel=0.07)


def test_all_options_meet_the_same_requests():
    """As many, with the same work; and the same comparison has the same outcome."""
    of = comparison("real-time", "real-time", "serverless", "batch", workload={"arrivals": "poisson"})
    compared = compare(of, 7)

    assert compared.rows[0] == compared.rows[1]
    assert compared == compare(of, 7)
    assert compared.requests != compare(of, 8).requests


@pytest.mark.parametrize("shape", [Constant(), Trace(per_minute=(60, 120))])
def test_requests_are_counted_once(shape):
    """Those of the time; a batch has as many records."""
    compared = compare(comparison("real-time", "batch", rate=1.5, workload={"shape": shape}), 1)

    assert compared.requests == 900


def test_late_answers():
    """A share of those that come, judged against the service level."""
    found = row(replace(KINDS["real-time"], count=1), slo=Wanted(latency_ms=1000 * S))

    assert found.late == 1.0
    [reason] = found.ruled_out
    assert reason.startswith("SLO: 0 % answered in 100 ms, and 99 % are asked for; p99 is ")


def test_whom_the_verdict_names():
    """The cheapest that will do, and the cheapest for whoever waits for an answer."""
    compared = compare(
        comparison("real-time", "batch", "serverless", rate=6.0, deadline_s=3600.0, model={"memory_mb": 6000}), 1
    )

    assert compared.cheapest().option == "batch"
    assert compared.cheapest(waits=True).option == "real-time"


def test_progress_is_told_option_by_option():
    """And may stop the comparison."""
    told = []
    compare(comparison("real-time", "batch"), 1, lambda done, of: told.append((done, of)))

    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize("kind", [RealTime, Asynchronous, Batch])
def test_types_look_like_types(kind):
    """What is not in the catalogue may be a type all the same, but not any text."""
    with pytest.raises(ValueError, match=r"must be a type such as ml\.m5\.large, got 'm5\.large'"):
        kind(model="m", instance_type="m5.large")
