"""What an account holds beside each single endpoint: all endpoints of a run know the same one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.autoscaling.registry import Registered
from engine.autoscaling.tracking_alarms import variant_of
from engine.plan import Request
from engine.requests.autoscaling import OfTarget
from engine.requests.experiments import ExperimentRequest
from engine.requests.sagemaker import EndpointConfig
from engine.sagemaker.shadow_tests.experiment import Experiment

if TYPE_CHECKING:
    from engine.sagemaker.control_plane import ControlPlane


@dataclass(slots=True)
class Holdings:
    """Configurations and shadow tests by name, what is registered for scaling, and who takes requests."""

    configs: dict[str, EndpointConfig]
    registered: Registered = field(default_factory=Registered)
    experiments: dict[str, Experiment] = field(default_factory=dict)
    endpoints: dict[str, ControlPlane] = field(default_factory=dict)
    """By the name of the endpoint, be it there or not; the world's own is the first."""

    def control_of(self, name: str | None) -> ControlPlane:
        """Return who takes requests about an endpoint; about one that nobody knows any of them can say so."""
        return self.endpoints.get(name or "") or next(iter(self.endpoints.values()))

    def endpoint_of(self, request: Request) -> str | None:
        """Return the name of the endpoint that a request is about, None for one that is about none."""
        name = endpoint_named(request)
        if name is None and isinstance(request, ExperimentRequest) and request.name in self.experiments:
            return self.experiments[request.name].request.endpoint_name
        return name


def endpoint_named(request: Request) -> str | None:
    """Return the name of the endpoint that stands in a request."""
    if isinstance(request, OfTarget):
        return (variant_of(request.resource_id) or (None,))[0]
    name: str | None = getattr(request, "endpoint_name", None)
    return name
