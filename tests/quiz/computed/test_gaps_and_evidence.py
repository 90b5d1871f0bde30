"""Families about silence and evidence, each against an independent closed form."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quiz.computed import evidence, fleets, gaps

DRAWS = st.integers(1, 400)
TREATMENTS = st.sampled_from(["missing", "ignore", "breaching", "notBreaching"])
MODES = ("missing", "ignore", "breaching", "notBreaching")


def worked_out(figures):
    """The figures; whoever made none is passed over."""
    assume(figures is not None)
    return figures


def number(row):
    """The number that stands for a row of five points."""
    return sum({"0": 0, "X": 1, "-": 2}[point] * 3**place for place, point in enumerate(row.split()))


@pytest.mark.parametrize(
    ("row", "states"),
    [
        ("0 - X - X", ("OK", "OK", "OK", "OK")),
        ("0 - - - -", ("OK", "OK", "OK", "OK")),
        ("- - - - -", ("INSUFFICIENT_DATA", "OK", "ALARM", "OK")),
        ("0 X X - X", ("ALARM", "ALARM", "ALARM", "ALARM")),
        ("- - X - -", ("ALARM", "OK", "ALARM", "OK")),
    ],
)
def test_rows_end_as_in_the_table_of_aws(row, states):
    """AWS's table of 3 of 3, of an alarm that was OK: with ignore it stays so (spec cloudwatch 2)."""
    found = [gaps.of_five(number(row), 3, mode) for mode in MODES]

    assert [each["points"] for each in found] == [row] * 4
    assert tuple(each["state"] for each in found) == states


@given(DRAWS, st.integers(1, 3), st.sampled_from(["breaching", "notBreaching"]))
def test_rows_that_fire_have_bad_points_enough(draw, datapoints, mode):
    """The newest three real points, or all of them and what fills the rest."""
    found = worked_out(gaps.to_alarm(draw, datapoints, mode))
    for name in ("fires_1", "fires_2", "calm_1", "calm_2", "calm_3"):
        real = [point for point in found[name].split() if point != "-"]
        bad = real[-3:].count("X") + (max(3 - len(real), 0) if mode == "breaching" else 0)

        assert (bad >= datapoints) == name.startswith("fires")


@given(st.sampled_from([60, 120, 300]), st.integers(1, 3), TREATMENTS)
def test_silence_ends_an_alarm_or_does_not(period, datapoints, mode):
    """With notBreaching it takes 6 - M silent periods, with missing five, and with the others it never ends."""
    found = gaps.silence(period, datapoints, mode)
    silent = {"notBreaching": 6 - datapoints, "missing": 5}.get(mode)

    assert found["right"] == ("It stays in ALARM" if silent is None else f"After {silent * period // 60} minutes")
    assert len({found["right"], *(found[f"wrong_{k}"] for k in (1, 2, 3))}) == 4


@given(DRAWS)
def test_empty_periods_follow_the_requests_in_one(draw):
    """e to the power of minus the mean, each canary with a share of its own."""
    found = gaps.empties(draw)
    shares = [found[f"empty_{k}"] for k in (1, 2, 3)]

    assert shares == [f"{100 * math.exp(-float(found[f'mean_{k}'])):.2g} %" for k in (1, 2, 3)]
    assert len({*shares, found["decoy"]}) == 4


@given(st.sampled_from([0.5, 1, 2, 3, 5]), st.sampled_from([0.1, 1, 5, 10]))
def test_the_shortest_period_that_is_seldom_empty(rate, most):
    """No shorter one of those offered will do."""
    found = worked_out(gaps.least_period(rate, most))
    least = 60 * math.log(100 / most) / rate

    assert found["right"] == f"{min(period for period in (60, 120, 300, 600) if period >= least)} seconds"


@given(
    st.sampled_from([5, 10, 20, 25, 50]),
    st.sampled_from([1, 2, 4]),
    st.sampled_from([(1, 2), (2, 4), (1, 5), (1, 10), (3, 6)]),
    st.sampled_from([50, 75, 90, 95, 99]),
)
def test_one_green_variant_collects_its_samples(rate, variants, fleet, percentile):
    """Ten above the percentile, at the variant's share of the canary's share."""
    canary, instances = fleet
    found = worked_out(evidence.variant_samples(rate, variants, canary, instances, percentile))
    each = Fraction(rate * canary, instances * variants)

    assert found["minutes"] == pytest.approx(float(Fraction(1000, 100 - percentile) / each / 60), abs=0.051)


