"""PutMetricData: what a team measures itself (spec cloudwatch 5).

Alarms see it, as do GetMetricData, GetMetricStatistics and ListMetrics. The refusals are AWS's where somebody printed
them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.moments import run_second
from engine.aws.gateway.operations.cloudwatch.limits import keep_to_the_model
from engine.aws.gateway.operations.noted import noted
from engine.aws.translation.reading_alarms import read_dimensions
from engine.metrics.custom import Key
from engine.metrics.samples import StatisticSet

MOST_METRICS = 1000
MOST_VALUES = 150
LARGEST = 2.0**360
BACK_S, AHEAD_S = 14 * 86_400.0, 2 * 3600.0
WRONG, CLASH = "InvalidParameterValue", "InvalidParameterCombination"
KINDS = ("Value", "Values", "StatisticValues")


@dataclass(frozen=True, slots=True)
class _Put:
    """One datum, read."""

    key: Key
    at: float
    totals: StatisticSet
    values: Mapping[float, float]
    unit: str
    every_s: int


def put(account: Account, request: Raw) -> Mapping[str, Any]:
    """Take in all of it, or nothing: a ServiceError names what is wrong."""
    keep_to_the_model("PutMetricData", request)
    namespace = request["Namespace"]
    if namespace.startswith("AWS/"):
        raise ServiceError(WRONG, "The value AWS/ for parameter Namespace is invalid.")
    if "EntityMetricData" in request:
        raise ServiceError("NotSimulated", "EntityMetricData is not simulated: write MetricData.")
    data = request.get("MetricData", ())
    if not data:
        raise ServiceError("MissingParameter", "The parameter MetricData is required.")
    if len(data) > MOST_METRICS:
        raise ServiceError(WRONG, f"MetricData holds at most {MOST_METRICS} metrics, not {len(data)}.")
    live = account.live
    read = [_read(account, namespace, each, f"MetricData.member.{place}") for place, each in enumerate(data, start=1)]
    for each in read:
        live.custom.put(each.key, each.at, each.totals, each.values, now=live.now, unit=each.unit, every_s=each.every_s)
    return {}


def _read(account: Account, namespace: str, datum: Raw, where: str) -> _Put:
    every_s = datum.get("StorageResolution", 60)
    if every_s not in (1, 60):
        say = f"The parameter {where}.StorageResolution must be a value in the set [ 1, 60 ]."
        raise ServiceError(WRONG, say)
    values = _values(datum, where)
    key = Key(namespace, datum["MetricName"], read_dimensions(datum))
    return _Put(
        key, _at(account, datum, where), _totals(datum, values, where), values, datum.get("Unit", "None"), every_s
    )


def _at(account: Account, datum: Raw, where: str) -> float:
    now = account.live.now
    at = run_second(account, datum["Timestamp"]) if "Timestamp" in datum else now
    if at < now - BACK_S:
        raise ServiceError(WRONG, f"The parameter {where}.Timestamp must specify a time within the past two weeks.")
    if at > now + AHEAD_S:
        say = f"The parameter {where}.Timestamp must specify a time no more than two hours in the future."
        raise ServiceError(WRONG, say)
    return at


def _values(datum: Raw, where: str) -> Mapping[float, float]:
    """Return how often each value was seen; nothing where only totals are given."""
    given = [each for each in KINDS if each in datum]
    if len(given) > 1:
        both = f"{where}.{given[0]} and {where}.{given[1]}"
        say = f"The parameters {both} are mutually exclusive and you have specified both."
        raise ServiceError(CLASH, say)
    if not given:
        say = f"At least one of the parameters {', '.join(f'{where}.{each}' for each in KINDS)} must be specified."
        raise ServiceError("MissingParameter", say)
    if given == ["StatisticValues"]:
        return _told_by(datum["StatisticValues"], where)
    values = datum["Values"] if given == ["Values"] else [datum["Value"]]
    counts = datum.get("Counts", [1.0] * len(values))
    if len(counts) != len(values):
        say = f"The parameters {where}.Values and {where}.Counts must be of the same size."
        raise ServiceError(WRONG, say)
    if not 1 <= len(values) <= MOST_VALUES:
        raise ServiceError(WRONG, f"The parameter {where}.Values holds 1 to {MOST_VALUES} values, not {len(values)}.")
    seen: dict[float, float] = {}
    for value, count in zip(values, counts, strict=True):
        _refuse_beyond(value, f"{where}.{given[0]}")
        _refuse_beyond(count, f"{where}.Counts")
        if count < 0:
            raise ServiceError(WRONG, f"The parameter {where}.Counts holds no number below 0.")
        if count:
            seen[float(value)] = seen.get(float(value), 0.0) + count
    return seen


def _told_by(totals: Raw, where: str) -> Mapping[float, float]:
    """Return the values behind totals, where these tell: a single one, however often (spec cloudwatch 4)."""
    for name, value in totals.items():
        _refuse_beyond(value, f"{where}.StatisticValues.{name}")
    if totals["SampleCount"] < 0 or totals["Minimum"] > totals["Maximum"]:
        say = (
            f"The parameter {where}.StatisticValues holds a SampleCount of at least 0, and a Minimum up to the Maximum."
        )
        raise ServiceError(WRONG, say)
    is_one = totals["Minimum"] == totals["Maximum"] and totals["Sum"] == totals["SampleCount"] * totals["Minimum"]
    return {float(totals["Minimum"]): float(totals["SampleCount"])} if is_one and totals["SampleCount"] else {}


def _totals(datum: Raw, values: Mapping[float, float], where: str) -> StatisticSet:
    if "StatisticValues" in datum:
        told = datum["StatisticValues"]
        return float(told["SampleCount"]), float(told["Sum"]), float(told["Minimum"]), float(told["Maximum"])
    if not values:
        raise ServiceError(WRONG, f"The parameter {where}.Counts must hold a number above 0.")
    count, total = sum(values.values()), math.fsum(value * count for value, count in values.items())
    return count, total, min(values), max(values)


def _refuse_beyond(value: float, where: str) -> None:
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise ServiceError(WRONG, f"The value {value} for parameter {where} is invalid.")


OPERATIONS = {("cloudwatch", "PutMetricData"): noted("PutMetricData", put)}
