"""The part of a deployment that goes on is told before it is over, and a look at it changes nothing."""

from __future__ import annotations

from dataclasses import replace

from engine.live import Live
from engine.requests.sagemaker import CreateEndpoint, DeleteEndpoint, UpdateEndpoint
from engine.traffic.arrivals import Arrivals
from tests.engine.rollouts import STEADY, canary, world


def live(**changes):
    """Return a run that has just begun, in a world where nothing is left to chance."""
    here = world(timing=STEADY, **changes)
    return Live(here, Arrivals(here.workload, 1))


def test_each_part_of_an_update_is_told_while_it_goes_on():
    """At any moment the phases are those of the whole run up to then, the one that goes on cut off now."""
    update = UpdateEndpoint(endpoint_name="churn", endpoint_config_name="v2", deployment_config=canary(wait=300))
    run = live()
    run.advance(1)
    run.submit(update)
    seen = {}
    for t in range(5, 1200, 50):
        run.advance(t)
        seen[t] = run.result().phases

    for t, phases in seen.items():
        begun = [each for each in run.result().phases if each.start < t]
        assert phases == tuple(replace(each, end=min(each.end, t)) for each in begun)
    assert {each.status for each in run.result().phases} >= {"Creating", "ActivatingTraffic", "Baking", "Deleting"}


def test_creation_and_deletion_are_told_from_the_request_on():
    """The endpoint is on its way, and who looks sees since when."""
    run = live()
    run.submit(DeleteEndpoint(endpoint_name="churn"))
    run.advance(5)
    assert [(each.status, each.start, each.end) for each in run.result().phases] == [("Deleting", 0, 5)]

    run.advance(600)
    run.submit(CreateEndpoint(endpoint_name="churn", endpoint_config_name="v1"))
    run.advance(610)
    assert [(each.status, each.start, each.end) for each in run.result().phases[1:]] == [("Creating", 600, 610)]


def test_nothing_goes_on_in_between():
    """An endpoint in service has no part of a deployment."""
    run = live()
    run.advance(100)

    assert run.result().phases == ()
