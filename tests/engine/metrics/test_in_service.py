"""A variant publishes as long as a fleet of it is in service: not before it, and not a zero behind it."""

from __future__ import annotations

import pytest

from engine.plan import Plan
from engine.requests.sagemaker import EndpointConfig, ProductionVariant, ServerlessConfig
from engine.simulate import simulate
from tests.engine.metrics.test_store import PLAIN, ask, closed, store_of
from tests.engine.rollouts import STEADY, all_at_once, config, later, update, world
from tests.engine.sagemaker.shadow_tests.experiments import KEPT, PROMOTED, created, run_of, stopped, where
from tests.engine.serving.tape import fleet_of

CALLED_OTHER = config("v2", variant_name="other")
SERVERLESS = EndpointConfig(
    endpoint_config_name="v1",
    production_variants=(
        ProductionVariant(
            variant_name="main",
            model_name="v1",
            serverless_config=ServerlessConfig(memory_size_in_mb=2048, max_concurrency=20),
        ),
    ),
)


def published(run, variant, name="Invocations", stat="Sum"):
    """Return the minutes in which the variant has a point, and in which it is zero."""
    wanted = {"EndpointName": "churn", "VariantName": variant}
    [series] = [s for s in run.metrics if (s.name, s.stat, dict(s.dimensions)) == (name, stat, wanted)]
    points = list(enumerate(series.points))
    return [minute for minute, value in points if value is not None], [minute for minute, value in points if value == 0]


def test_zeros_only_while_in_service():
    """From 150 s to 400 s one fleet is in service, from 400 s to 600 s none, then the other one."""
    one, other = fleet_of(PLAIN, name="v1"), fleet_of(PLAIN, name="v2")
    store = store_of()
    store.watch(one, stands=False)
    store.watch(other, stands=False)
    for since, fleets in ((150, [one]), (400, []), (600, [other])):
        store.stand(since, fleets)
    closed(store, 15)
    points = [ask(store, "Invocations", start=60.0 * minute) for minute in range(12)]

    assert points == [None, None, 0, 0, 0, 0, 0, None, None, None, 0, 0]
    assert ask(store, "Invocations", start=420, period=120) is None
    assert ask(store, "ConcurrentRequestsPerModel", "Maximum", start=390, period=10) == 0
    assert ask(store, "ConcurrentRequestsPerModel", "Maximum", start=400, period=10) is None


@pytest.mark.parametrize("actions, gone, stays", [(PROMOTED, "main", "Shadow-01"), (KEPT, "Shadow-01", "main")])
def test_a_variant_that_a_shadow_test_removes(actions, gone, stays):
    """The test begins at 300 s and is stopped at 1200 s, which takes until 1357 s at most."""
    run = run_of(where(), later(0, created()), later(900, stopped(actions)))
    points, zeros = published(run, gone)

    assert points[-1] <= 22
    assert not zeros
    assert published(run, "Shadow-01")[0][0] == 467 // 60
    assert published(run, stays)[0][-1] == 59


def test_a_variant_under_another_name():
    """The new one comes into service at 463 s, with traffic at 493 s; the old one bakes for 300 s without traffic."""
    here = world(configs=(config("v1"), CALLED_OTHER), timing=STEADY, update_at_s=306.0)
    run = simulate(here, Plan.of(update(None)), 1)

    assert published(run, "main")[0] == list(range(9))
    assert published(run, "other")[0] == list(range(7, 30))


@pytest.mark.parametrize("settings", [None, all_at_once(300)])
def test_an_update_under_the_same_name_leaves_no_gap(settings):
    """Whoever serves the variant, it is in service all the time."""
    run = simulate(world(timing=STEADY, rate=0.01), Plan.of(update(settings)), 1)

    assert published(run, "main")[0] == list(range(30))


def test_a_variant_that_is_serverless_no_longer():
    """What only serverless variants publish ends with the last fleet that is one (spec sagemaker 6.1)."""
    here = world(configs=(SERVERLESS, config("v2")), timing=STEADY, update_at_s=306.0)
    run = simulate(here, Plan.of(update(None)), 1)
    points, _ = published(run, "main", "ServerlessConcurrentExecutionsUtilization", "Maximum")

    assert run.outcome == "promoted"
    assert points == list(range(points[-1] + 1))
    assert points[-1] < 15
