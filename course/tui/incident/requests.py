"""What a learner can send in a shift, as the real AWS requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.requests.cloudwatch import SetAlarmState
from engine.requests.sagemaker import DeleteEndpointConfig, UpdateEndpoint
from labs.incidents.measures import earlier_configs

if TYPE_CHECKING:
    from engine.plan import Request
    from labs.incidents.session import Incident, Session

REASON = "Stopped by hand."


def stopping(incident: Incident) -> tuple[SetAlarmState, ...]:
    """Return the requests that put a rollback alarm into ALARM, one for each alarm."""
    return tuple(
        SetAlarmState(alarm_name=name, state_value="ALARM", state_reason=REASON) for name in incident.rollback_alarms
    )


def going_back(incident: Incident) -> tuple[UpdateEndpoint, ...]:
    """Return an update to each earlier configuration, first to the one that served before."""
    endpoint = incident.world.endpoint.endpoint_name
    names = earlier_configs(incident)
    return tuple(UpdateEndpoint(endpoint_name=endpoint, endpoint_config_name=name) for name in names)


def deletions(session: Session) -> tuple[DeleteEndpointConfig, ...]:
    """Return a request for each configuration that is there."""
    gone = {event.detail["config"] for event in session.deletions}
    names = [config.endpoint_config_name for config in session.incident.found.configs]
    return tuple(DeleteEndpointConfig(endpoint_config_name=name) for name in names if name not in gone)


def written(request: Request) -> Mapping[str, Any]:
    """Return the operation with its request, as it stands in a plan."""
    from engine.aws.translation.writing import write_request

    return dict([write_request(request)])


def in_a_line(request: Request) -> str:
    """Return the request as somebody would tell it."""
    match request:
        case SetAlarmState(alarm_name=name, state_value=state):
            return f"SetAlarmState {name} {state}"
        case DeleteEndpointConfig(endpoint_config_name=name):
            return f"DeleteEndpointConfig {name}"
        case UpdateEndpoint(endpoint_name=endpoint, endpoint_config_name=name):
            return f"UpdateEndpoint {endpoint} to {name}"
    return next(iter(written(request)))
