"""GetMetricData: several metrics and metric math over them, in pages.

An expression has the period of the metrics that it reads, which must all have the same here; SEARCH and Metrics
Insights are not simulated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.moments import run_second
from engine.aws.gateway.operations.cloudwatch.labels import labels
from engine.aws.gateway.operations.cloudwatch.limits import keep_to_the_model
from engine.aws.gateway.operations.cloudwatch.reading import (
    LONGEST_S,
    NOT_KEPT,
    AsKept,
    insist_on_own_account,
    is_period,
    starts,
)
from engine.aws.gateway.pages import page
from engine.aws.translation.reading_alarms import read_query
from engine.cloudwatch.math.calculation import Calculation
from engine.cloudwatch.math.operators import Series
from engine.cloudwatch.math.series import metrics_behind, problems_of_reading, unknown_to_the_simulator
from engine.cloudwatch.math.syntax import MathError
from engine.requests.arns import ACCOUNT
from engine.requests.cloudwatch import MetricDataQuery
from engine.requests.refusal import INVALID, NOT_SIMULATED
from engine.statistics import parse_statistic

MOST_QUERIES = 500
MOST_POINTS = 100_800
INSTEAD = "ListMetrics lists what there is: ask for each metric in a query of its own, and calculate with their Ids."
_QUERY = re.compile(r"\s*SELECT\s", re.IGNORECASE)
_SEARCH = re.compile(r"\bSEARCH\s*\(", re.IGNORECASE)
Queries = tuple[MetricDataQuery, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """One series of the answer, all of it."""

    id: str
    label: str
    points: tuple[tuple[float, float], ...]
    """Start and value, in the order in which they are asked for."""
    messages: tuple[tuple[str, str], ...]
    """Code and text of each."""


def get(account: Account, request: Raw) -> Mapping[str, Any]:
    """Answer GetMetricData, newest points first unless asked otherwise."""
    keep_to_the_model("GetMetricData", request)
    begin, end = (run_second(account, request[each]) for each in ("StartTime", "EndTime"))
    queries = _queries(request, begin, end)
    rows = [
        row
        for query, label in zip(queries, labels(queries, request["MetricDataQueries"]), strict=True)
        if query.return_data
        for row in _rows(account, queries, query, label, (begin, end), request.get("ScanBy") == "TimestampAscending")
    ]
    points = [(place, start, value) for place, row in enumerate(rows) for start, value in row.points]
    shown = page(
        points,
        request,
        of="metric data",
        size=MOST_POINTS,
        key=lambda point: f"{point[0]}/{point[1]}",
        size_field="MaxDatapoints",
        wrong_token="InvalidNextToken",
    )
    last = shown.items[-1] if shown.next_token else None
    clock, answers = account.live.world.clock, []
    for place, row in enumerate(rows):
        of_page = [(start, value) for index, start, value in shown.items if index == place]
        is_cut = last is not None and (place > last[0] or (place == last[0] and row.points[-1][0] != last[1]))
        is_whole = not is_cut and not any(code == "NotKept" for code, _ in row.messages)
        answers.append(
            {
                "Id": row.id,
                "Label": row.label,
                "Timestamps": [clock(start) for start, _ in of_page],
                "Values": [value for _, value in of_page],
                "StatusCode": "Complete" if is_whole else "PartialData",
                "Messages": [{"Code": code, "Value": text} for code, text in row.messages] or None,
            }
        )
    return {"MetricDataResults": answers, "NextToken": shown.next_token, "Messages": []}


def _queries(request: Raw, begin: float, end: float) -> Queries:
    """Return what is asked; ServiceError for what AWS refuses, in our wording where AWS prints none."""
    raw = request["MetricDataQueries"]
    if begin >= end:
        raise ServiceError(INVALID, "The parameter EndTime must be greater than StartTime.")
    if not 1 <= len(raw) <= MOST_QUERIES:
        raise ServiceError(INVALID, f"MetricDataQueries holds 1 to {MOST_QUERIES} queries, not {len(raw)}.")
    if not 1 <= request.get("MaxDatapoints", MOST_POINTS) <= MOST_POINTS:
        raise ServiceError(INVALID, f"MaxDatapoints must be from 1 to {MOST_POINTS}.")
    for each in raw:
        _refuse_raw(each["Id"], each, each.get("MetricStat"))
    queries = tuple(map(read_query, raw))
    for query in queries:
        _refuse(query)
    if wrong := problems_of_reading(queries):
        raise ServiceError(INVALID, " ".join(wrong))
    return queries


def _refuse_raw(id: str, query: Raw, stat: Raw | None) -> None:
    """Raise a ServiceError for what cannot even be read."""
    insist_on_own_account(query.get("AccountId", ACCOUNT))
    if stat is not None and not {"Namespace", "MetricName"} <= stat["Metric"].keys():
        raise ServiceError(INVALID, f"{id}: Metric must have a Namespace and a MetricName.")
    for period in (query.get("Period"), stat["Period"] if stat is not None else None):
        if period is not None and not is_period(period):
            say = f"{id}: Period must be 1, 5, 10, 20, 30 or a multiple of 60 up to {LONGEST_S}, not {period}."
            raise ServiceError(INVALID, say)


def _refuse(query: MetricDataQuery) -> None:
    expression = query.expression or ""
    if absent := _absent(expression):
        say = f"{query.id}: {absent} not simulated by mlcourse. {INSTEAD}"
        raise ServiceError(NOT_SIMULATED, say)
    if query.metric_stat is not None:
        try:
            parse_statistic(query.metric_stat.stat)
        except ValueError as error:
            raise ServiceError(INVALID, f"{query.id}: {error}") from None


def _absent(expression: str) -> str:
    """Return, with its verb, what an expression holds that AWS has and this program does not."""
    if _QUERY.match(expression):
        return "Metrics Insights (SELECT ...) is"
    if _SEARCH.search(expression):
        return "SEARCH is"
    absent = unknown_to_the_simulator(expression)
    return f"{', '.join(absent)} {'is' if len(absent) == 1 else 'are'}" if absent else ""


def _rows(
    account: Account,
    queries: Queries,
    query: MetricDataQuery,
    label: str,
    between: tuple[float, float],
    ascending: bool,
) -> Iterator[_Row]:
    """Yield the series of one query: an array has several."""
    live, source = account.live, AsKept(account.live.metrics)
    begins = starts(account, *between, _period(queries, query))
    try:
        value = Calculation(queries, source, begins, live.now).of(query.id)
    except MathError as error:
        raise ServiceError(INVALID, f"{query.id}: {error}.") from None
    if isinstance(value, float | str):
        raise ServiceError(INVALID, f"{query.id}: an expression must give time series, not a number or a word.")
    messages = [("NotKept", NOT_KEPT)] if source.left_out else []
    if query.metric_stat is not None:
        seen = {unit for start in begins for unit in live.metrics.units(query.metric_stat, start, live.now)}
        if len(seen) > 1:
            messages.append(("MultipleUnits", f"Multiple units returned: '[{', '.join(sorted(seen))}]'"))
    for series in value if isinstance(value, tuple) else (value,):
        yield _Row(query.id, label, _ordered(begins, series, ascending), tuple(messages))


def _ordered(begins: list[float], series: Series, ascending: bool) -> tuple[tuple[float, float], ...]:
    found = tuple((start, float(x)) for start, x in zip(begins, series, strict=True) if x is not None)
    return found if ascending else found[::-1]


def _period(queries: Queries, query: MetricDataQuery) -> int:
    if query.metric_stat is not None:
        return query.metric_stat.period
    periods = {stat.period for stat in metrics_behind(queries, query.id)}
    if query.period is not None:
        periods.add(query.period)
    if len(periods) > 1:
        listed = ", ".join(map(str, sorted(periods)))
        say = f"{query.id}: metric math over several periods ({listed} seconds) is not simulated."
        raise ServiceError(NOT_SIMULATED, say)
    return periods.pop() if periods else 60
