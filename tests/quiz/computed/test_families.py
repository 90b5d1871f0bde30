"""Each family against an independent closed form."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.catalogue.instances import instance_types
from quiz.computed import alarms, chances, fleets
from quiz.computed.families import FAMILIES

COUNTS = st.integers(1, 60)


def worked_out(figures):
    """The figures; whoever made none is passed over."""
    assume(figures is not None)
    return figures


@given(COUNTS, COUNTS)
def test_a_canary_is_its_part_of_the_new_fleet(instances, size):
    """And never more than half."""
    found = fleets.canary(instances, size)

    assert (found is None) == (2 * size > instances)
    if found:
        assert found["share"] == pytest.approx(100 * size / instances, abs=0.051)
        assert found["share"] + found["rest"] == pytest.approx(100)


@given(st.integers(1, 30), st.integers(3, 10), st.integers(1, 60))
def test_a_linear_update_bakes_between_its_steps(step, shifts, wait):
    """One bake less than there are steps."""
    found = fleets.linear(step * shifts, step, wait)

    assert found["shifts"] == shifts
    assert found["minutes"] == (shifts - 1) * wait


@given(COUNTS, st.integers(1, 30), st.integers(1, 20), st.integers(1, 60))
def test_a_rolling_update_starts_and_bakes_each_batch(instances, batch, launch, wait):
    """As many batches as it takes, the last one with what is left."""
    found = worked_out(fleets.rolling(instances, batch, launch, wait))
    batches = math.ceil(instances / batch)

    assert found["batches"] == batches
    assert found["minutes"] == batches * (launch + wait)
    assert found["last_batch"] == instances - (batches - 1) * batch


@given(COUNTS, st.sampled_from(["ml.m5.large", "ml.m5.xlarge", "ml.c5.xlarge"]), st.integers(1, 600))
def test_a_second_fleet_costs_its_instances_for_its_time(instances, type, minutes):
    """At the price of the catalogue."""
    price = instance_types()[type].usd_per_hour
    found = worked_out(fleets.second_fleet(instances, type, minutes))

    assert found["usd"] == pytest.approx(instances * minutes * price / 60, abs=0.0051)


def test_what_nobody_knows_the_price_of_makes_no_question():
    """A type that the catalogue does not know."""
    assert fleets.second_fleet(2, "ml.x9.huge", 30) is None


def fires(setting, points):
    """M of the newest N, counted by hand."""
    m, _, n = setting.partition(" of ")
    return points.replace(" ", "")[-int(n) :].count("X") >= int(m)


@given(st.integers(1, 62), st.integers(1, 2))
def test_alarms_on_a_row_count_the_newest_points(row, firing):
    """Those that are said to fire do, the others do not, and no setting stands there twice."""
    found = worked_out(alarms.on_row(row, firing))
    settings = {name: text for name, text in found.items() if name[-1].isdigit()}

    assert all(fires(text, found["points"]) == name.startswith("fires") for name, text in settings.items())
    assert len(set(settings.values())) == 5


@given(
    st.lists(st.integers(0, 2), min_size=1, max_size=5).map(lambda row: [*row[1:], 2]),
    st.integers(1, 5),
    st.sampled_from(["missing", "ignore", "breaching", "notBreaching"]),
)
def test_gaps_count_as_the_setting_says(row, datapoints, treatment):
    """As AWS's four sentences put it, for rows on which they leave nothing open."""
    number = sum(digit * 3**place for place, digit in enumerate(row))
    found = worked_out(alarms.with_gaps(number, len(row), min(datapoints, len(row)), treatment))
    datapoints = min(datapoints, len(row))
    points = found["points"].split()
    bad, gaps = points.count("X"), points.count("-")

    if treatment in ("breaching", "notBreaching") or gaps < len(points):
        filled = bad + (gaps if treatment == "breaching" else 0)
        assert found["state"] == ("ALARM" if filled >= datapoints else "OK")
    else:
        assert found["state"] == ("INSUFFICIENT_DATA" if treatment == "missing" else "OK")
    assert {found["state"], found["other_1"], found["other_2"]} == {"ALARM", "OK", "INSUFFICIENT_DATA"}


@given(st.integers(0, 10**6))
def test_alarms_fire_in_the_order_of_their_bad_periods(first):
    """M periods each, and no two at once."""
    found = alarms.in_order(first)
    taken = []
    for place in range(1, 5):
        m, _, n, *_, period, _ = found[f"alarm_{place}"].split()
        assert int(m) <= int(n)
        taken.append(int(m) * int(period) / 60)

    assert taken == [found[f"minutes_{place}"] for place in range(1, 5)]
    assert taken == sorted(set(taken))


@given(st.integers(1, 10).map(lambda minutes: 60 * minutes), st.integers(1, 10), st.integers(1, 5))
def test_an_alarm_waits_for_m_bad_periods(period, datapoints, more):
    """However many it looks at."""
    found = alarms.least_time(period, datapoints, datapoints + more)

    assert found["minutes"] == datapoints * period / 60


