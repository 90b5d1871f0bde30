"""What a shadow test does to its endpoint: its start and its end are endpoint updates (spec inference 7.2).

A production variant that keeps its type keeps its instances, and so callers notice nothing; one on another type gets a
new fleet, which takes all traffic at once. Which configuration AWS makes for a test is not published: here the endpoint
keeps the name of its own, and gets a new one where a shadow is promoted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.requests.experiments import ModelVariant
from engine.requests.sagemaker import EndpointConfig, ProductionVariant
from engine.sagemaker.cloud import Cloud
from engine.sagemaker.control_plane import ControlPlane
from engine.sagemaker.endpoint import VariantState
from engine.sagemaker.life.launching import NO_CAPACITY, in_vain, none_left, provision_time
from engine.sagemaker.updates.steps import Steps
from engine.serving.fleet import Fleet

LONGEST_NAME = 63
PROMOTED = "-promoted"
"""How the configuration is called in which a shadow is promoted, behind the name of the test: ours."""


class NeverStarted(Exception):
    """Instances that were asked for did not come into service; carries the reason."""


@dataclass(slots=True)
class EndpointUpdates:
    """Changes of the endpoint's fleets."""

    control: ControlPlane

    @property
    def cloud(self) -> Cloud:
        """Return what everything works on."""
        return self.control.cloud

    def begin(self) -> None:
        """Set the endpoint to Updating."""
        self.cloud.endpoint.turn("Updating", self.cloud.env.now)
        self.cloud.changed()

    def end(self) -> None:
        """Put it in service again, on the fleets that there are now."""
        self.cloud.endpoint.turn("InService", self.cloud.env.now)
        self.cloud.reroute()

    def deploy(self, source: VariantState, production: ModelVariant, shadow: ModelVariant, share: float) -> Steps:
        """Launch a shadow beside production, and production itself anew where it changes its type."""
        cloud = self.cloud
        if _grows(source, production.instance_type, production.instance_count):
            yield from self._have(production.instance_type)
        variant = ProductionVariant(
            variant_name=shadow.variant_name,
            model_name=shadow.model_name,
            instance_type=shadow.instance_type,
            initial_instance_count=shadow.instance_count,
            initial_variant_weight=source.weight * share,
        )
        fleet = cloud.fleet(variant, cloud.endpoint.config_name)
        failure = in_vain(cloud, (fleet,))
        if failure is not None:
            yield cloud.env.timeout(failure.after_s)
            raise NeverStarted(failure.reason)
        yield cloud.env.timeout(provision_time(cloud))
        _launch(fleet, shadow.instance_count, cloud.env.now)
        weight = variant.initial_variant_weight
        state = VariantState(variant=variant, weight=weight, desired_count=shadow.instance_count, fleet=fleet)
        cloud.endpoint.shadows.append(state)
        self._take_on(source, production.instance_type, production.instance_count)

    def settle(self, state: VariantState, instance_type: str, count: int) -> Steps:
        """Bring a variant to a type and a count; what is there already takes no time."""
        if (state.variant.instance_type, state.fleet.instances) == (instance_type, count):
            return
        grows, timing = _grows(state, instance_type, count), self.cloud.world.timing
        if grows:
            yield from self._have(instance_type)
        yield self.cloud.env.timeout(provision_time(self.cloud) if grows else timing.terminate_s)
        self._take_on(state, instance_type, count)

    def remove(self, state: VariantState) -> Steps:
        """Take a shadow away."""
        yield self.cloud.env.timeout(self.cloud.world.timing.terminate_s)
        self.cloud.endpoint.shadows.remove(state)

    def promote(self, state: VariantState, source: VariantState, test: str, instance_type: str, count: int) -> Steps:
        """Put the shadow's model into production on new instances, under the shadow's name and a new configuration."""
        cloud = self.cloud
        yield from self._have(instance_type)
        yield cloud.env.timeout(provision_time(cloud))
        variant = replace(
            state.variant,
            instance_type=instance_type,
            initial_instance_count=count,
            initial_variant_weight=source.weight,
        )
        name = f"{test[: LONGEST_NAME - len(PROMOTED)].rstrip('-')}{PROMOTED}"
        self.control.configs[name] = EndpointConfig(endpoint_config_name=name, production_variants=(variant,))
        fleet = cloud.fleet(variant, name)
        cloud.plane.advance(cloud.env.now)
        _launch(fleet, count, cloud.env.now)
        source.variant, source.fleet, source.desired_count = variant, fleet, count
        cloud.endpoint.shadows.remove(state)
        cloud.endpoint.config_name = name

    def _have(self, instance_type: str) -> Steps:
        """Give up after a long time where AWS has none of the type left; then nothing has changed."""
        if none_left(self.cloud, instance_type):
            yield self.cloud.env.timeout(self.cloud.world.timing.capacity_failure_s)
            raise NeverStarted(NO_CAPACITY)

    def _take_on(self, state: VariantState, instance_type: str, count: int) -> None:
        """Bring a variant to a type and a count at once."""
        cloud, now = self.cloud, self.cloud.env.now
        if state.variant.instance_type != instance_type:
            variant = replace(state.variant, instance_type=instance_type, initial_instance_count=count)
            fleet = cloud.fleet(variant, state.fleet.config)
            cloud.plane.advance(now)
            _launch(fleet, count, now)
            state.variant, state.fleet = variant, fleet
        elif state.fleet.instances != count:
            cloud.plane.advance(now)
            state.fleet.launch(max(0, count - state.fleet.instances))
            state.fleet.terminate(max(0, state.fleet.instances - count))
            state.fleet.enable(count, now)
        state.desired_count = count


def _grows(state: VariantState, instance_type: str, count: int) -> bool:
    """Does the variant need instances that are not there?"""
    return state.variant.instance_type != instance_type or count > state.fleet.instances


def _launch(fleet: Fleet, count: int, now: float) -> None:
    fleet.launch(count)
    fleet.enable(count, now)
