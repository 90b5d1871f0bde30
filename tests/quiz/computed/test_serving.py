"""Each family about serving against an independent closed form."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue.curves import curves
from quiz.computed import serving
from tests.quiz.computed.test_families import worked_out

TYPES = ("ml.m5.large", "ml.c5.large", "ml.c5.xlarge", "ml.g4dn.xlarge")
PRICES = {"ml.m5.large": 0.115, "ml.c5.large": 0.102, "ml.c5.xlarge": 0.204, "ml.g4dn.xlarge": 0.7364}


@given(st.integers(1, 12), st.sampled_from([1, 2, 2.5, 3]), st.integers(1, 4))
def test_throttled_is_the_last_term_of_a_truncated_poisson_sum(rate, work, spare):
    """Erlang B as it is written down: (a^n / n!) over the sum of a^k / k!, without the recursion."""
    a = rate * work
    slots = int(a) + spare
    found = worked_out(serving.throttled(rate, work, slots))
    terms = [a**k / math.factorial(k) for k in range(slots + 2)]

    assert found["throttled"] == pytest.approx(100 * terms[slots] / sum(terms[: slots + 1]), abs=0.051)
    assert found["one_more"] == pytest.approx(100 * terms[-1] / sum(terms), abs=0.051)
    assert found["offered"] + found["spare"] == pytest.approx(slots)
    assert found["first"] == pytest.approx(a / (1 + a), abs=0.00051)


def test_ten_slots_for_eight_in_progress():
    """The number of the course: 12 % (spec inference 3.2)."""
    assert serving.throttled(4, 2, 10)["throttled"] == 12.2


@given(st.integers(5, 100), st.sampled_from(["ml.m5.large", "ml.c5.large"]))
def test_a_lane_costs_least_where_its_line_is_lowest(busy, type):
    """On demand 14.4 cents for a busy hour; provisioned 3.6 and 8.388; an instance its price (spec inference 3.4)."""
    found = worked_out(serving.lane(busy, type))
    cents = {
        "On demand": 0.144 * busy,
        "With one provisioned slot": 3.6 + 0.08388 * busy,
        f"On one {type}": 100 * PRICES[type],
    }

    assert [found[place] for place in ("least", "second", "third")] == sorted(cents, key=cents.__getitem__)
    assert f"{cents[found['least']]:.1f} US cents" in found["least_says"]


def test_a_provisioned_slot_pays_above_sixty_per_cent():
    """0.00001 / (0.00004 - 0.0000233) is 0.599: no question is asked so near to it (spec inference 3.4)."""
    assert serving.lane(60, "ml.m5.large") is None
    assert serving.lane(50, "ml.m5.large")["least"] == "On demand"
    assert serving.lane(75, "ml.m5.large")["least"] == "With one provisioned slot"


@given(st.sampled_from(TYPES), st.sampled_from([50, 100, 250, 400]), st.integers(1, 320))
def test_a_million_answers_take_a_million_over_the_load_seconds(type, per_second, load):
    """Each of them paid for."""
    found = worked_out(serving.million(type, per_second, load))

    assert found["usd"] == pytest.approx(1e6 / load / 3600 * PRICES[type], abs=0.0051)
    assert load <= 0.8 * per_second


@given(st.sampled_from(["ml.m5.large", "ml.c5.large", "ml.c5.xlarge"]), st.integers(10, 90))
def test_the_crossing_is_the_last_fleet_that_costs_less(small, per_second):
    """One instance more costs as much as the large one, or more."""
    found = worked_out(serving.crossing(small, "ml.g4dn.xlarge", per_second))
    fleet = found["fleet"]

    assert fleet * PRICES[small] < PRICES["ml.g4dn.xlarge"] <= (fleet + 1) * PRICES[small]
    assert found["load"] == fleet * per_second


@pytest.mark.parametrize(
    ("curve", "limits"),
    [
        ("resnet-50-t4-mixed", range(13, 61)),
        ("resnet-50-t4-fp32", range(13, 61)),
        ("resnet-50-v100-mixed", range(14, 24)),  # from 24 ms on only the largest batch is too slow
    ],
)
def test_the_best_batch_is_the_fastest_within_the_limit(curve, limits):
    """Looked up row by row; the four that are offered differ."""
    for limit in limits:
        found = serving.batch(curve, limit)
        fits = {f"{each.at:g}": each.per_second for each in curves()[curve].points if each.latency_ms <= limit}

        assert found is not None
        assert found["best"] == max(fits, key=fits.__getitem__)
        assert found["slow"] not in fits
        assert found["largest"] not in fits
        assert len({found[name] for name in ("best", "less", "slow", "largest")}) == 4
