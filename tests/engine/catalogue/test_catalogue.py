"""The catalogue of instance types, curves and prices: what it holds, and that every figure has a source."""

from __future__ import annotations

import pytest

from engine.catalogue.curves import Point, curves
from engine.catalogue.file import collected, whole_file
from engine.catalogue.instances import instance_type, instance_types, usd_per_hour
from engine.catalogue.money import rates, usd_per_million, utilisation
from engine.requests.sagemaker import MEMORY_MB
from engine.serving.serverless.pay_per_use import Usage, cost_kept_warm

PRICES = {
    "ml.t2.medium": 0.056,
    "ml.m5.large": 0.115,
    "ml.m5.xlarge": 0.23,
    "ml.m5.2xlarge": 0.461,
    "ml.m5.4xlarge": 0.922,
    "ml.c5.large": 0.102,
    "ml.c5.xlarge": 0.204,
    "ml.c5.2xlarge": 0.408,
    "ml.g4dn.xlarge": 0.7364,
    "ml.g5.xlarge": 1.408,
    "ml.g6.12xlarge": 5.752,
    "ml.inf2.xlarge": 0.99,
    "ml.p5.48xlarge": 113.068,
}


@pytest.mark.parametrize(("name", "usd"), PRICES.items())
def test_a_price(name, usd):
    """USD an hour in us-east-1 (spec inference 6.1)."""
    assert usd_per_hour(name) == usd


def test_whose_price_is_not_known():
    """None, never 0: of a type that nobody published, and of one that nobody knows (spec inference 6.1, 11)."""
    assert usd_per_hour("ml.inf1.xlarge") is None
    assert instance_type("ml.inf1.xlarge").vcpus == 4
    assert usd_per_hour("ml.x9.huge") is None
    assert instance_type("ml.x9.huge") is None


def test_own_prices_come_first():
    """A world's price takes the place of the catalogue's, also of one that is not there."""
    own = {"ml.m5.large": 0.2, "ml.x9.huge": 7.0}

    assert [usd_per_hour(name, own) for name in ("ml.m5.large", "ml.x9.huge", "ml.c5.large")] == [0.2, 7.0, 0.102]


def test_hardware():
    """vCPUs, memory and accelerators (spec inference 6.1)."""
    gpu, cpu = instance_type("ml.g5.12xlarge"), instance_type("ml.m5.4xlarge")

    assert (gpu.vcpus, gpu.memory_gib, gpu.accelerators, gpu.accelerator, gpu.accelerator_gib) == (
        48,
        192,
        4,
        "A10G",
        22,
    )
    assert (cpu.vcpus, cpu.memory_gib, cpu.accelerators, cpu.accelerator, cpu.network_gbit) == (
        16,
        64,
        0,
        None,
        "to 10",
    )


def test_every_figure_has_a_source():
    """And a figure that is not known has none; what only third parties say is marked (spec inference 6.1)."""
    data, types = whole_file(), instance_types().values()

    assert all((each.usd_per_hour is None) == (each.price_source is None) for each in types)
    assert all((each.vcpus is None) == (each.hardware_source is None) for each in types)
    assert {row["source"] for row in (*data["rates"], *data["curves"])} <= data["sources"].keys()
    assert {each.name for each in types if each.usd_per_hour is not None and not each.is_price_verified} == {
        "ml.t2.medium",
        "ml.m5.4xlarge",
        "ml.m5.12xlarge",
        "ml.m5.24xlarge",
        "ml.c6i.xlarge",
        "ml.p3.2xlarge",
    }
    assert collected() == "2026-11"


@pytest.mark.parametrize(
    ("curve", "at", "usd"),
    [
        ("distilbert-c6i-plain", 128, 3.15),
        ("distilbert-c6i-optimised", 128, 1.03),
        ("bert-base-128-t4-fp16", 8, 0.71),
        ("bert-base-128-t4-fp16", 1, 2.23),
        ("bert-base-128-inf2", 8, 0.103),
        ("resnet-50-t4-mixed", 64, 0.176),
        ("resnet-50-t4-mixed", 1, 2.59),
    ],
)
def test_usd_per_million(curve, at, usd):
    """Price over rate, as the sheet worked it out (spec inference 6.2)."""
    measured = curves()[curve]

    assert usd_per_million(usd_per_hour(measured.instance_type), measured.at(at).per_second) == pytest.approx(
        usd, rel=0.007
    )


