"""Metric math: what expressions compute, and which queries are refused."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cloudwatch.evaluation import evaluate
from engine.cloudwatch.math.series import cautions, datapoints, problems
from engine.cloudwatch.math.syntax import MAX_DEPTH, MAX_OPERATORS, MathError, parse_expression
from engine.requests.cloudwatch import Datapoint, MetricAlarm, MetricDataQuery, MetricStat


class Table:
    """A source that holds a row of minutes per metric."""

    def __init__(self, rows):
        self.rows = rows

    def datapoints(self, query, starts, now):
        """Return the values of minutes."""
        values = [self.rows[query.metric_name][int(start // 60)] for start in starts]
        return [None if value is None else Datapoint(value, 7.0) for value in values]


def metric(id, period=60, **more):
    """Return a query for a metric of the same name, which returns no data."""
    stat = MetricStat(namespace="N", metric_name=id, period=period)
    return MetricDataQuery(id=id, metric_stat=stat, **{"return_data": False, **more})


def expression(text, id="e1", **more):
    """Return a query for an expression, which returns data."""
    return MetricDataQuery(id=id, expression=text, **more)


def computed(text, **rows):
    """Return the series of an expression over rows of minutes."""
    queries = (expression(text), *map(metric, rows))
    length = len(next(iter(rows.values())))
    points = datapoints(queries, Table(rows), [60.0 * i for i in range(length)], 1e9)
    return [None if point is None else point.value for point in points]


GUIDE = {"metric1": [30, 20, 0, 0], "metric2": [20, None, 20, None]}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("metric1 < metric2", [0, 0, 1, 0]),
        ("metric1 >= 30", [1, 0, 0, 0]),
        ("metric1 > 15 AND metric2 > 15", [1, 0, 0, 0]),
    ],
)
def test_the_printed_example(text, expected):
    """The example of comparisons over two series with gaps (spec cloudwatch 7)."""
    assert computed(text, **GUIDE) == expected


ROWS = {"a": [1, 2, None, None], "b": [10, 0, 5, None]}


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("a + b", [11, 2, 5, None], id="a missing value counts as 0"),
        pytest.param("a - b", [-9, 2, -5, None], id="so in differences"),
        pytest.param("b / a", [10, 0, None, None], id="division by zero or by nothing drops the point"),
        pytest.param("a / b", [0.1, None, 0, None], id="nothing divided by something is 0"),
        pytest.param("a * 100", [100, 200, None, None], id="a number does not fill gaps"),
        pytest.param("1 / b", [0.1, None, 0.2, None], id="one over zero"),
        pytest.param("-a", [-1, -2, None, None], id="unary minus"),
        pytest.param("a == 1 OR b == 5", [1, 0, 1, None], id="or"),
        pytest.param("a != 1 && b <= 5 || a >= 1", [1, 1, 0, None], id="other spellings"),
        pytest.param("(0 - b) ^ 0.5", [None, 0, None, None], id="no real number"),
        pytest.param("b * 1e308", [None, 0, None, None], id="no finite number"),
    ],
)
def test_missing_and_impossible_values(text, expected):
    """Missing counts as 0 where something else has a value; what cannot be computed is dropped (spec 7)."""
    assert computed(text, **ROWS) == pytest.approx(expected)


@pytest.mark.parametrize(
    "text, value",
    [
        ("a + 2 + 3 * 4", 15),
        ("a + 2 - 3 - 4", -4),
        ("a * 64 / 4 / 2", 8),
        ("2 ^ 3 ^ 2 * a", 512),
        ("-2 ^ 2 * a", -4),
        ("2 ^ -1 * a", 0.5),
        ("a + 1 > 1 AND a < 0 OR a == 1", 1),
        ("a == 1 OR a < 0 AND a < 0", 1),
        ("(a == 1 OR a < 0) AND a < 0", 0),
        ("2 + 3 == 5 * a", 1),
        (" ( a)*.5e1 ", 5),
    ],
)
def test_precedence(text, value):
    """Operators bind as in mathematics; AWS prints no table, so this is our choice."""
    assert computed(text, a=[1]) == [value]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("IF(c, t, f)", [30, 0, 20, None, None]),
        ("IF(c, 5, f)", [5, 5, 20, None, None]),
        ("IF(c, t, 5)", [30, 0, 5, 5, None]),
        ("IF(c, t)", [30, 0, None, None, None]),
        ("IF(2 > 1, t, f)", [30, None, 0, 0, 30]),
        ("IF(2 < 1, t, f)", [0, 0, 20, None, 20]),
        ("IF(2 < 1, t)", [None] * 5),
        ("IF(f > 0, 1, 0)", [0, 0, 1, None, 1]),
    ],
)
def test_if(text, expected):
    """IF drops points without condition or false value; a missing true value is 0 (the guide's tables)."""
    rows = {"c": [1, 1, 0, 0, None], "t": [30, None, 0, 0, 30], "f": [0, 0, 20, None, 20]}

    assert computed(text, **rows) == expected


GAPS = {"m": [None, 4, None, None, 10, None], "n": [1, 2, 3, None, 5, 6]}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("FILL(m, 0)", [0, 4, 0, 0, 10, 0]),
        ("FILL(m, REPEAT)", [None, 4, 4, 4, 10, 10]),
        ("FILL(m, LINEAR)", [None, 4, 6, 8, 10, None]),
        ("FILL(m, n)", [1, 4, 3, None, 10, 6]),
        ("FILL(m, MIN(m))", [4, 4, 4, 4, 10, 4]),
        ("SUM(FILL([m, n], 0))", [1, 6, 3, 0, 15, 6]),
        ("DIFF(m)", [None, None, None, None, 6, None]),
        ("DIFF_TIME(m)", [None, None, None, None, 180, None]),
        ("RATE(m)", [None, None, None, None, 6 / 180, None]),
        ("RUNNING_SUM(m)", [None, 4, None, None, 14, None]),
        ("m - AVG(m)", [None, -3, None, None, 3, None]),
        ("m * 0 + SUM(n)", [None, 17, None, None, 17, None]),
        ("m * 0 + MAX(m) - MIN(m)", [None, 6, None, None, 6, None]),
        ("m * 0 + STDDEV(m)", [None, 3, None, None, 3, None]),
        ("m * 0 + DATAPOINT_COUNT(n)", [None, 5, None, None, 5, None]),
        ("m / PERIOD(m) * 60", [None, 4, None, None, 10, None]),
        ("AVG([m, n])", [0.5, 3, 1.5, None, 7.5, 3]),
        ("SUM([m, n])", [1, 6, 3, None, 15, 6]),
        ("MAX([m, n])", [1, 4, 3, None, 10, 6]),
        ("MIN(METRICS())", [1, 2, 3, None, 5, 6]),
        ("SUM(METRICS(\"m\"))", [None, 4, None, None, 10, None]),
        ("DATAPOINT_COUNT([m, n])", [1, 2, 1, None, 2, 1]),
        ("STDDEV([m, n])", [0, 1, 0, None, 2.5, 0]),
        ("MAX(10 / [m, n])", [10, 5, 10 / 3, None, 2, 10 / 6]),
        ("SUM([m, n] * 2)", [2, 12, 6, None, 30, 12]),
        ("SUM(-[m, n])", [-1, -6, -3, None, -15, -6]),
        ("MAX(ABS([-m, n]))", [1, 4, 3, None, 10, 6]),
        ("FIRST([m, n])", GAPS["m"]),
        ("LAST([m, n])", GAPS["n"]),
        ("m / METRIC_COUNT(METRICS())", [None, 2, None, None, 5, None]),
        ("TIME_SERIES(MAX(m))", [10] * 6),
        ("m / (AVG(m) - 7)", [None] * 6),
        ("TIME_SERIES(1 / 0)", [None] * 6),
        ("IF(1 / 0, m, n)", [None] * 6),
        ("LOG10(m * 25) + LOG(m - 3)", [None, 2, None, None, math.log10(250) + math.log(7), None]),
        ("LOG(m - 4)", [None, None, None, None, math.log(6), None]),
        ("CEIL(m / 3) - FLOOR(m / 3)", [None, 1, None, None, 1, None]),
    ],
)  # fmt: skip
def test_functions(text, expected):
    """Each function does what the guide's table says, with gaps."""
    assert computed(text, **GAPS) == pytest.approx(expected)


