"""One row of points before all controllers: a line for each, CloudWatch with each of its four ways to take silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from engine.deciders import argo_rollouts, cloudwatch, flagger, kayenta
from engine.deciders.verdict import Row, Verdict
from engine.requests.cloudwatch import TreatMissingData


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How each of them is set."""

    argo_rollouts: argo_rollouts.ArgoRollouts
    flagger: flagger.Flagger
    kayenta: kayenta.Kayenta
    cloudwatch: cloudwatch.CloudWatch


@dataclass(frozen=True, slots=True)
class Line:
    """A controller and what it makes of the row."""

    name: str
    verdict: Verdict


def lines(row: Row, settings: Settings) -> Iterator[Line]:
    """Yield a line for each controller, always in the same order."""
    yield Line("Argo Rollouts", argo_rollouts.decide(row, settings.argo_rollouts))
    yield Line("Flagger", flagger.decide(row, settings.flagger))
    for treatment in get_args(TreatMissingData):
        verdict = cloudwatch.decide(row, settings.cloudwatch, treatment)
        yield Line(f"CloudWatch {treatment}", verdict)
    yield Line("Kayenta", kayenta.decide(row, settings.kayenta))