@given(st.sampled_from([60, 180, 240, 300, 600]), st.integers(1, 10), st.integers(61, 120))
def test_only_one_bake_is_long_enough(period, datapoints, delay):
    """It holds the worst case, a minute less does not, and the others are shorter."""
    found = worked_out(alarms.bakes(period, datapoints, delay))
    worst = Fraction(period * (datapoints + 1) + delay + 60, 60)

    assert found["enough"] - 1 < worst <= found["enough"]
    assert max(found[f"short_{k}"] for k in (1, 2, 3)) < worst


@given(st.integers(1, 300), st.integers(600, 5000), st.integers(1, 99))
def test_one_statistic_alone_sees_the_tail(fast, slow, count):
    """A percentile does once the slow part is larger than what lies above it; the average is weighed."""
    assume(count != 10)  # there p99 lies between ranks
    average = fast + (slow - fast) * count / 1000
    threshold = (average + slow) / 2 if count > 10 else (fast + average) / 2
    found = alarms.slow_tail(fast, slow, count / 10, threshold)

    assert found["sees"] == ("p99" if count > 10 else "Average")
    assert {found["sees"], *(found[f"blind_{k}"] for k in (1, 2, 3))} == {"Average", "p50", "p90", "p99"}
    assert found["count"] == count


@given(COUNTS, st.sampled_from([5, 10, 20, 25, 50, 100]), st.sampled_from([1, 2, 5, 10, 20, 25]), st.integers(2, 60))
def test_harm_is_a_product(rate, share, errors, minutes):
    """Of rate, time, share and errors, and always a whole number."""
    found = worked_out(chances.harm(rate, share, errors, minutes))

    assert found["harmed"] == Fraction(rate * 60 * minutes * share * errors, 10_000)


@given(st.integers(1, 99), st.floats(0, 100), st.floats(0, 100))
def test_a_mixed_rate_lies_between_the_rates(share, new, old):
    """Weighed by the traffic."""
    found = chances.dilution(share, new, old)

    assert found["mixed"] == pytest.approx(old + (new - old) * share / 100, abs=0.0051)


@given(st.integers(1, 50), st.floats(0.1, 50))
def test_any_of_some_chances(alarms, chance):
    """By adding up how many are wrong at once, from one to all."""
    p = chance / 100
    exactly = (math.comb(alarms, k) * p**k * (1 - p) ** (alarms - k) for k in range(1, alarms + 1))

    assert chances.any_wrong(alarms, chance)["any"] == pytest.approx(100 * sum(exactly), abs=0.051)


@given(
    st.integers(1, 20), st.integers(1, 5), st.sampled_from([(60, 1), (60, 2), (60, 4), (120, 1), (120, 2), (240, 1)])
)
def test_empty_periods_are_those_in_which_nobody_comes(larger, canary, load):
    """As the limit of very many callers who each come seldom."""
    (period, each), instances = load, canary + larger
    assume(larger >= canary)
    found = worked_out(chances.empty(each * instances, instances, canary, period))
    callers = 10**7

    assert found["empties"] == pytest.approx(100 * (1 - found["mean"] / callers) ** callers, abs=0.051)
    assert found["mean"] == each * canary * period / 60


@given(st.integers(5, 20), st.integers(40, 70))
def test_one_worker_is_an_m_m_1_queue(rate, work):
    """By Little's law from the mean number in the system, summed over its geometric distribution."""
    found = worked_out(chances.one_worker(rate, work))
    rho = rate * work / 1000
    present = sum(n * (1 - rho) * rho**n for n in range(1, 2000))

    assert found["answer"] == pytest.approx(1000 * present / rate, abs=0.51)


@given(st.integers(1, 20), st.integers(1, 2000), st.integers(1, 1000))
def test_tracking_asks_for_the_fewest_on_target(current, metric, target):
    """One instance less would be above it."""
    found = worked_out(chances.tracking(current, metric, target))

    assert (found["wanted"] - 1) * target < current * metric <= found["wanted"] * target


@given(COUNTS, COUNTS, COUNTS)
def test_a_share_is_a_weight_of_all(first, second, third):
    """In any order of the others."""
    found = chances.weight(first, second, third)

    assert found["share"] == chances.weight(first, third, second)["share"]
    assert found["share"] * (first + second + third) == pytest.approx(100 * first, abs=0.051 * found["sum"])


@given(st.integers(1, 30), st.integers(1, 12), st.integers(1, 90))
def test_a_leak_shows_when_one_instance_has_had_its_requests(each, instances, minutes):
    """Its own requests times its own time."""
    found = chances.leak(each * instances, instances, each * minutes * 60)

    assert (found["each"], found["minutes"]) == (each, minutes)


@pytest.mark.parametrize(("percentile", "samples"), [(50, 20), (90, 100), (95, 200), (99, 1000), (75, 40)])
def test_percentiles_need_ten_above(percentile, samples):
    """Ten divided by what lies above."""
    found = chances.samples(percentile, 5)

    assert (found["samples"], found["minutes"]) == (samples, samples // 5)


def test_every_family_is_tested_here():
    """One that is added needs a closed form too."""
    source = "".join(each.read_text(encoding="utf-8") for each in Path(__file__).parent.glob("test_*.py"))

    for family in FAMILIES.values():
        assert f"{family.__module__.rpartition('.')[2]}.{family.__name__}(" in source