@given(st.lists(st.none() | st.floats(-1e6, 1e6), min_size=1, max_size=8))
def test_filled_series_have_no_gaps_and_keep_their_points(row):
    """FILL with a number leaves every real point as it is and no gap."""
    filled = computed("FILL(m, 3)", m=row)

    assert filled == [3 if value is None else value for value in row]


counts = st.none() | st.integers(0, 9)


@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=8))
def test_error_rates_never_exceed_their_minutes(pairs):
    """errors / requests has a point exactly where there were requests."""
    errors, requests = (list(row) for row in zip(*pairs, strict=True))
    rate = computed("errors / requests", errors=errors, requests=requests)

    assert [point is not None for point in rate] == [bool(value) for value in requests]


def test_a_series_without_data_sums_to_nothing():
    """The single number of a series without any point is 0, as missing values are."""
    assert computed("n + SUM(m) + AVG(m) + MAX(m) + DATAPOINT_COUNT(m)", n=[1, 2], m=[None, None]) == [1, 2]
    assert computed("n / METRIC_COUNT(n)", n=[1, 2]) == [1, 2]


def test_expressions_may_use_expressions():
    """Ids of expressions can be used like those of metrics, in any order."""
    queries = (
        expression("rate * 100", id="percent"),
        expression("errors / requests", id="rate", return_data=False),
        metric("requests"),
        metric("errors"),
    )
    table = Table({"errors": [1, 2], "requests": [100, 50]})

    assert problems(queries) == ()
    assert datapoints(queries, table, [0.0, 60.0], 120.0) == [Datapoint(1.0, 0.0), Datapoint(4.0, 0.0)]


