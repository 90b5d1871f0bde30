"""What CloudWatch refuses in the Metrics of a metric math alarm (spec cloudwatch 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.aws.calls import Call
from engine.aws.finding import Finding
from engine.aws.metric_rules import is_statistic, wrong_period

Raw = Mapping[str, Any]
MOST = 10
"""MetricStats, and also Expressions, in one alarm."""
_ID = re.compile(r"[a-z][a-zA-Z0-9_]*")


def math_refusals(call: Call) -> Iterator[Finding]:
    """Yield what CloudWatch refuses in `Metrics`; nothing where the alarm has none."""
    if "Metrics" not in call.request:
        return
    queries = call.request["Metrics"]
    for path, say in _together(queries):
        yield Finding(call.at("Metrics", *path), "service", say)
    for index, query in enumerate(queries):
        for field, say in _alone(query):
            yield Finding(call.at("Metrics", index, *([field] if field else [])), "service", say)
        yield from _periods(call, index, query)


def _together(queries: list[Raw]) -> Iterator[tuple[tuple[int | str, ...], str]]:
    returned = [query["Id"] for query in queries if query.get("ReturnData", True)]
    if len(returned) != 1:
        given = ", ".join(returned) or "none"
        yield (
            (),
            f"Exactly one line may have ReturnData: true, the default; here: {given}. Write false at the others.",
        )
    for kind in ("MetricStat", "Expression"):
        if sum(kind in query for query in queries) > MOST:
            yield (), f"An alarm may hold at most {MOST} lines with {kind}. Take some out."
    if not any("MetricStat" in query for query in queries):
        yield (), "No line names a metric. Add one with MetricStat."
    ids = [query["Id"] for query in queries]
    for index, each in enumerate(ids):
        if each in ids[:index]:
            yield (index, "Id"), f"Two lines are called {each}. Give each its own Id."
    periods = {query["MetricStat"]["Period"] for query in queries if "MetricStat" in query}
    if len(periods) > 1:
        yield (
            (),
            f"All metrics of an alarm need the same Period; here: {', '.join(map(str, sorted(periods)))}.",
        )


def _alone(query: Raw) -> Iterator[tuple[str | None, str]]:
    if not _ID.fullmatch(query["Id"]):
        yield (
            "Id",
            "An Id begins with a small letter and holds letters, digits and underscores. Write m1 or errors.",
        )
    if ("MetricStat" in query) == ("Expression" in query):
        yield None, "A line needs MetricStat or Expression, and not both. Keep one of them."
    if "SEARCH" in query.get("Expression", ""):
        yield "Expression", "SEARCH is not supported on Metric Alarms. Name each metric with MetricStat."
    if "MetricStat" in query and "Period" in query:
        yield "Period", "Period cannot stand beside MetricStat. Write it inside MetricStat."
    stat = query.get("MetricStat")
    if stat is not None and not is_statistic(stat["Stat"]):
        yield "MetricStat", f"{stat['Stat']} is not a statistic. Write Sum, Average, p99 or the like."
    if stat is not None and not {"Namespace", "MetricName"} <= stat["Metric"].keys():
        yield "MetricStat", "Metric needs Namespace and MetricName. Add what is missing."


def _periods(call: Call, index: int, query: Raw) -> Iterator[Finding]:
    n = call.request.get("EvaluationPeriods", 1)
    if "MetricStat" in query:
        place = call.at("Metrics", index, "MetricStat", "Period")
        for say in wrong_period(query["MetricStat"]["Period"], n):
            yield Finding(place, "service", say)
