"""PutMetricData read as a value; its refusals are AWS's where somebody printed them (spec cloudwatch 5)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime

from engine.aws.shapes.times import read_time
from engine.aws.translation.reading_alarms import read_dimensions
from engine.requests.fields import Raw, Written, present
from engine.requests.metric_data import MetricDatum, PutMetricData
from engine.requests.refusal import NOT_SIMULATED

MOST_METRICS = 1000
MOST_VALUES = 150
LARGEST = 2.0**360
WRONG, CLASH, MISSING = "InvalidParameterValue", "InvalidParameterCombination", "MissingParameter"
KINDS = ("Value", "Values", "StatisticValues")


class WrongData(Exception):
    """Why CloudWatch does not take the data: a code and a sentence of its own, and where in the request."""

    def __init__(self, code: str, say: str, *at: str | int) -> None:
        super().__init__(say)
        self.code, self.say, self.at = code, say, at


def read_metric_data(request: Raw) -> PutMetricData:
    """Return what PutMetricData publishes; WrongData for what is refused whenever it comes."""
    namespace = request["Namespace"]
    if namespace.startswith("AWS/"):
        raise WrongData(WRONG, "The value AWS/ for parameter Namespace is invalid.", "Namespace")
    if "EntityMetricData" in request:
        raise WrongData(NOT_SIMULATED, "EntityMetricData is not simulated: write MetricData.", "EntityMetricData")
    data = request.get("MetricData", ())
    if not data:
        raise WrongData(MISSING, "The parameter MetricData is required.")
    if len(data) > MOST_METRICS:
        raise WrongData(WRONG, f"MetricData holds at most {MOST_METRICS} metrics, not {len(data)}.")
    read = []
    for place, each in enumerate(data):
        try:
            read.append(_read(each, f"MetricData.member.{place + 1}"))
        except WrongData as wrong:
            raise WrongData(wrong.code, wrong.say, "MetricData", place) from None
    return PutMetricData(namespace=namespace, metric_data=tuple(read))


def write_metric_data(value: PutMetricData) -> Written:
    """Return the PutMetricData request."""
    return {"Namespace": value.namespace, "MetricData": [_datum(each) for each in value.metric_data]}


def _datum(value: MetricDatum) -> Written:
    names = ("SampleCount", "Sum", "Minimum", "Maximum")
    once = len(value.values) == 1 and value.values[0][1] == 1
    several = bool(value.values) and not once
    return present(
        MetricName=value.metric_name,
        Dimensions=[{"Name": name, "Value": each} for name, each in value.dimensions] or None,
        Timestamp=None if value.timestamp is None else value.timestamp.isoformat(),
        Value=value.values[0][0] if once else None,
        Values=[each for each, _ in value.values] if several else None,
        Counts=[count for _, count in value.values] if several else None,
        StatisticValues=None if value.values else dict(zip(names, value.totals, strict=True)),
        Unit=None if value.unit == "None" else value.unit,
        StorageResolution=None if value.storage_resolution == 60 else value.storage_resolution,
    )


def _read(datum: Raw, where: str) -> MetricDatum:
    every_s = datum.get("StorageResolution", 60)
    if every_s not in (1, 60):
        raise WrongData(WRONG, f"The parameter {where}.StorageResolution must be a value in the set [ 1, 60 ].")
    values = _values(datum, where)
    return MetricDatum(
        metric_name=datum["MetricName"],
        dimensions=read_dimensions(datum),
        totals=_totals(datum, values, where),
        values=tuple(values.items()),
        unit=datum.get("Unit", "None"),
        storage_resolution=every_s,
        timestamp=_moment(datum["Timestamp"], where) if "Timestamp" in datum else None,
    )


def _moment(value: object, where: str) -> datetime:
    found = value if isinstance(value, datetime) else read_time(value)
    if found is None:
        raise WrongData(WRONG, f"The value {str(value)[:60]} for parameter {where}.Timestamp is no moment.")
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _values(datum: Raw, where: str) -> Mapping[float, float]:
    """Return how often each value was seen; nothing where only totals are given."""
    given = [each for each in KINDS if each in datum]
    if len(given) > 1:
        both = f"{where}.{given[0]} and {where}.{given[1]}"
        say = f"The parameters {both} are mutually exclusive and you have specified both."
        raise WrongData(CLASH, say)
    if not given:
        say = f"At least one of the parameters {', '.join(f'{where}.{each}' for each in KINDS)} must be specified."
        raise WrongData(MISSING, say)
    if given == ["StatisticValues"]:
        return _told_by(datum["StatisticValues"], where)
    values = datum["Values"] if given == ["Values"] else [datum["Value"]]
    counts = datum.get("Counts", [1.0] * len(values))
    if len(counts) != len(values):
        say = f"The parameters {where}.Values and {where}.Counts must be of the same size."
        raise WrongData(WRONG, say)
    if not 1 <= len(values) <= MOST_VALUES:
        raise WrongData(WRONG, f"The parameter {where}.Values holds 1 to {MOST_VALUES} values, not {len(values)}.")
    seen: dict[float, float] = {}
    for value, count in zip(values, counts, strict=True):
        _refuse_beyond(value, f"{where}.{given[0]}")
        _refuse_beyond(count, f"{where}.Counts")
        if count < 0:
            raise WrongData(WRONG, f"The parameter {where}.Counts holds no number below 0.")
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
        raise WrongData(WRONG, say)
    is_one = totals["Minimum"] == totals["Maximum"] and totals["Sum"] == totals["SampleCount"] * totals["Minimum"]
    return {float(totals["Minimum"]): float(totals["SampleCount"])} if is_one and totals["SampleCount"] else {}


def _totals(datum: Raw, values: Mapping[float, float], where: str) -> tuple[float, float, float, float]:
    if "StatisticValues" in datum:
        told = datum["StatisticValues"]
        return float(told["SampleCount"]), float(told["Sum"]), float(told["Minimum"]), float(told["Maximum"])
    if not values:
        raise WrongData(WRONG, f"The parameter {where}.Counts must hold a number above 0.")
    count, total = sum(values.values()), math.fsum(value * count for value, count in values.items())
    return count, total, min(values), max(values)


def _refuse_beyond(value: float, where: str) -> None:
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise WrongData(WRONG, f"The value {value} for parameter {where} is invalid.")
