"""DeleteEndpoint carried out: Deleting, and then nothing is left but configurations, models and alarms.

Whether AWS answers requests while an endpoint is Deleting is not published, nor what becomes of those that wait in an
asynchronous queue: here none is taken from the request on, what is in work is still answered, and what waits expires.
"""

from __future__ import annotations

from engine.sagemaker.cloud import Cloud
from engine.sagemaker.updates.steps import Steps


def delete(cloud: Cloud) -> None:
    """Begin a deletion that has been accepted."""
    endpoint, now = cloud.endpoint, cloud.env.now
    cloud.plane.advance(now)
    for state in endpoint.all_variants:
        for fleet in (state.fleet, state.leftover):
            if fleet is not None:
                fleet.enable(0, now)
                fleet.let_go(now)
    endpoint.turn("Deleting", now)
    cloud.recorder.event(now, "DeleteEndpoint", "DeleteEndpoint: accepted.", status=200)
    cloud.recorder.begin(now, "Deleting", "Deleting the endpoint.")
    cloud.reroute()
    cloud.env.process(_deleting(cloud))


def _deleting(cloud: Cloud) -> Steps:
    """Take the instances away: the bill ends, and the name is free again."""
    endpoint = cloud.endpoint
    yield cloud.env.timeout(cloud.world.timing.terminate_s)
    now = cloud.env.now
    cloud.recorder.end(now)
    endpoint.end(now)
    cloud.reroute()
    cloud.recorder.event(now, "Deleted", f"There is no endpoint {endpoint.endpoint_name} any more.")