@pytest.mark.parametrize(
    ("curve", "usd"), [("gpt-oss-20b-g7e", 0.376), ("gpt-oss-20b-g5", 1.94), ("gpt-oss-20b-g6e", 2.05)]
)
def test_usd_per_million_tokens(curve, usd):
    """At 32 at once and 600 tokens an answer (spec inference 6.2)."""
    measured = curves()[curve]
    tokens_s = 600 * measured.at(32).per_second

    assert usd_per_million(usd_per_hour(measured.instance_type), tokens_s) == pytest.approx(usd, rel=0.005)


def test_between_two_measurements():
    """On the straight line, and nothing beyond the last one; what was measured stays as it is."""
    measured = curves()["bert-base-128-t4-fp16"]

    assert measured.at(6) == Point(6, pytest.approx((215 + 290) / 2), pytest.approx((24.6 + 33.1) / 2))
    assert measured.at(8) == Point(8, 290, 33.1)
    assert measured.at(9) is None
    assert curves()["bert-large-128-t4-fp16"].at(3).latency_ms is None


@pytest.mark.parametrize("name", ["resnet-50-t4-mixed", "resnet-50-t4-fp32", "bert-base-128-t4-fp32"])
def test_batches_obey_littles_law(name):
    """Records in work are answers a second times latency, where both are of whole batches (spec inference 6.2)."""
    points = [point for point in curves()[name].points if point.at >= 16 or name.startswith("bert")]

    assert [point.per_second * point.latency_ms / 1000 for point in points] == pytest.approx(
        [point.at for point in points], rel=0.15
    )


def test_concurrency_obeys_littles_law():
    """32 at once in 6.19 s are 5.17 a second (spec inference 6.2)."""
    point = curves()["gpt-oss-20b-g7e"].at(32)

    assert point.per_second * point.latency_ms / 1000 == pytest.approx(point.at, rel=0.01)


def test_utilisation_follows_from_load():
    """80 a second on two instances that could answer 91.9 each keep them busy 44 % of the time (spec inference 6.2)."""
    per_second = curves()["bert-base-128-t4-fp16"].at(1).per_second

    assert utilisation(80, per_second, 2) == pytest.approx(0.435, abs=0.001)


def test_a_gpu_costs_as_much_as_so_many_cpus():
    """g4dn.xlarge is 3.6 c6i.xlarge (spec inference 6.2)."""
    assert usd_per_hour("ml.g4dn.xlarge") / usd_per_hour("ml.c6i.xlarge") == pytest.approx(3.6, abs=0.02)


def test_provisioned_concurrency_pays_when_busy():
    """Above 60 % of the time (spec inference 3.4), and a busy lane costs more than ml.m5.large."""
    usd = rates()
    busy = usd["provisioned-second-2048"] / (usd["serverless-second-2048"] - usd["provisioned-inference-second-2048"])

    assert busy == pytest.approx(0.6, abs=0.002)
    assert 3600 * usd["serverless-second-2048"] == pytest.approx(0.144)
    assert usd_per_hour("ml.m5.large") / (3600 * usd["serverless-second-2048"]) == pytest.approx(0.8, abs=0.002)


@pytest.mark.parametrize("size", MEMORY_MB)
def test_a_run_is_billed_by_these_rates(size):
    """On demand each size has its price, 0.00002 a second for each 1024 MB; of provisioned environments 2048 MB has one
    (spec inference 3.4)."""
    usd = rates()

    assert Usage(on_demand_ms=1000).cost(size) == usd[f"serverless-second-{size}"] == pytest.approx(2e-5 * size / 1024)
    assert Usage(payload_bytes=10**9).cost(size) == usd["serverless-gb"]
    assert Usage(provisioned_ms=1000).cost(size) == pytest.approx(0.0000233 * size / 2048)
    assert cost_kept_warm(size, 1.0) == pytest.approx(0.00001 * size / 2048)
