"""Statistics against numpy, brute force and AWS's own example."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.statistics import low_sample_limit, parse_statistic

samples = st.lists(st.floats(0, 1e6), min_size=1, max_size=60).map(sorted).map(np.array)
bounds = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted).filter(lambda ab: ab[0] < ab[1])


def of(text, values):
    """Return a statistic of unsorted values."""
    return parse_statistic(text).of(np.sort(np.array(values, dtype=float)))


@pytest.mark.parametrize(
    "text, expected",
    [("SampleCount", 3), ("Sum", 11), ("Minimum", 2), ("Maximum", 5), ("Average", pytest.approx(11 / 3))],
)
def test_the_printed_example(text, expected):
    """2, 4 and 5 in one period (spec cloudwatch 5), from the values and from their totals alone."""
    statistic = parse_statistic(text)

    assert of(text, [4, 2, 5]) == expected
    assert statistic.of_totals(3, 11, 2, 5) == expected
    assert not statistic.needs_values


@pytest.mark.parametrize("text", ["p99", "tm90", "WM(1%:9%)", "IQM", "PR(:300)"])
def test_extended_statistics_need_the_samples(text):
    """Totals are not enough for a percentile, and asking says so."""
    assert parse_statistic(text).needs_values
    with pytest.raises(TypeError, match="needs the samples themselves"):
        parse_statistic(text).of_totals(3, 11, 2, 5)


@given(samples, st.integers(0, 1000))
def test_percentiles_are_numpys(values, tenths):
    """Percentiles are linear between ranks, down to tenths of a percent."""
    assert of(f"p{tenths / 10}", values) == pytest.approx(np.percentile(values, tenths / 10))


@given(samples)
def test_p100_is_the_maximum_and_p0_the_minimum(values):
    """The ends of the percentiles are the ends of the data, and p100.9999999 is read as p100 (measured)."""
    assert (of("p0", values), of("p100", values)) == (values[0], values[-1])
    assert of("p100.9999999", values) == values[-1]


def in_hundredths(values, low, high):
    """Return the part of the samples between two percents, by writing each sample down 100 times."""
    many = np.repeat(values, 100)
    return many[len(values) * low : len(values) * high]


@given(samples, bounds)
def test_trimmed_statistics_by_brute_force(values, ab):
    """TM, TC and TS cut the sorted samples at the percents, through a sample where need be."""
    a, b = ab
    kept = in_hundredths(values, a, b)

    assert of(f"TM({a}%:{b}%)", values) == pytest.approx(kept.mean(), abs=1e-6)
    assert of(f"TC({a}%:{b}%)", values) == pytest.approx(len(kept) / 100)
    assert of(f"TS({a}%:{b}%)", values) == pytest.approx(kept.sum() / 100, abs=1e-6)


@given(samples, bounds)
def test_trimmed_sum_is_mean_times_count(values, ab):
    """ts = tm x tc (spec cloudwatch 4)."""
    text = "({}%:{}%)".format(*ab)

    mean, count = of("TM" + text, values), of("TC" + text, values)

    assert of("TS" + text, values) == pytest.approx(mean * count, abs=1e-6)


@given(samples, bounds)
def test_winsorized_mean(values, ab):
    """WM sets what lies outside the percentiles to them, and never drops a sample."""
    a, b = ab
    low, high = np.percentile(values, [a, b])
    expected = sum(min(max(value, low), high) for value in values) / len(values)

    assert of(f"WM({a}%:{b}%)", values) == pytest.approx(expected, abs=1e-6)


@given(samples, st.integers(1, 99))
def test_a_range_may_be_open(values, percent):
    """Without an upper percent everything above the lower one counts; the two halves make the whole."""
    above, below = f"({percent}%:)", f"(:{percent}%)"

    assert of("TC" + above, values) == pytest.approx(len(values) * (100 - percent) / 100)
    assert of("TS" + above, values) + of("TS" + below, values) == pytest.approx(values.sum())
    assert of("WM" + above, values) == pytest.approx(of(f"WM({percent}%:100%)", values))


FIXED = [50, 100, 101, 200, 300, 1000, 2000, 2001]


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("PR(100:2000)", 100 * 5 / 8, id="above 100, up to 2000"),
        pytest.param("PR(:300)", 100 * 5 / 8, id="up to 300"),
        pytest.param("PR(300:)", 100 * 3 / 8, id="above 300"),
        pytest.param("TC(100:2000)", 5, id="whole samples"),
        pytest.param("TS(100:300)", 101 + 200 + 300, id="sum"),
        pytest.param("TM(150:1000)", 500, id="mean"),
        pytest.param("WM(100:300)", (100 + 100 + 101 + 200 + 300 * 4) / 8, id="clipped"),
        pytest.param("WM(:300)", (50 + 100 + 101 + 200 + 300 * 4) / 8, id="clipped above"),
        pytest.param("TC(:5)", 0, id="nothing that low"),
    ],
)
def test_fixed_bounds(text, expected):
    """Plain numbers are values of the metric: lower exclusive, upper inclusive (spec cloudwatch 4)."""
    assert of(text, FIXED) == pytest.approx(expected)


def test_the_mean_of_no_sample_is_no_number():
    """A trimmed mean without a sample inside its bounds is NaN, and its sum is 0."""
    assert math.isnan(of("TM(:5)", FIXED))
    assert of("TS(:5)", FIXED) == 0


@pytest.mark.parametrize(
    "short, long",
    [
        ("tm99", "TM(:99%)"),
        ("IQM", "TM(25%:75%)"),
        ("tc90", "TC(:90%)"),
        ("ts90", "TS(:90%)"),
        ("wm98", "WM(:98%)"),
        ("p99.0", "p99"),
        ("tm100", "TM(:100%)"),
    ],
)
def test_short_forms(short, long):
    """The one-number form bounds from above; IQM is the middle half (spec cloudwatch 4)."""
    assert parse_statistic(short) == parse_statistic(long)


@pytest.mark.parametrize("text", ["p99.9", "TM(2%:98%)", "TC(:90%)", "PR(100:)", "Average", "WM(1.5:2.5)"])
def test_statistics_print_themselves(text):
    """str() of a statistic can be parsed again."""
    assert parse_statistic(str(parse_statistic(text))) == parse_statistic(text)


@pytest.mark.parametrize("text", ["p0.0", "p100", "p99.9", "p99.1234567891", "tm90", "p100.9999999"])
def test_accepted(text):
    """What the API lists or was measured to accept (spec cloudwatch 4)."""
    assert parse_statistic(text).needs_values


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("p101", id="measured"),
        pytest.param("p102.5", id="measured with decimals"),
        pytest.param("p-1", id="measured below 0"),
        pytest.param("p99.12345678912", id="more than 10 decimals"),
        pytest.param("P99", id="upper case with one number"),
        pytest.param("tm(10%:90%)", id="lower case with a range"),
        pytest.param("TM(90%:10%)", id="bounds the wrong way round"),
        pytest.param("TM(10%:90)", id="percent and value mixed"),
        pytest.param("TM(:)", id="no bound"),
        pytest.param("TC(5%:5%)", id="nothing between the bounds"),
        pytest.param("TM(0%:101%)", id="more than everything"),
        pytest.param("PR(1%:2%)", id="a rank of percents"),
        pytest.param("average", id="wrong case"),
        pytest.param("", id="nothing"),
        pytest.param("p", id="no number"),
        pytest.param("p99\n", id="a line break"),
    ],
)
def test_refused(text):
    """What CloudWatch refuses is refused with its sentence (spec cloudwatch 4)."""
    with pytest.raises(ValueError, match="for parameter ExtendedStatistic is not supported"):
        parse_statistic(text)


@pytest.mark.parametrize(
    "text, limit",
    [("p99", 1000), ("p50", 20), ("p90", 100), ("p10", 100), ("p99.9", 10_000), ("p0", None), ("p100", None),
     ("Average", None), ("tm90", None)],
)  # fmt: skip
def test_low_sample_limit(text, limit):
    """10/(1-p) from the median up, 10/p below, exactly; undefined at the ends (spec cloudwatch 4)."""
    assert low_sample_limit(parse_statistic(text)) == limit