@given(st.integers(1, 20), st.integers(1, 9), st.sampled_from([10, 20, 25, 40, 50, 60, 75, 80]))
def test_a_weight_gives_its_share(first, times, share):
    """Of the sum of all, the new one included."""
    second = times * (100 - share) - first
    assume(second > 0)
    found = worked_out(evidence.weight_for_share(first, second, share))
    weight = int(found["right"])

    assert Fraction(weight, first + second + weight) == Fraction(share, 100)


@given(st.integers(8, 16), st.integers(1, 3), st.integers(8, 14), st.integers(350, 550))
def test_a_forgotten_scale_is_too_busy(desired, written, rate, work):
    """Seconds of work in a second, over the instances."""
    found = worked_out(evidence.forgotten(desired, written, rate, work))

    assert float(found["green"]) == pytest.approx(rate * work / 10 / written, abs=0.51)
    assert float(found["now"]) == pytest.approx(rate * work / 10 / desired, abs=0.51)


@given(st.integers(50, 5000), st.integers(10, 200), st.integers(5, 60))
def test_a_rare_fault_shows_with_the_requests(one_in, rate, minutes):
    """One minus the chance that none of the requests meets it."""
    found = worked_out(evidence.chance_seen(one_in, rate, minutes))

    assert found["seen"] == pytest.approx(-100 * math.expm1(rate * minutes * math.log1p(-1 / one_in)), abs=0.06)


@given(st.integers(1, 60), st.integers(1, 9), st.integers(1, 12), st.integers(0, 30), st.integers(60, 400))
def test_a_final_bake_waits_for_leak_and_alarm(hundreds, each, instances, wait, alarm):
    """Both bakes together are the leak's time and the alarm's."""
    found = worked_out(evidence.final_bake(100 * hundreds, each * instances, instances, 60 * wait, alarm))

    assert found["seconds"] + 60 * wait == pytest.approx(100 * hundreds / each + alarm)


@given(DRAWS)
def test_leaks_come_in_order(draw):
    """By requests that an instance survives, over its requests."""
    found = evidence.leaks_in_order(draw)
    times = []
    for k in (1, 2, 3, 4):
        words = found[f"leak_{k}"].replace(",", "").split()
        limit, rate, instances = (int(word) for word in words if word.isdigit())
        times.append(Fraction(limit * instances, rate * 60))

    assert times == sorted(times) == [found[f"minutes_{k}"] for k in (1, 2, 3, 4)]


@given(DRAWS, st.sampled_from([100, 200, 400]), st.sampled_from([4, 8, 15, 35, 60, 95]))
def test_one_alarm_fires_on_the_minute(draw, requests, share):
    """An average is the share, a sum the count; a maximum is 1, a minimum 0, and a percentile either."""
    found = worked_out(evidence.fires_on_minute(draw, requests, share))
    failing = requests * share // 100
    values = {"Average": share / 100, "Sum": failing, "Maximum": 1, "Minimum": 0}
    values |= {"p50": int(share > 50), "p90": int(share > 10)}
    for name in ("fires", "calm_1", "calm_2", "calm_3"):
        stat, *how, line = found[name].split()
        value = values[stat]

        assert (value > float(line) or (how != ["above"] and value == float(line))) == (name == "fires")
        assert float(found[f"{name}_value"]) == pytest.approx(value)


@given(st.integers(5, 20), st.sampled_from([0, 0.5, 1]), st.integers(2, 4))
def test_a_repair_needs_its_share(old, new, line):
    """With that share of the traffic both fleets together are at the line."""
    found = worked_out(evidence.repair_share(old, new, line))
    share = Fraction(found["right"]) / 100

    assert float(share * Fraction(new) + (1 - share) * old) == pytest.approx(line, abs=0.02)


@given(st.integers(3, 12), st.integers(2, 5), st.integers(5, 20), st.integers(5, 20), st.integers(1, 60))
def test_where_a_canary_stands(instances, launch, wait, term, minute):
    """Launch, first bake, final bake, over: as the waits add up, with some seconds for each shift."""
    found = worked_out(fleets.describe_at(instances, launch, wait, term, minute))
    edges = [launch + 7 / 60, launch + wait + 14 / 60, launch + wait + term + 14 / 60]
    places = ("being launched", "in its first bake", "in its final bake", "over")

    assert found["where"] == places[sum(minute > edge for edge in edges)]
    assert found["right"].startswith(
        "InService" if found["where"] == "over" else "Updating; EndpointConfigName is the old"
    )
