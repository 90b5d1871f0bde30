"""Which updates the service takes, and what it makes of them: refusals, retained properties, silent fall-backs
(spec sagemaker 1.6, 2.9, 8.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.errors import RefusedRequest
from engine.requests.sagemaker import (
    DeploymentConfig,
    EndpointConfig,
    RollingUpdatePolicy,
    UpdateEndpointWeightsAndCapacities,
    UpdatePolicy,
)
from engine.sagemaker.capacity import Newcomer, instances_of
from engine.sagemaker.endpoint import EndpointState
from engine.sagemaker.updates.terms import DEFAULT_POLICY, policy_of
from engine.world import World

BUSY = ("Creating", "Updating", "SystemUpdating", "RollingBack", "Deleting")
"""Statuses in which an endpoint takes no update (spec sagemaker 3.2)."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How an update is carried out."""

    policy: UpdatePolicy
    alarms: tuple[str, ...]
    guarded: bool
    """False for excluded endpoints: they get no deployment events."""

    @property
    def bills_both(self) -> bool:
        """Is the new fleet billed beside the old one? Not for all-at-once without baking (spec sagemaker 2.8)."""
        if isinstance(self.policy, RollingUpdatePolicy):
            return True
        routing = self.policy.traffic_routing_configuration
        return routing.type != "ALL_AT_ONCE" or self.policy.termination_wait_in_seconds > 0


def check_endpoint(endpoint: EndpointState, name: str) -> None:
    """Refuse an endpoint that is not there or is busy."""
    if name != endpoint.endpoint_name:
        raise RefusedRequest("ValidationException", f'Could not find endpoint "{name}".')
    if endpoint.status in BUSY:
        raise RefusedRequest("ValidationException", f'Cannot update in-progress endpoint "{name}".')


def check_update(endpoint: EndpointState, config: EndpointConfig, settings: DeploymentConfig | None) -> None:
    """Refuse what a policy cannot do. The service's own texts are not published (spec sagemaker 13.7, 13.8); the
    default update accepts a renamed variant."""
    if settings is None or (settings.blue_green_update_policy is None and settings.rolling_update_policy is None):
        return
    if settings.blue_green_update_policy is not None and settings.rolling_update_policy is not None:
        raise RefusedRequest("ValidationException", "A deployment configuration takes one update policy, got two.")
    old = sorted(state.variant.variant_name for state in endpoint.variants)
    new = sorted(variant.variant_name for variant in config.production_variants)
    if old != new:
        raise RefusedRequest(
            "ValidationException", f"The new configuration must keep the variant names {old}, got {new}."
        )
    if settings.rolling_update_policy is not None and len(new) > 1:
        raise RefusedRequest("ValidationException", "A rolling deployment takes one variant only.")


def check_quota(world: World, endpoint: EndpointState, newcomers: Sequence[Newcomer], terms: Terms) -> None:
    """Refuse more instances than the account may run, the old fleet included (not published, spec 13.10)."""
    if world.instance_quota is None:
        return
    wanted = sum(newcomer.count for newcomer in newcomers)
    if isinstance(terms.policy, RollingUpdatePolicy):
        wanted = instances_of(terms.policy.maximum_batch_size, wanted, world.timing)
    _check_limit(world.instance_quota, endpoint.instances, wanted, newcomers[0].variant.instance_type)


def check_capacities(world: World, endpoint: EndpointState, request: UpdateEndpointWeightsAndCapacities) -> None:
    """Refuse weights and capacities that an endpoint cannot take: a real-time variant keeps an instance (spec
    sagemaker 7), and only UpdateEndpoint repairs a mix of configurations (3.2)."""
    if endpoint.status == "UpdateRollbackFailed":
        raise RefusedRequest("ValidationException", "The endpoint is UpdateRollbackFailed: UpdateEndpoint repairs it.")
    known = {state.variant.variant_name: state for state in endpoint.variants}
    unknown = [d.variant_name for d in request.desired_weights_and_capacities if d.variant_name not in known]
    if unknown:
        raise RefusedRequest("ValidationException", f"There is no variant {unknown}, known: {sorted(known)}.")
    for desired in request.desired_weights_and_capacities:
        count, state = desired.desired_instance_count, known[desired.variant_name]
        if count == 0:
            raise RefusedRequest("ValidationException", f"Variant {desired.variant_name} needs at least 1 instance.")
        if count is not None and world.instance_quota is not None:
            more = count - state.fleet.instances
            _check_limit(world.instance_quota, endpoint.instances, more, state.variant.instance_type)


def _check_limit(quota: int, used: int, more: int, kind: str) -> None:
    if more > 0 and used + more > quota:
        raise RefusedRequest(
            "ResourceLimitExceeded",
            f"The account-level service limit '{kind} for endpoint usage' is {quota} Instances, with current "
            f"utilization of {used} Instances and a request delta of {more} Instances. Please contact AWS support to "
            "request an increase for this limit.",
        )


def terms_of(settings: DeploymentConfig | None, endpoint: EndpointState, config: EndpointConfig) -> Terms:
    """Return how the update is carried out; Inf1 instances silently fall back to all at once without baking.

    Whether the old or the new fleet must have them is not published (spec sagemaker 2.9 speaks of the endpoint): here
    either will do.
    """
    variants = (*(state.variant for state in endpoint.variants), *config.production_variants)
    excluded = any(variant.instance_type.startswith("ml.inf1.") for variant in variants)
    if settings is None:
        return Terms(DEFAULT_POLICY, (), guarded=not excluded)
    return Terms(DEFAULT_POLICY if excluded else policy_of(settings), settings.alarms, guarded=not excluded)
