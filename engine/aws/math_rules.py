"""What CloudWatch refuses in the Metrics of a metric math alarm (spec cloudwatch 7).

What can be said of one line is said here; how the lines fit together, `engine.cloudwatch.math.series` knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.calls import Call
from engine.aws.finding import Finding, Path
from engine.aws.metric_rules import is_statistic, wrong_period
from engine.aws.shapes.partial import as_far_as_known
from engine.aws.translation.fields import Raw
from engine.aws.translation.reading_alarms import read_queries


def math_refusals(call: Call) -> Iterator[Finding]:
    """Yield what CloudWatch refuses in `Metrics`; nothing where the alarm has none."""
    if "Metrics" not in call.request:
        return
    alone = tuple(_each(call))
    yield from alone
    if not alone:
        yield from _together(call)


def _each(call: Call) -> Iterator[Finding]:
    for index, query in enumerate(call.request["Metrics"]):
        if "MetricStat" in query:
            for path, say in as_far_as_known(_metric_stat(query["MetricStat"], call.request)):
                yield Finding(call.at("Metrics", index, "MetricStat", *path), "service", say)


def _metric_stat(stat: Raw, alarm: Raw) -> Iterator[tuple[Path, str]]:
    for say in as_far_as_known(wrong_period(stat, alarm)):
        yield ("Period",), say
    if not is_statistic(stat["Stat"]):
        yield ("Stat",), f"{stat['Stat']} is not a statistic. Write Sum, Average, p99 or the like."
    for field, example in (("Namespace", "AWS/SageMaker"), ("MetricName", "Invocations")):
        if field not in stat["Metric"]:
            yield ("Metric",), f"The metric needs {field}. Add it, for example {field}: {example}."


def _together(call: Call) -> Iterator[Finding]:
    """Yield what is wrong between the lines, each at the line that the sentence begins with."""
    from engine.cloudwatch.math.series import problems

    places = {query["Id"]: index for index, query in enumerate(call.request["Metrics"])}
    for say in problems(read_queries(call.request)):
        index = places.get(say.split(":")[0])
        yield Finding(call.at("Metrics", *(() if index is None else (index,))), "service", say)
