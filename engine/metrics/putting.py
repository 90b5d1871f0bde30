"""A PutMetricData request taken in: all of it or nothing."""

from __future__ import annotations

from datetime import datetime

from engine.errors import RefusedRequest
from engine.metrics.custom import CustomMetrics, Key
from engine.requests.metric_data import MetricDatum, PutMetricData

BACK_S, AHEAD_S = 14 * 86_400.0, 2 * 3600.0
WRONG = "InvalidParameterValue"


def put_data(custom: CustomMetrics, request: PutMetricData, now: float, zero: datetime) -> None:
    """Keep what was put at `now` seconds of a run that began at `zero`; RefusedRequest for a time too far away."""
    data = [(each, _at(each, place, now, zero)) for place, each in enumerate(request.metric_data, start=1)]
    for each, at in data:
        key = Key(request.namespace, each.metric_name, each.dimensions)
        values, every_s = dict(each.values), each.storage_resolution
        custom.put(key, at, each.totals, values, now=now, unit=each.unit, every_s=every_s)


def _at(datum: MetricDatum, place: int, now: float, zero: datetime) -> float:
    """Return the second of the run that a datum is of; before the run it is negative."""
    if datum.timestamp is None:
        return now
    at = (datum.timestamp - zero).total_seconds()
    where = f"MetricData.member.{place}.Timestamp"
    if at < now - BACK_S:
        raise RefusedRequest(WRONG, f"The parameter {where} must specify a time within the past two weeks.")
    if at > now + AHEAD_S:
        say = f"The parameter {where} must specify a time no more than two hours in the future."
        raise RefusedRequest(WRONG, say)
    return at