def test_a_metric_may_be_what_is_watched():
    """A query for a metric that returns data gives its points with their samples."""
    queries = (metric("a", return_data=True),)

    assert datapoints(queries, Table({"a": [1, None]}), [0.0, 60.0], 120.0) == [Datapoint(1, 7.0), None]


def test_an_alarm_on_an_error_rate(minutes):
    """An alarm evaluates an expression; a minute without requests is missing data, not a rate of 0."""

    class Two:
        def datapoints(self, query, starts, now):
            return {"errors": errors, "requests": requests}[query.metric_name].datapoints(query, starts, now)

    errors, requests = minutes({0: 0.0, 1: 0.0, 2: 6.0}), minutes({0: 60.0, 2: 60.0})
    alarm = MetricAlarm(
        alarm_name="rate",
        metrics=(expression("errors / requests"), metric("errors"), metric("requests")),
        threshold=0.05,
    )
    early = evaluate(alarm, Two(), 125.0, "OK", range_extra=0)
    late = evaluate(alarm, Two(), 185.0, "OK", range_extra=0)

    assert (early.state, early.slots) == ("INSUFFICIENT_DATA", ((60.0, None),))
    assert (late.state, late.slots) == ("ALARM", ((120.0, Datapoint(0.1, 0.0)),))


@pytest.mark.parametrize(
    "text, say",
    [
        ("a +", "at character 4: expected a number, an id, a function or a parenthesis, found the end"),
        ("(a", r"at character 3: expected '\)', found the end"),
        ("(a]", r"at character 3: expected '\)', found ']'"),
        ("FILL(a, LINEAR", r"at character 15: expected ',', found the end"),
        ("a b", "at character 3: expected the end, found 'b'"),
        ("SUM(a b)", "at character 7: expected ',', found 'b'"),
        ("a # b", "at character 3: '#' has no meaning"),
        ("a = b", "at character 3: '=' has no meaning"),
        ("", "at character 1: expected a number"),
        ("AND a", "at character 1: expected a number"),
        ("1e999 * a", "at character 1: 1e999 is too large"),
        ("(" * (MAX_DEPTH + 1) + "a", "nested more than 50 deep"),
        ("a" + "+a" * (MAX_OPERATORS + 1), "more than 200 operators"),
    ],
)
def test_where_an_expression_goes_wrong(text, say):
    """A grammar error names the character and what was expected."""
    with pytest.raises(MathError, match=say):
        parse_expression(text)


