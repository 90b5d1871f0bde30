"""One shadow test while a run goes on: its state, and what requests want of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import simpy

from engine.requests.experiments import CreateInferenceExperiment, StopInferenceExperiment
from engine.sagemaker.endpoint import VariantState
from engine.sagemaker.shadow_tests.terms import ENDED
from engine.serving.fleet import Fleet


@dataclass(frozen=True, slots=True)
class Before:
    """The production variant as it was before the test, to which the endpoint goes back."""

    instance_type: str
    count: int


@dataclass(slots=True, kw_only=True)
class Experiment:
    """A shadow test; times are seconds of the run, start and end those of its schedule."""

    request: CreateInferenceExperiment
    """As last updated."""
    created_s: float
    start_s: float
    end_s: float | None = None
    """None: seven days after the start."""
    status: str = "Creating"
    reason: str | None = None
    modified_s: float = 0.0
    completed_s: float | None = None
    variant_status: dict[str, str] = field(default_factory=dict)
    stop: StopInferenceExperiment | None = None
    """What was asked for when it was stopped."""
    before: Before | None = None
    state: VariantState | None = None
    """The shadow on the endpoint."""
    source: VariantState | None = None
    """The production variant on the endpoint."""
    woken: simpy.Event | None = None
    """Goes off when a request has moved what the test waits for."""

    @property
    def name(self) -> str:
        """Return its name."""
        return self.request.name

    @property
    def over(self) -> bool:
        """Has it ended?"""
        return self.status in ENDED

    @property
    def fleet(self) -> Fleet | None:
        """Return the shadow's fleet, if there is one."""
        return None if self.state is None else self.state.fleet

    def wake(self) -> None:
        """Let the test look again at what it waits for."""
        if self.woken is not None and not self.woken.triggered:
            self.woken.succeed()


def seconds(moment: datetime, start: datetime) -> float:
    """Return a moment of the wall clock as seconds of the run, which begins at `start`."""
    return (moment - start).total_seconds()
