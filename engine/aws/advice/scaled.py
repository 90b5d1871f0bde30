"""Requests of Application Auto Scaling beside the variant that they scale: what advice on scaling is asked about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.autoscaling.tracking_alarms import variant_of
from engine.aws.calls import Call
from engine.aws.rules.outlook import Outlook
from engine.requests.autoscaling import OfTarget, PutScalingPolicy, TargetTracking
from engine.requests.sagemaker import ProductionVariant
from engine.serving.model import Model
from engine.world import World

TRACKING = "TargetTrackingScalingPolicyConfiguration"


@dataclass(frozen=True, slots=True)
class Scaled:
    """A request about a scalable target with the variant that is meant."""

    call: Call
    request: OfTarget
    outlook: Outlook
    """What is there when it is sent."""

    @property
    def variant(self) -> str:
        """The variant's name."""
        return (variant_of(self.request.resource_id) or ("", ""))[1]

    @property
    def share(self) -> float:
        """The variant's share of the requests, by the weights; where nobody weighs anything, all of it."""
        desired = self.outlook.desired
        total = sum(each.weight for each in desired.values())
        return desired[self.variant].weight / total if total and self.variant in desired else 1.0

    @property
    def most(self) -> int | None:
        """MaxCapacity."""
        found = self.outlook.registered.targets.get(self.request.target)
        return None if found is None else found.bounds.high

    def _production(self) -> ProductionVariant | None:
        config = self.outlook.current_config
        variants = config.production_variants if config else ()
        return next((each for each in variants if each.variant_name == self.variant), None)

    def model(self, world: World) -> Model | None:
        """Return the model that the variant runs."""
        variant = self._production()
        return None if variant is None else world.models.get(variant.model_name)

    def cores(self, world: World) -> int | None:
        """Return how many cores of an instance the variant's model can keep busy; None where that is not known."""
        variant, model = self._production(), self.model(world)
        if variant is None or model is None:
            return None
        return min(model.workers, world.hardware(variant.instance_type).vcpus or model.workers)

    def answers_per_s(self, world: World) -> float | None:
        """Return how many requests a second one of its instances answers; None of a variant that is not known."""
        model = self.model(world)
        return None if model is None else model.workers / (model.mean_ms / 1000)


@dataclass(frozen=True, slots=True)
class Tracked(Scaled):
    """A tracking policy."""

    tracking: TargetTracking


def tracked(outlook: Outlook) -> Iterator[Tracked]:
    """Yield every policy that tracks a target."""
    for call, policy in outlook.every(PutScalingPolicy):
        if policy.target_tracking is not None:
            yield Tracked(call, policy, outlook.before(call), policy.target_tracking)
