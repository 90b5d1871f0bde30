"""The requests about shadow tests, which AWS calls inference experiments (spec sagemaker 9, inference 7.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.bounds import Bounded, bounded
from engine.requests.sagemaker import MOST_INSTANCES

VariantAction = Literal["Retain", "Remove", "Promote"]
StopState = Literal["Completed", "Cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelVariant(Bounded):
    """A ModelVariantConfig: a model on its own instances, for real-time inference."""

    model_name: str
    variant_name: str
    instance_type: str
    instance_count: int = bounded(low=1, high=MOST_INSTANCES)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowMode(Bounded):
    """A ShadowModeConfig: which variant answers, which gets copies, and of how many requests."""

    source_variant: str
    shadow_variant: str
    sampling_percentage: int = bounded(low=1, high=100)

    @property
    def share(self) -> float:
        """The share of the requests that is copied, above 0 up to 1."""
        return self.sampling_percentage / 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a test begins and ends; both with an offset."""

    start_time: datetime | None = None
    """None: at once."""
    end_time: datetime | None = None
    """None: seven days after the beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateInferenceExperiment:
    """A shadow test of an endpoint that exists."""

    name: str
    role_arn: str
    endpoint_name: str
    model_variants: tuple[ModelVariant, ...]
    shadow_mode: ShadowMode
    schedule: Schedule = Schedule()
    description: str | None = None

    @property
    def source(self) -> ModelVariant:
        """The production variant as it is during the test."""
        return self.variant(self.shadow_mode.source_variant)

    @property
    def shadow(self) -> ModelVariant:
        """The shadow variant."""
        return self.variant(self.shadow_mode.shadow_variant)

    def variant(self, name: str) -> ModelVariant:
        """Return the variant of that name; StopIteration without one, which AWS's service would have refused."""
        return next(each for each in self.model_variants if each.variant_name == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateInferenceExperiment:
    """Change a test that has not begun, or what may change while it runs."""

    name: str
    schedule: Schedule | None = None
    description: str | None = None
    model_variants: tuple[ModelVariant, ...] = ()
    shadow_mode: ShadowMode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartInferenceExperiment:
    """Begin a test before its time."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopInferenceExperiment:
    """End a test: what becomes of its variants, and what it is called from then on."""

    name: str
    actions: Mapping[str, VariantAction]
    """ModelVariantActions by variant."""
    desired_variants: tuple[ModelVariant, ...] = ()
    """On which instances the variants are that stay."""
    desired_state: StopState = "Cancelled"
    """What AWS takes without one is not published; it calls a test that is stopped early Cancelled."""
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteInferenceExperiment:
    """Forget a test that is over; its endpoint and variants stay."""

    name: str


ExperimentRequest = (
    CreateInferenceExperiment
    | UpdateInferenceExperiment
    | StartInferenceExperiment
    | StopInferenceExperiment
    | DeleteInferenceExperiment
)
