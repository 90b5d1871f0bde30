"""The values of metric math queries over the same periods (spec cloudwatch 7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.cloudwatch.math.functions import FUNCTIONS
from engine.cloudwatch.math.operators import Series, Value, combine
from engine.cloudwatch.math.syntax import (
    Array,
    Binary,
    Call,
    MathError,
    Minus,
    Name,
    Node,
    Number,
    Word,
    parse_expression,
)
from engine.cloudwatch.ports import MetricSource
from engine.requests.cloudwatch import MetricDataQuery

SPECIAL = frozenset({"PERIOD", "METRICS"})
"""Functions that ask about the queries themselves, not about their values."""


class Calculation:
    """The values of all queries over the same periods, each computed once, when it is asked for."""

    def __init__(
        self,
        queries: tuple[MetricDataQuery, ...],
        source: MetricSource,
        starts: Sequence[float],
        now: float,
    ) -> None:
        self._queries = {query.id: query for query in queries}
        self._metrics_by_id = {query.id: query.metric_stat for query in queries if query.metric_stat}
        self._source, self._starts, self._now = source, starts, now
        self._values: dict[str, Value] = {}
        self._begun: set[str] = set()

    def of(self, name: str) -> Value:
        """Return the value of a query; MathError where `metric_math.problems` finds something."""
        if name not in self._values:
            if name in self._begun or name not in self._queries:
                raise MathError(f"{name} refers to itself" if name in self._begun else f"unknown id {name!r}")
            self._begun.add(name)
            try:
                self._values[name] = self._query(self._queries[name])
            finally:
                self._begun.discard(name)
        return self._values[name]

    def _query(self, query: MetricDataQuery) -> Value:
        if query.metric_stat is None:
            return self._value(parse_expression(query.expression or ""))
        found = self._source.datapoints(query.metric_stat, self._starts, self._now)
        return [None if point is None or point.value != point.value else point.value for point in found]

    def _value(self, node: Node) -> Value:
        match node:
            case Number(value):
                return value
            case Name(name):
                return self.of(name)
            case Minus(operand):
                return combine("-", 0.0, self._value(operand))
            case Binary(sign, left, right):
                return combine(sign, self._value(left), self._value(right))
            case Array(items):
                return tuple(self._flat(items))
            case Call(function, arguments):
                return self._call(function, arguments)
            case Word(text):
                return text

    def _flat(self, items: tuple[Node, ...]) -> Iterator[Series]:
        for item in items:
            value = self._value(item)
            if isinstance(value, (float, str)):
                raise MathError("an array holds time series, not single numbers or words")
            yield from value if isinstance(value, tuple) else (value,)

    def _call(self, function: str, arguments: tuple[Node, ...]) -> Value:
        match function, arguments:
            case "PERIOD", (Name(name),) if name in self._metrics_by_id:
                return float(self._metrics_by_id[name].period)
            case "METRICS", ():
                return self._metrics("")
            case "METRICS", (Word(text),):
                return self._metrics(text)
        if function not in FUNCTIONS:
            raise MathError(f"{function} takes no such argument" if function in SPECIAL else f"{function} is unknown")
        values = [self._value(argument) for argument in arguments]
        try:
            return FUNCTIONS[function](values, self._starts)
        except MathError as error:
            raise MathError(f"{function} {error}") from error

    def _metrics(self, part: str) -> Value:
        return tuple(self._flat(tuple(Name(name) for name in self._metrics_by_id if part in name)))
