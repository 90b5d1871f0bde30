"""Metric math alarms: queries that refer to each other by id (spec cloudwatch 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from engine.cloudwatch.math.calculation import SPECIAL, Calculation
from engine.cloudwatch.math.functions import FUNCTIONS, SCALAR_OF_SERIES
from engine.cloudwatch.math.syntax import (
    Binary,
    Call,
    MathError,
    Minus,
    Name,
    Node,
    nodes,
    parse_expression,
)
from engine.cloudwatch.ports import MetricSource
from engine.requests.cloudwatch import Datapoint, MetricDataQuery, MetricStat

NOT_SIMULATED = frozenset(
    {"ANOMALY_DETECTION_BAND", "INSIGHT_RULE_METRIC", "SERVICE_QUOTA", "DB_PERF_INSIGHTS"}
    | {"SLICE", "SORT", "REMOVE_EMPTY"}
    | {"MINUTE", "HOUR", "DAY", "DATE", "MONTH", "YEAR", "EPOCH"}
)
"""Functions that CloudWatch has and this simulator has not."""
MAX_METRICS = 10
MAX_EXPRESSIONS = 10


def datapoints(
    queries: tuple[MetricDataQuery, ...], source: MetricSource, starts: Sequence[float], now: float
) -> list[Datapoint | None]:
    """Return the points of the query that returns data, one per start of a period.

    MathError for queries in which `problems` finds something. An expression has no samples to count: 0.
    """
    returned = next((query for query in queries if query.return_data), None)
    if returned is None:
        raise MathError("no query returns data")
    if (metric := returned.metric_stat) is not None:
        points = source.datapoints(metric, starts, now)
        return [None if point is None or point.value != point.value else point for point in points]
    series = Calculation(queries, source, starts, now).of(returned.id)
    if not isinstance(series, list):
        raise MathError(f"{returned.id} must be one time series")
    return [None if x is None else Datapoint(x, 0.0) for x in series]


def unknown_to_the_simulator(expression: str) -> tuple[str, ...]:
    """Return the functions in it that CloudWatch has and this simulator has not; none if it cannot be read."""
    try:
        found = {node.function for node in nodes(parse_expression(expression or "0")) if isinstance(node, Call)}
    except MathError:
        return ()
    return tuple(sorted(found & NOT_SIMULATED))


_ID = re.compile(r"[a-z][A-Za-z0-9_]{0,254}")


def problems(queries: tuple[MetricDataQuery, ...]) -> tuple[str, ...]:
    """Return what CloudWatch would refuse about the queries of an alarm, one sentence each; all at once."""
    if any("SEARCH" in _functions(query) for query in queries):
        return ("SEARCH is not supported on Metric Alarms.",)
    found = (*_counts(queries), *_forms(queries), *_periods(queries), *_references(queries))
    return found or tuple(_kinds(queries))


def problems_of_reading(queries: tuple[MetricDataQuery, ...]) -> tuple[str, ...]:
    """Return what CloudWatch would refuse about queries that somebody reads, of whatever periods; all at once."""
    return (*_forms(queries), *_references(queries))


def metrics_behind(queries: tuple[MetricDataQuery, ...], of: str) -> tuple[MetricStat, ...]:
    """Return the metrics that a query reads, directly or through others; METRICS() reads all of them."""
    by_id = {query.id: query for query in queries}
    uses = {query.id: {node.id for node in _nodes(query) if isinstance(node, Name)} & by_id.keys() for query in queries}
    reached = {of, *_reached(of, uses)}
    if any("METRICS" in _functions(by_id[each]) for each in reached):
        reached = set(by_id)
    return tuple(stat for query in queries if query.id in reached and (stat := query.metric_stat) is not None)


def _counts(queries: tuple[MetricDataQuery, ...]) -> Iterator[str]:
    returned = [query.id for query in queries if query.return_data]
    if len(returned) != 1:
        which = f"{len(returned)} ({', '.join(returned)})" if returned else "none"
        yield f"Exactly one query must have ReturnData true, which is the default; here it is {which}."
    metrics = sum(query.metric_stat is not None for query in queries)
    if metrics > MAX_METRICS:
        yield f"An alarm takes at most {MAX_METRICS} metrics, got {metrics}."
    expressions = sum(query.expression is not None for query in queries)
    if expressions > MAX_EXPRESSIONS:
        yield f"An alarm takes at most {MAX_EXPRESSIONS} expressions, got {expressions}."


def _forms(queries: tuple[MetricDataQuery, ...]) -> Iterator[str]:
    seen: set[str] = set()
    for query in queries:
        if not _ID.fullmatch(query.id):
            yield f"Id {query.id!r} must begin with a lower-case letter; letters, digits and _ may follow."
        if query.id in seen:
            yield f"Id {query.id!r} is used twice."
        seen.add(query.id)
        if (query.metric_stat is None) == (query.expression is None):
            yield f"{query.id}: give MetricStat or Expression, one of the two."
        if query.metric_stat is not None and query.period is not None:
            yield f"{query.id}: Period belongs in MetricStat, not beside it."


def _periods(queries: tuple[MetricDataQuery, ...]) -> Iterator[str]:
    stats = {query.metric_stat.period for query in queries if query.metric_stat}
    given = stats | {query.period for query in queries if query.expression is not None and query.period}
    if not stats:
        yield "At least one query must be a metric, which gives the alarm its period."
    if len(given) > 1:
        yield f"All queries must have the same period, got {', '.join(map(str, sorted(given)))} seconds."


def _references(queries: tuple[MetricDataQuery, ...]) -> Iterator[str]:
    """Yield what is wrong with expressions and with the ids in them."""
    known = {query.id for query in queries}
    uses: dict[str, set[str]] = {}
    for query in queries:
        if say := _misspelt(query):
            yield f"{query.id}: {say}."
        named = {node.id for node in _nodes(query) if isinstance(node, Name)}
        uses[query.id] = named & known
        for name in sorted(named - known):
            yield f"{query.id}: unknown id {name!r}; known: {', '.join(sorted(known))}."
        for function in sorted(_functions(query) - FUNCTIONS.keys() - SPECIAL):
            yield f"{query.id}: {_unknown(function)}."
    for circle in sorted(name for name in known if name in _reached(name, uses)):
        yield f"{circle}: refers to itself, directly or through others."


def _unknown(function: str) -> str:
    if function in NOT_SIMULATED:
        return f"{function} exists on CloudWatch, but this simulator does not have it"
    return f"unknown function {function}; functions are written in capitals"


def _reached(name: str, uses: dict[str, set[str]]) -> set[str]:
    """Return all ids that `name` leads to."""
    reached: set[str] = set()
    ahead = list(uses[name])
    while ahead:
        if (each := ahead.pop()) not in reached:
            reached.add(each)
            ahead.extend(uses[each])
    return reached


def _misspelt(query: MetricDataQuery) -> str | None:
    """Return what is wrong with the grammar of an expression, or None."""
    try:
        parse_expression(query.expression or "0")
    except MathError as error:
        return str(error)
    return None


def _nodes(query: MetricDataQuery) -> Iterator[Node]:
    """Yield the nodes of an expression; none for a metric or where the grammar is wrong."""
    if query.expression and not _misspelt(query):
        yield from nodes(parse_expression(query.expression))


def _functions(query: MetricDataQuery) -> set[str]:
    return {node.function for node in _nodes(query) if isinstance(node, Call)}


class _Silent:
    """A source without any data: kinds of values do not depend on numbers."""

    def datapoints(self, query: object, starts: Sequence[float], now: float) -> list[Datapoint | None]:
        """Return nothing."""
        return [None] * len(starts)


def _kinds(queries: tuple[MetricDataQuery, ...]) -> Iterator[str]:
    """Yield what is wrong with arguments, and whether the alarm would watch one series."""
    calculation = Calculation(queries, _Silent(), [0.0], 0.0)
    for query in queries:
        try:
            value = calculation.of(query.id)
        except MathError as error:
            yield f"{query.id}: {error}."
            continue
        if query.return_data and not isinstance(value, list):
            kind = "several" if isinstance(value, tuple) else "not one"
            yield f"{query.id}: an alarm watches one time series, this is {kind}."


def cautions(queries: tuple[MetricDataQuery, ...]) -> tuple[str, ...]:
    """Return what CloudWatch accepts and its guide advises against, each thing of a query once (spec cloudwatch 7)."""
    found = (f"{query.id}: {say}" for query in queries for node in _nodes(query) if (say := _caution(node)))
    return tuple(dict.fromkeys(found))


def _caution(node: Node) -> str | None:
    match node:
        case Call(("RUNNING_SUM" | "REMOVE_EMPTY") as function, _):
            return f"{function} changes with the number of points fetched, and alarms fetch more than N."
        case Call("RATE", _):
            return "RATE of a metric with gaps is unpredictable, because alarms fetch a varying range."
        case Call("FILL", _):
            return "FILL decides for minutes whose data is only late; ask for M of N points."
        case Call(function, (Name() | Binary() | Minus(),)) if function in SCALAR_OF_SERIES:
            return f"{function} of one series covers all points fetched, and alarms fetch more than N."
    return None
