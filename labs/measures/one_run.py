"""What is measured in one run, and the run that harm is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from engine.plan import Plan
from engine.requests.sagemaker import CreateEndpoint, EndpointConfig, UpdateEndpoint
from engine.run import Outcome, RequestLog, Run
from engine.world import World
from labs.measures.experiments import decided_by_weights, kept
from labs.measures.registry import MEASURES, Number
from labs.measures.trial import Trial

V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The figures of one run."""

    seed: int
    outcome: Outcome
    figures: Mapping[str, float | None]
    """By the names of the measures that are numbers; None is never."""
    kept: str | None = None
    """The model that answers alone in the end, where outcomes are counted."""
    by_weights: bool = False
    """Whether an experiment was decided by weights, which is no update and yet not nothing."""

    def __getitem__(self, number: Number[V]) -> V:
        """Return a figure."""
        return cast(V, self.figures[number.name])


def measure(world: World, run: Run, without: RequestLog) -> Measured:
    """Measure a run against the log of the run of the same seed without any update."""
    trial = Trial.of(world, run, without)
    figures = {name: row.of(trial) for name, row in MEASURES.items() if isinstance(row, Number)}
    return Measured(
        seed=run.seed,
        outcome=run.outcome,
        figures=figures,
        kept=kept(run),
        by_weights=decided_by_weights(world, run),
    )


def unguarded(plan: Plan, endpoint_name: str) -> Plan:
    """Return the update that `plan` asks for, without any guard: all at once, no bake, no alarm, no condition."""
    update = plan.update_of(endpoint_name)
    if update is None:
        return Plan()
    bare = UpdateEndpoint(
        endpoint_name=update.endpoint_name,
        endpoint_config_name=update.endpoint_config_name,
        retain_all_variant_properties=update.retain_all_variant_properties,
        exclude_retained_variant_properties=update.exclude_retained_variant_properties,
    )
    kept = [
        step
        for step in plan.steps
        if isinstance(step.request, EndpointConfig | CreateEndpoint) or step.request is update
    ]
    return Plan(tuple(replace(step, request=bare, when=None) if step.request is update else step for step in kept))