@given(st.text(alphabet='am1. +-*/^<>=!&|(),[]"ANDORSUMIF#', max_size=30))
def test_any_text_is_parsed_or_refused(text):
    """No text makes the parser fail in another way."""
    try:
        parse_expression(text)
    except MathError as error:
        assert "at character" in str(error)


def test_the_largest_expressions_can_be_computed():
    """An expression at the limits of depth and length still has a value."""
    deep = "(" * (MAX_DEPTH - 1) + "a" + ")" * (MAX_DEPTH - 1)

    with pytest.raises(MathError, match="nested more than 50 deep"):
        parse_expression("(a) + " * 9 + f"({deep})")
    assert computed(deep + " + a" * MAX_OPERATORS, a=[1]) == [MAX_OPERATORS + 1]


M1, M2 = metric("m1"), metric("m2")


@pytest.mark.parametrize(
    "text", ["SEARCH('{N,D} MetricName=\"errors\"', 'Sum')", 'SUM(SEARCH("x")) + m9', "SEARCH(m1)"]
)
def test_search_is_refused_with_its_real_sentence(text):
    """SEARCH is refused in AWS's words, and nothing else is said (spec cloudwatch 7)."""
    assert problems((expression(text), M1)) == ("SEARCH is not supported on Metric Alarms.",)


@pytest.mark.parametrize(
    "queries, say",
    [
        pytest.param((replace(expression("m1"), return_data=False), M1), "here it is none", id="no ReturnData"),
        pytest.param((expression("m1"), metric("m1", return_data=True)), r"here it is 2 \(e1, m1\)", id="two"),
        pytest.param((expression("m1 + m3"), M1), "e1: unknown id 'm3'; known: e1, m1", id="unknown id"),
        pytest.param((expression("m1 +"), M1), "e1: at character 5", id="grammar"),
        pytest.param((expression("MEAN(m1)"), M1), "unknown function MEAN", id="unknown function"),
        pytest.param((expression("SORT(m1)"), M1), "SORT exists on CloudWatch", id="not simulated"),
        pytest.param((expression("AVG(m1)"), M1), "watches one time series, this is not one", id="a number"),
        pytest.param((expression("[m1, m2]"), M1, M2), "watches one time series, this is several", id="an array"),
        pytest.param((expression("REPEAT"), M1), "watches one time series", id="a word"),
        pytest.param((expression("ABS(AVG(m1))"), M1), "ABS needs a time series", id="wrong kind"),
        pytest.param((expression("[m1, 2]"), M1), "an array holds time series", id="number in an array"),
        pytest.param((expression("[m1] + [m2]"), M1, M2), "cannot combine two arrays", id="two arrays"),
        pytest.param((expression("m1 + REPEAT"), M1), "not words", id="adding a word"),
        pytest.param((expression("FILL(m1, SOON)"), M1), "fills with a number", id="unknown filling"),
        pytest.param((expression("FILL(m1)"), M1), "takes two arguments, got 1", id="too few for FILL"),
        pytest.param((expression("IF(m1)"), M1), "takes two or three arguments, got 1", id="too few for IF"),
        pytest.param((expression("IF([m1], 1, 0)"), M1), "not arrays", id="IF over an array"),
        pytest.param((expression("ABS(m1, m1)"), M1), "takes one argument, got 2", id="too many"),
        pytest.param((expression("FIRST(m1)"), M1), "takes an array", id="FIRST of one"),
        pytest.param((expression("TIME_SERIES(m1)"), M1), "takes a single number", id="series of a series"),
        pytest.param((expression("m1 / PERIOD(m1 + 1)"), M1), "PERIOD takes no such", id="period of a sum"),
        pytest.param((expression("e1 + m1"), M1), "e1: refers to itself", id="itself"),
        pytest.param(
            (expression("e2 + m1"), expression("e1", id="e2", return_data=False), M1),
            "e2: refers",
            id="circle",
        ),
        pytest.param((expression("m1 + m2"), M1, metric("m2", period=300)), "same period, got 60, 300", id="period"),
        pytest.param((replace(expression("m1"), period=300), M1), "same period", id="period of the expression"),
        pytest.param((expression("TIME_SERIES(1)"),), "At least one query must be a metric", id="no metric"),
        pytest.param((expression("m1", id="E1"), M1), "Id 'E1' must begin", id="capital id"),
        pytest.param((expression("m1"), M1, M1), "Id 'm1' is used twice", id="twice"),
        pytest.param((expression("m1"), replace(M1, period=60)), "Period belongs in MetricStat", id="two periods"),
        pytest.param((expression("m1"), M1, MetricDataQuery(id="x", return_data=False)), "x: give", id="empty"),
        pytest.param(
            (expression("m1"), *(metric(f"m{i}") for i in range(1, 12))),
            "at most 10 metrics, got 11",
            id="metrics",
        ),
        pytest.param(
            (M1, *(expression("m1", id=f"e{i}", return_data=i == 0) for i in range(11))),
            "at most 10 expressions, got 11",
            id="expressions",
        ),
    ],
)
def test_refused_queries(queries, say):
    """What CloudWatch refuses has a sentence that says what is wrong (spec cloudwatch 7 and 10)."""
    found = problems(queries)

    assert any(re.search(say, sentence) for sentence in found), found


