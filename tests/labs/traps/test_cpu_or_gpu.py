"""Lab cpu-or-gpu, in its own world: where the lines cross, and what a full GPU gains (spec labs 20, inference 6.2)."""

from dataclasses import replace
from statistics import median

import pytest

from engine.catalogue.curves import curves
from engine.catalogue.instances import usd_per_hour
from engine.catalogue.money import usd_per_million
from engine.plan import Plan
from engine.requests.sagemaker import CreateEndpoint, EndpointConfig, ProductionVariant
from engine.simulate import simulate
from engine.traffic.workload import Window, Workload
from tests.built_in import PACK

GPU, CPU = "ml.g4dn.xlarge", "ml.c6i.xlarge"
LIMIT_MS, SEEDS = 150, 2


@pytest.fixture(scope="module")
def lab():
    """The lab as it is shipped."""
    return PACK.lab("cpu-or-gpu")


def fleet(model, count):
    """Return the plan that creates the endpoint with so many instances of the model's type."""
    variant = ProductionVariant(
        variant_name="main",
        model_name=model,
        instance_type=CPU if model.startswith("small") else GPU,
        initial_instance_count=count,
        routing_strategy="LEAST_OUTSTANDING_REQUESTS",
    )
    return Plan.of(
        EndpointConfig(endpoint_config_name="v1", production_variants=(variant,)),
        CreateEndpoint(endpoint_name="kind-words", endpoint_config_name="v1"),
    )


def p99(lab, model, count, rate):
    """Return the p99 in milliseconds, typical of some seeds."""
    where = replace(lab.world, workload=Workload(rate=rate, shape=Window(from_s=600.0, until_s=900.0)))
    done = (
        simulate(where, fleet(model, count), seed, series=False, keep_requests=False, keep_latencies=True)
        for seed in range(SEEDS)
    )
    return median(1000 * run.answered_within_s[99.0] for run in done)


def test_a_full_gpu_gains_14_per_cent_for_14_times_the_wait():
    """A T4 from batch 16 to 256: 1,050 to 1,198 a second, 15.8 to 226 ms (spec inference 6.2)."""
    few, many = (curves()["resnet-50-t4-mixed"].at(size) for size in (16, 256))

    assert many.per_second / few.per_second == pytest.approx(1.14, abs=0.005)
    assert many.latency_ms / few.latency_ms == pytest.approx(14.3, abs=0.05)


@pytest.mark.parametrize(
    ("type", "per_second", "usd"),
    [(CPU, 18, 3.15), (CPU, 55, 1.03), (GPU, 91.9, 2.23), (GPU, 290, 0.71), (CPU, 20, 2.83), (GPU, 20, 10.23)],
)
def test_what_a_million_answers_cost(type, per_second, usd):
    """The table of the lesson, always busy and at 20 a second (spec inference 6.2)."""
    assert usd_per_million(usd_per_hour(type), per_second) == pytest.approx(usd, abs=0.0051)


def test_three_cpus_cost_less_than_one_gpu_and_four_cost_more(lab):
    """The GPU has 3.6 times the price."""
    cheap, dear = lab.world.price(CPU), lab.world.price(GPU)

    assert dear / cheap == pytest.approx(3.6, abs=0.05)
    assert 3 * cheap < dear < 4 * cheap


@pytest.mark.parametrize(("count", "enough", "too_many"), [(1, 30, 45), (2, 85, 95), (3, 140, 155), (4, 190, 210)])
def test_how_much_each_cpu_fleet_takes(lab, count, enough, too_many):
    """One instance 30 messages a second within 150 ms, two 85, three 140, four 190, as the lesson draws it."""
    assert p99(lab, "small", count, enough) < LIMIT_MS < p99(lab, "small", count, too_many)


@pytest.mark.parametrize(("model", "enough", "too_many"), [("large", 210, 235), ("large-one-by-one", 40, 60)])
def test_how_much_one_gpu_takes(lab, model, enough, too_many):
    """210 messages a second in batches of up to eight, and no hundred one by one."""
    assert p99(lab, model, 1, enough) < LIMIT_MS < p99(lab, model, 1, too_many)
