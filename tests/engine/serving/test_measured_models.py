"""Models as fast as somebody measured them, and how busy they keep instances (spec inference 6.2, sagemaker 6.1)."""

from __future__ import annotations

import pytest

from engine.catalogue.curves import curves
from engine.catalogue.hardware import Hardware
from engine.catalogue.money import utilisation
from engine.errors import WrongValues
from engine.metrics.store import MetricStore
from engine.plan import Plan
from engine.requests.cloudwatch import MetricStat
from engine.sagemaker.life.at_start import endpoint_at_start
from engine.serving.data_plane import DataPlane
from engine.serving.ledger import Accounting
from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from engine.traffic.arrivals import Arrivals
from engine.traffic.workload import Workload
from tests.engine.rollouts import config, world


def measured(curve, workers, sequence=None, **fields):
    """A model on a curve."""
    return Model(service=ServiceTime(curve=curve, sequence=sequence, **fields), workers=workers)


@pytest.mark.parametrize(
    ("curve", "workers", "mean_ms"),
    [
        ("gpt-oss-20b-g7e", 32, 6190),
        ("gpt-oss-20b-g7e", 12, (4690 + 5490) / 2),
        ("resnet-50-t4-mixed", 64, 57.4),
        ("bert-base-128-inf2", 2, 1.0),
        ("bert-base-128-inf2", 16, 5.97),
        ("bert-base-128-inf1-8-workers", 48, 40.6),
        ("bert-large-128-t4-fp16", 4, 1000 * 4 / 87),
    ],
)
def test_a_worker_takes_what_was_measured_with_so_many_in_work(curve, workers, mean_ms):
    """The latency, on the straight line between two; of batches on an Inferentia one is in work on each core; and
    where no latency was written down, what the rate makes of it (spec inference 6.2)."""
    assert measured(curve, workers).mean_ms == pytest.approx(mean_ms)


def test_a_sequence_is_worked_on_alone():
    """18 a second of 128 tokens, one after the other (spec inference 6.2)."""
    assert measured("distilbert-c6i-plain", 1, sequence=128).mean_ms == pytest.approx(1000 / 18)
    with pytest.raises(WrongValues, match="workers must be what 'distilbert-c6i-plain' was measured with, 1 at once"):
        measured("distilbert-c6i-plain", 2, sequence=128)


LIFTED = 0.26
"""A slow first call has lifted the mean latencies of BERT-base at half precision, as the sheet says: with them an
instance does less than it did. Elsewhere latency and rate agree within 12 per cent."""


@pytest.mark.parametrize("name", [name for name, each in curves().items() if each.instance_type])
def test_workers_together_have_the_measured_capacity(name):
    """n workers of the latency at n answer n over it, which is what was measured (spec inference 6.2)."""
    curve = curves()[name]
    for point in curve.points:
        if curve.over == "sequence":
            workers, ms = 1, curve.service_ms(1, point.at)
        else:
            side_by_side = 1 if point.latency_ms is None else point.per_second * point.latency_ms / 1000 / point.at
            workers = point.at * max(1, round(side_by_side))
            ms = curve.service_ms(workers)

        rel = LIFTED if name == "bert-base-128-t4-fp16" else 0.12
        assert 1000 * workers / ms == pytest.approx(point.per_second, rel=rel)


RATE, S, INSTANCES = 30.0, 0.05, 2


@pytest.mark.parametrize(
    ("instance_type", "workers", "most"),
    [("ml.m5.xlarge", 4, 400), ("ml.m5.xlarge", 8, 400), ("ml.m5.xlarge", 2, 200), ("ml.m5.12xlarge", 3, 300)],
    ids=["a worker a core", "shared cores", "idle cores", "nobody knows"],
)
def test_cpu_follows_from_load(instance_type, workers, most):
    """lambda S / (m workers) of what the workers can keep busy: 100 for each core, shared by more workers than cores;
    where nobody knows the cores, one a worker (spec sagemaker 6.1)."""
    where = loaded(instance_type, Model(service=ServiceTime(mean_ms=1000 * S, kind="constant"), workers=workers))

    assert average(where, "CPUUtilization") == pytest.approx(most * utilisation(RATE, workers / S, INSTANCES), rel=0.01)


@pytest.mark.parametrize(("instance_type", "most"), [("ml.g4dn.xlarge", 100), ("ml.g4dn.12xlarge", 400)])
def test_gpus_follow_from_load(instance_type, most):
    """100 for each GPU (spec sagemaker 6.1)."""
    where = loaded(instance_type, Model(service=ServiceTime(mean_ms=1000 * S, kind="constant"), workers=8))

    assert gpu(where) == pytest.approx(most * utilisation(RATE, 8 / S, INSTANCES), rel=0.01)
    assert gpu(loaded("ml.inf2.xlarge", Model(service=ServiceTime(mean_ms=50), workers=8))) is None


def test_a_world_says_how_many_cores_there_are():
    """Its own figure stands before the catalogue's."""
    model = Model(service=ServiceTime(mean_ms=1000 * S, kind="constant"), workers=8)
    own = {"ml.m5.xlarge": Hardware(vcpus=8)}
    cores = [average(loaded("ml.m5.xlarge", model, **more), "CPUUtilization") for more in ({}, {"instance_types": own})]

    assert cores[1] == pytest.approx(2 * cores[0])


def test_a_measured_load_keeps_a_measured_instance_busy():
    """80 a second on two instances, each with room for 8 that take 33.1 ms (spec inference 6.2)."""
    model = measured("bert-base-128-t4-fp16", 8, kind="constant")
    where = loaded("ml.g4dn.xlarge", model, rate=80)

    assert gpu(where) == pytest.approx(100 * 80 * 0.0331 / (2 * 8), rel=0.01)


def test_a_curve_holds_on_its_own_type_alone():
    """It says nothing of other instances."""
    with pytest.raises(WrongValues, match=r"run 'v1' on ml\.m5\.large, where its curve .* use ml\.g4dn\.xlarge, or"):
        loaded("ml.m5.large", measured("bert-base-128-t4-fp16", 8))


def loaded(instance_type, model, rate=RATE, **more):
    """A world of two instances at an even load."""
    configs = (config("v1", INSTANCES, instance_type=instance_type),)
    workload = Workload(rate=rate, arrivals="regular")
    return world(configs=configs, old=model, workload=workload, duration_s=600.0, **more)


def average(where, metric):
    """The mean over the minutes of a run but the first."""
    [points] = [m.points for m in simulate(where, Plan(), 1).metrics if m.name == metric and len(m.dimensions) == 2]
    known = [point for point in points[1:] if point is not None]
    return sum(known) / len(known)


def gpu(where):
    """GPUUtilization in the last minute but one, as an alarm would see it."""
    store = MetricStore("churn", 0.0)
    routes = endpoint_at_start(where, store.watch).routes()
    rules = Accounting(until_s=600.0, slo_s=1.0, client_timeout_s=70.0, keep_requests=False)
    plane = DataPlane(Arrivals(where.workload, 1), store, routes, rules)
    plane.advance(600.0)
    store.advance = plane.advance
    of_main = (("EndpointName", "churn"), ("VariantName", "main"))
    names = {"namespace": "/aws/sagemaker/Endpoints", "metric_name": "GPUUtilization", "dimensions": of_main}
    query = MetricStat(**names, stat="Average")
    point = store.datapoint(query, 480.0, 600.0)
    return None if point is None else point.value
