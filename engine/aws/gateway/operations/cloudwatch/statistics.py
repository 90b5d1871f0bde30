"""GetMetricStatistics: up to 1,440 points of one metric."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.moments import run_second
from engine.aws.gateway.operations.cloudwatch.limits import keep_to_the_model
from engine.aws.gateway.operations.cloudwatch.reading import LONGEST_S, NOT_KEPT, AsKept, is_period, starts
from engine.aws.translation.reading_alarms import read_dimensions
from engine.requests.cloudwatch import Datapoint, MetricStat
from engine.statistics import parse_statistic

MOST = 1440
SHOWN = ("SampleCount", "Average", "Sum", "Minimum", "Maximum")


def get(account: Account, request: Raw) -> Mapping[str, Any]:
    """Answer GetMetricStatistics: a point for each period and unit with data, in the order of time."""
    keep_to_the_model("GetMetricStatistics", request)
    begin, end = (run_second(account, request[each]) for each in ("StartTime", "EndTime"))
    period = request["Period"]
    _refuse(request, begin, end, period)
    query = MetricStat(
        namespace=request["Namespace"],
        metric_name=request["MetricName"],
        dimensions=read_dimensions(request),
        period=period,
        unit=request.get("Unit"),
    )
    names = (*request.get("Statistics", ()), *request.get("ExtendedStatistics", ()))
    found = list(_points(account, query, starts(account, begin, end, period), names))
    return {"Label": request["MetricName"], "Datapoints": found}


def _refuse(request: Raw, begin: float, end: float, period: int) -> None:
    """Raise a ServiceError for what the model lets pass; what is said of periods is our wording."""
    simple, extended = request.get("Statistics"), request.get("ExtendedStatistics")
    if not simple and not extended:
        raise ServiceError("InvalidParameterCombination", "Must specify either Statistics or ExtendedStatistics")
    if simple and extended:
        say = "Statistics and ExtendedStatistics exclude each other."
        raise ServiceError("InvalidParameterCombination", say)
    if begin >= end:
        say = "The parameter StartTime must be less than the parameter EndTime."
        raise ServiceError("InvalidParameterValue", say)
    if not is_period(period):
        say = f"The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60 up to {LONGEST_S}, not {period}."
        raise ServiceError("InvalidParameterValue", say)
    asked = int((end - begin) // period)
    if asked > MOST:
        say = (
            f"You have requested up to {asked} datapoints, which exceeds the limit of {MOST}. You may reduce the "
            "datapoints requested by increasing Period, or decreasing the time range."
        )
        raise ServiceError("InvalidParameterCombination", say)
    for name in extended or ():
        try:
            parse_statistic(name)
        except ValueError as error:
            raise ServiceError("InvalidParameterValue", str(error)) from None


def _points(
    account: Account, query: MetricStat, begins: list[float], names: tuple[str, ...]
) -> Iterator[Mapping[str, Any]]:
    live, source = account.live, AsKept(account.live.metrics)
    for start in begins:
        for unit in live.metrics.units(query, start, live.now):
            found = {}
            for name in names:
                [point] = source.datapoints(replace(query, stat=name, unit=unit), [start], live.now)
                if source.left_out:
                    raise ServiceError("InvalidParameterValue", NOT_KEPT)
                if point is not None:
                    found[name] = point
            if found:
                yield {"Timestamp": live.world.clock(start), "Unit": unit, **_values(found)}


def _values(found: Mapping[str, Datapoint]) -> Mapping[str, Any]:
    simple = {name: float(point.value) for name, point in found.items() if name in SHOWN}
    extended = {name: float(point.value) for name, point in found.items() if name not in SHOWN}
    return {**simple, "ExtendedStatistics": extended} if extended else simple