def test_all_problems_are_reported_at_once():
    """A learner sees every problem of the queries, not just the first."""
    found = problems((expression("m1 + m9"), expression("m1 +", id="e2"), M1))

    assert len(found) == 3


@pytest.mark.parametrize("name", ["a", "m1", "errors_4XX", "a" * 255])
def test_ids(name):
    """An id is a lower-case letter, and up to 254 letters, digits and underscores after it."""
    assert problems((metric(name, return_data=True),)) == ()
    assert problems((metric(name + "-", return_data=True),)) != ()


def test_ten_of_each_are_allowed():
    """Ten metrics and ten expressions are within the limits."""
    metrics = [metric(f"m{i}") for i in range(10)]
    expressions = [expression("m1", id=f"e{i}", return_data=i == 0) for i in range(10)]

    assert problems((*metrics, *expressions)) == ()


@pytest.mark.parametrize(
    "queries",
    [
        (M1,),
        (replace(M1, return_data=True), expression("AVG(m1)", return_data=False)),
        (expression("e1"), M1),
    ],
    ids=["nothing returned", "not asked for", "circle"],
)
def test_only_what_is_returned_is_computed(queries):
    """Queries that nobody needs are not computed; broken ones fail loudly rather than count as missing."""
    table = Table({"m1": [1]})
    if problems(queries):
        with pytest.raises(MathError):
            datapoints(queries, table, [0.0], 60.0)
    else:
        assert datapoints(queries, table, [0.0], 60.0) == [Datapoint(1, 7.0)]


@pytest.mark.parametrize(
    "text, say",
    [
        ("m1 / SUM(m1)", "e1: SUM of one series covers all points fetched"),
        ("RUNNING_SUM(m1)", "RUNNING_SUM changes with"),
        ("RATE(m1)", "RATE of a metric with gaps"),
        ("FILL(m1, 0)", "FILL decides for minutes whose data is only late"),
    ],
)
def test_cautions(text, say):
    """What the guide advises against in alarms is accepted, with a caution (spec cloudwatch 7)."""
    queries = (expression(text), M1)

    assert problems(queries) == ()
    assert say in "".join(cautions(queries))


def test_plain_expressions_need_no_caution():
    """A sum over several series is a series, and fine in an alarm."""
    assert cautions((expression("SUM([m1, m2]) / 2"), M1, M2)) == ()


def test_a_caution_is_said_once():
    """However often a query gives reason for it."""
    assert len(cautions((expression("m1 * SUM(m1) / SUM(m1 + m2) ^ SUM(m2)"), M1, M2))) == 1
