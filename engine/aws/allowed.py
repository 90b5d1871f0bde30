"""What may stand at a place of a request: for forms, for help while typing, and for remedies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from engine.autoscaling.tracking_alarms import PREDEFINED
from engine.aws.rules.alarms import LOW_SAMPLES, MISSING_DATA, SHORT_PERIODS_S, THRESHOLD_OPERATORS
from engine.aws.shapes.models import OTHERS, SERVICES, Shape, input_shape
from engine.requests.autoscaling import SAGEMAKER, SCALED
from engine.requests.sagemaker import MOST_INSTANCES
from engine.sagemaker.updates.terms import SIZES

Kind = Literal["mapping", "list", "text", "whole number", "number", "true or false"]
KINDS: Mapping[str, Kind] = {
    "structure": "mapping",
    "map": "mapping",
    "list": "list",
    "string": "text",
    "integer": "whole number",
    "long": "whole number",
    "float": "number",
    "double": "number",
    "boolean": "true or false",
}
SCALING = tuple(operation for operation, service in SERVICES.items() if service == "application-autoscaling")
TRACKING = "TargetTrackingScalingPolicyConfiguration"
CHOICES: Mapping[tuple[str, ...], Sequence[str]] = {
    ("PutMetricAlarm", "TreatMissingData"): MISSING_DATA,
    ("PutMetricAlarm", "EvaluateLowSampleCountPercentile"): LOW_SAMPLES,
    ("PutMetricAlarm", "ComparisonOperator"): THRESHOLD_OPERATORS,
    **{(operation, "ServiceNamespace"): (SAGEMAKER,) for operation in SCALING},
    **{(operation, "ScalableDimension"): SCALED for operation in SCALING},
    ("PutScalingPolicy", "PolicyType"): ("TargetTrackingScaling", "StepScaling"),
    ("PutScalingPolicy", TRACKING, "PredefinedMetricSpecification", "PredefinedMetricType"): tuple(PREDEFINED),
}
"""Closed sets that the service model does not name, or of which the simulation has a part (spec sagemaker 6.2)."""
METRIC = ("PutMetricAlarm", "Metrics", "MetricStat", "Metric")
DIMENSIONS = ("EndpointName", "VariantName", "EndpointConfigName")
NAMESPACES = ("AWS/SageMaker", "/aws/sagemaker/Endpoints")
STATISTICS = ("Sum", "Average", "Minimum", "Maximum", "SampleCount", "p50", "p90", "p99")


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What may stand at one place."""

    kind: Kind
    required: bool = False
    """Does the client insist on it, given the mapping around it?"""
    choices: tuple[str, ...] = ()
    """All texts that are possible; empty where any is."""
    suggestions: tuple[str, ...] = ()
    """Texts that make sense in this course, where any is possible."""
    least: int | None = None
    """Of a number its value, of a text or a list its length."""
    most: int | None = None
    percent: bool = False
    """Is it a share of a fleet?"""
    pattern: str | None = None
    fields: tuple[str, ...] = ()
    """Of a mapping, or of a list of them: the names of its fields, those that are required first."""

    def in_words(self) -> str:
        """Return it as part of a sentence: `a whole number, 0 to 3600`."""
        if self.choices:
            few = len(self.choices) <= MOST_NAMED
            return " or ".join(self.choices) if few else f"a value such as {self.choices[0]}"
        bounds = f", {self.bounds}" if self.bounds else ""
        return ("" if self.kind == "true or false" else "a ") + self.kind + bounds

    @property
    def bounds(self) -> str:
        """The least and the most in words: `0 to 3600`; empty where nothing is known of either."""
        unit = " %" if self.percent else {"list": " entries", "text": " characters"}.get(self.kind, "")
        if self.least is not None and self.most is not None:
            return f"{self.least} to {self.most}{unit}"
        return f"at least {self.least}{unit if self.least != 1 else ONE.get(unit, unit)}" if self.least else ""


ONE = {" entries": " entry", " characters": " character"}
MOST_NAMED = 6
"""Choices that a sentence names."""


def allowed(operation: str, path: Sequence[str | int], beside: Mapping[str, object] | None = None) -> Allowed | None:
    """Return what may stand at `path` in a request, None for a place that does not exist.

    Indices may be left out: `("DeploymentConfig", "AutoRollbackConfiguration", "Alarms", "AlarmName")`. `beside` is the
    mapping around the place as far as it is written: what stands there may narrow what fits.
    """
    if operation not in SERVICES and operation not in OTHERS:
        return None
    keys = [key for key in path if isinstance(key, str)]
    shape, required = input_shape(operation), True
    for key in keys:
        shape = _entry(shape)
        if shape.type_name == "map":
            shape, required = shape.value, False
            continue
        if shape.type_name != "structure" or key not in shape.members:
            return None
        required = key in shape.metadata.get("required", ())
        shape = shape.members[key]
    if path and isinstance(path[-1], int):
        shape = _entry(shape)
    return _narrowed(_allowed(shape, (operation, *keys), required=required), keys, beside or {})


def _narrowed(found: Allowed, keys: Sequence[str], beside: Mapping[str, object]) -> Allowed:
    """Return it with the bounds that the service model does not state (spec sagemaker 1.2, 1.4; cloudwatch 1, 3)."""
    field = keys[-1] if keys else ""
    if field == "Value" and beside.get("Type") == "CAPACITY_PERCENT":
        size = next((size for size in SIZES if size.field in keys), None)
        return replace(found, least=size.low, most=size.high, percent=True) if size else found
    if field == "Period":
        return replace(found, least=min(SHORT_PERIODS_S))
    if field in ("InitialInstanceCount", "DesiredInstanceCount"):
        return replace(found, least=1, most=MOST_INSTANCES)
    if field == "DatapointsToAlarm" and type(n := beside.get("EvaluationPeriods")) is int and n >= 1:
        return replace(found, most=n)
    return found


def _entry(shape: Shape) -> Shape:
    """Return what a list holds; anything else is its own entry."""
    return shape.member if shape.type_name == "list" else shape


def _allowed(shape: Shape, place: tuple[str, ...], *, required: bool) -> Allowed:
    inner, limits = _entry(shape), shape.metadata
    return Allowed(
        kind=KINDS.get(shape.type_name, "text"),
        required=required,
        choices=tuple(CHOICES.get(place, limits.get("enum", ()))),
        suggestions=_suggestions(place),
        least=limits.get("min"),
        most=limits.get("max"),
        pattern=limits.get("pattern"),
        fields=_fields(inner) if inner.type_name == "structure" else (),
    )


def _fields(shape: Shape) -> tuple[str, ...]:
    required = tuple(shape.metadata.get("required", ()))
    return (*required, *(name for name in shape.members if name not in required))


def _suggestions(place: tuple[str, ...]) -> tuple[str, ...]:
    from engine.metrics.published import METRICS

    known = {
        "MetricName": tuple(METRICS),
        "Namespace": NAMESPACES,
        "Name": DIMENSIONS,
        "ExtendedStatistic": ("p50", "p90", "p99"),
        "Stat": STATISTICS,
    }
    in_alarm = place[0] == "PutMetricAlarm" and "Tags" not in place
    return known.get(place[-1], ()) if in_alarm else ()
