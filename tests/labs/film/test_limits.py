"""Where the thresholds of alarms lie among the minutes of the fleets that they watch."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.plan import Plan, Step
from engine.requests.cloudwatch import CompositeAlarm, MetricAlarm, MetricDataQuery, MetricStat
from labs.film.film import film_of
from labs.film.limits import alarms_of, error_limits, latency_limits
from tests.labs.film.runs import ERRORS_ALARM, LATENCY_ALARM, PLAN, WATCHED, WORLD, broken_run

BROKEN = film_of(broken_run(), WORLD, PLAN)


def an_alarm(**changes) -> MetricAlarm:
    """Return the alarm on errors, changed; the first four are its metric's."""
    metric = {key: changes.pop(key) for key in ("metric_name", "stat", "period", "dimensions") if key in changes}
    return replace(ERRORS_ALARM, metric=replace(ERRORS_ALARM.metric, **metric), **changes)


@pytest.mark.parametrize(
    ("alarm", "say", "level"),
    [
        pytest.param(an_alarm(), "> 5", 5.0, id="a count"),
        pytest.param(an_alarm(stat="Sum", period=300), "> 5 in 300 s", 1.0, id="five minutes"),
        pytest.param(an_alarm(stat="Average", threshold=0.05), "> 5 %", 15.0, id="a share of green's 300"),
        pytest.param(an_alarm(stat="Average", threshold=0.05, dimensions=()), "> 5 %", 60.0, id="a share of all 1200"),
    ],
)
def test_limits_stand_in_errors_per_minute(alarm, say, level):
    """An alarm on a share is drawn at that share of the minute's requests."""
    [limit] = error_limits([alarm], BROKEN.fleets)

    assert limit.say == say
    assert limit.at(9) == pytest.approx(level)
    assert limit.unit == "errors per minute"


def a_math_alarm(expression: str, threshold: float, *stats: MetricStat) -> MetricAlarm:
    """An alarm on an expression over the queries a, b, c."""
    queries = [
        MetricDataQuery(id=id, metric_stat=stat, return_data=False) for id, stat in zip("abc", stats, strict=False)
    ]
    watched = MetricDataQuery(id="watched", expression=expression)
    return MetricAlarm(
        alarm_name="math",
        metrics=(watched, *queries),
        threshold=threshold,
        comparison_operator="GreaterThanThreshold",
    )


def of(name: str, stat: str = "Sum", period: int = 60, dimensions=WATCHED) -> MetricStat:
    """A statistic of green, or of what the dimensions say."""
    return MetricStat(namespace="AWS/SageMaker", metric_name=name, dimensions=dimensions, period=period, stat=stat)


E4, E5, COUNT = of("Invocation4XXErrors"), of("Invocation5XXErrors"), of("Invocations")
NO_LINE = "no line: metric math"


@pytest.mark.parametrize(
    ("alarm", "say", "level"),
    [
        pytest.param(a_math_alarm("a / b", 0.05, E5, COUNT), "> 0.05 (math)", 15.0, id="a share of green's 300"),
        pytest.param(a_math_alarm("100 * (a + b) / c", 5, E4, E5, COUNT), "> 5 (math)", 15.0, id="both kinds, in %"),
        pytest.param(a_math_alarm("a + b", 7, E4, E5), "> 7 (math)", 7.0, id="a sum of counts"),
        pytest.param(
            a_math_alarm("FILL(a, 0)", 10, of("Invocation5XXErrors", period=300)),
            "> 10 in 300 s (math)",
            2.0,
            id="5 min",
        ),
        pytest.param(a_math_alarm("a + 0.01 * b", 8, E5, COUNT), "> 8 (math)", 5.0, id="a count beside the requests"),
        pytest.param(a_math_alarm("a * a", 4, E5), NO_LINE, None, id="not straight"),
        pytest.param(a_math_alarm("a + 2 * b", 4, E4, E5), NO_LINE, None, id="kinds that count differently"),
        pytest.param(a_math_alarm("a > 3", 0, E5), NO_LINE, None, id="yes or no"),
        pytest.param(a_math_alarm("a / b", 1, E5, of("CPUUtilization", "Average")), NO_LINE, None, id="something else"),
        pytest.param(
            a_math_alarm("a - b", 1, E5, of("Invocation5XXErrors", dimensions=())), NO_LINE, None, id="two fleets"
        ),
        pytest.param(a_math_alarm("b", 100, E5, COUNT), NO_LINE, None, id="nothing that is drawn"),
        pytest.param(
            an_alarm(metric_name="CPUUtilization", stat="Average"),
            "no line: Average of CPUUtilization",
            None,
            id="no errors",
        ),
    ],
)
def test_a_line_stands_where_the_alarm_would_fire(alarm, say, level):
    """Metric math is solved for the errors; where it cannot be, the legend says that there is no line."""
    [limit] = error_limits([alarm], BROKEN.fleets)

    assert limit.at(9) == (level if level is None else pytest.approx(level))
    assert (limit.alarm, limit.say) == (alarm.alarm_name, say)


@pytest.mark.parametrize(
    ("alarm", "say", "level"),
    [
        pytest.param(
            a_math_alarm("a / 1000", 250, of("ModelLatency", "p99")), "> 250 ms (math)", 250.0, id="in milliseconds"
        ),
        pytest.param(
            a_math_alarm("a - b", 9, of("ModelLatency", "p99"), of("ModelLatency", "p50")), NO_LINE, None, id="two"
        ),
        pytest.param(
            an_alarm(metric_name="ModelLatency", stat="Sum"),
            "no line: Sum of ModelLatency",
            None,
            id="a sum of latencies",
        ),
    ],
)
def test_math_over_latency_has_a_line_too(alarm, say, level):
    """On the chart of latency, in milliseconds."""
    [limit] = latency_limits([alarm])

    assert (limit.say, limit.level) == (say, level if level is None else pytest.approx(level))
    assert limit.unit == "ms"


def test_a_composite_alarm_has_no_line_and_says_so():
    """It asks about states; its children have their own lines."""
    either = CompositeAlarm(alarm_name="either", alarm_rule="ALARM(v2-errors) OR ALARM(v2-latency)")
    film = film_of(broken_run(), WORLD, Plan.of(ERRORS_ALARM, LATENCY_ALARM, either))

    assert [(limit.alarm, limit.say) for limit in film.error_limits if limit.level is None] == [
        ("either", "no line: composite")
    ]


def test_an_alarm_on_nobody_has_no_line():
    """Bars above the threshold of an alarm that never sees them would be a riddle."""
    nobody = an_alarm(dimensions=(("EndpointName", "churn"), ("VariantName", "AllTraffic")))
    film = film_of(broken_run(), WORLD, Plan.of(nobody, LATENCY_ALARM))

    assert [limit.say for limit in film.error_limits] == ["no line: no such variant"]
    assert [limit.level for limit in film.latency_limits] == [200.0]


def test_limits_on_latency_stand_in_milliseconds():
    """The threshold of 200,000 microseconds is 200 ms."""
    [limit] = latency_limits([LATENCY_ALARM])

    assert (limit.say, limit.level, limit.unit, limit.config) == ("p99 > 200 ms", 200.0, "ms", "churn-v2")


def test_a_plans_alarm_replaces_its_namesake():
    """PutMetricAlarm on an existing name replaces the whole alarm."""
    world = replace(WORLD, alarms=(an_alarm(threshold=99.0),))
    plan = Plan(steps=(Step(request=ERRORS_ALARM),))

    assert alarms_of(world, plan) == (ERRORS_ALARM,)
