"""When requests come: the processes and shapes of traffic."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import WrongValues
from engine.traffic.arrivals import MAX_SLOT_REQUESTS, SLOT_LENGTHS_S, Arrivals
from engine.traffic.streams import Purpose
from engine.traffic.workload import Bursts, Constant, Daily, Ramp, Trace, Window, Workload
from tests.engine.serving.tape import arrived

shapes = st.one_of(
    st.just(Constant()),
    st.builds(Daily, amplitude=st.floats(0, 1), period_s=st.floats(60, 7200), peak_s=st.floats(0, 3600)),
    st.builds(Bursts, times=st.floats(1, 10), every_s=st.floats(60, 600), lasts_s=st.floats(1, 120)),
    st.builds(Window, from_s=st.floats(0, 300), until_s=st.floats(1, 300)),
    st.builds(Ramp, to=st.floats(0, 5), from_s=st.floats(0, 600), until_s=st.floats(1, 1200)),
    st.builds(Trace, per_minute=st.lists(st.integers(0, 300), min_size=1, max_size=5).map(tuple)),
)
workloads = st.builds(
    Workload,
    rate=st.sampled_from([0.0, 0.3, 7.0, 40.0]),
    arrivals=st.sampled_from(["poisson", "regular"]),
    shape=shapes,
)


def times(workload, minutes, seed=1):
    """Return the arrivals of the first minutes."""
    return arrived(workload, seed, 60.0 * minutes)


@settings(max_examples=60)
@given(workloads, st.integers(0, 5))
def test_any_traffic_is_in_order_and_in_its_slot(workload, seed):
    """Arrivals increase, and each lies in its slot, whatever process and shape."""
    arrivals = Arrivals(workload, seed)
    for index in range(6):
        slot = arrivals.slot(index)
        assert (np.diff(slot.arrival) >= 0).all()
        assert (slot.arrival >= slot.start).all()
        assert (slot.arrival < slot.start + slot.length + 1e-9).all()


@settings(max_examples=40)
@given(workloads, st.integers(0, 5))
def test_slots_do_not_depend_on_the_order_in_which_they_are_asked_for(workload, seed):
    """A slot is the same whether it comes first or last, and its numbers whichever purpose is drawn first."""
    forward, backward = Arrivals(workload, seed), Arrivals(workload, seed, keep=True)
    purposes = [Purpose.ROUTE, Purpose.ERROR, Purpose.SERVICE_NORMAL]
    later = {k: backward.slot(k) for k in reversed(range(4))}
    drawn = {(k, p): later[k].draw(p).tolist() for k in later for p in reversed(purposes)}
    for k in range(4):
        slot = forward.slot(k)
        assert slot.arrival.tolist() == later[k].arrival.tolist()
        assert all(slot.draw(p).tolist() == drawn[k, p] for p in purposes)


def test_poisson_counts_scatter_as_they_should():
    """A Poisson minute has its mean as its variance."""
    counts = np.histogram(times(Workload(rate=2.0), 2000), bins=2000, range=(0, 120_000))[0]

    assert counts.mean() == pytest.approx(120, abs=4 * math.sqrt(120 / 2000))
    assert counts.var() == pytest.approx(120, rel=4 * math.sqrt(2 / 2000))


def test_poisson_gaps_are_exponential():
    """Gaps have a standard deviation like their mean, and exceed t with probability exp(-rate t)."""
    gaps = np.diff(times(Workload(rate=5.0), 400))
    n = len(gaps)

    assert gaps.mean() == pytest.approx(0.2, abs=4 * 0.2 / math.sqrt(n))
    for t in (0.1, 0.5, 1.0):
        share = math.exp(-5 * t)
        assert (gaps > t).mean() == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / n))


@pytest.mark.parametrize("per_minute, period, expected", [(1.0, 60, 0.37), (5.0, 60, 0.0067), (1.0, 180, 0.05)])
def test_empty_periods(per_minute, period, expected):
    """A share exp(-rate T) of the periods has no request: 20/min, 5 % canary, 1-minute period: 37 % (spec labs 5)."""
    n = 6000
    counts = np.histogram(times(Workload(rate=per_minute / 60), n * period // 60), bins=n, range=(0, n * period))[0]
    share = math.exp(-per_minute * period / 60)

    assert share == pytest.approx(expected, abs=0.005)
    assert (counts == 0).mean() == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / n))


@pytest.mark.parametrize("rate", [0.4, 1.0, 7.3])
def test_regular_traffic_is_evenly_spaced(rate):
    """As from a load script: one request every 1 / rate seconds, across the minutes too."""
    arrivals = times(Workload(rate=rate, arrivals="regular"), 20)

    assert np.diff(arrivals) == pytest.approx(1 / rate)
    assert len(arrivals) == pytest.approx(1200 * rate, abs=1)


@given(shapes, st.sampled_from([0.5, 3.0, 20.0]))
@settings(max_examples=60)
def test_regular_traffic_follows_its_shape(shape, rate):
    """In any shape, regular traffic has at any time as many requests behind it as were due."""
    workload = Workload(rate=rate, arrivals="regular", shape=shape)
    found = times(workload, 5)
    for minute in range(1, 6):
        due = sum(max(0.0, workload.rate_at(second + 0.5)) for second in range(minute * 60))
        assert abs((found < minute * 60).sum() - due) <= 1


@pytest.mark.parametrize("arrivals", ["poisson", "regular"])
def test_a_trace_has_exactly_its_counts(arrivals):
    """Recorded traffic: as many requests in each minute as were recorded, then from the start again."""
    recorded = (3, 0, 250, 17)
    found = times(Workload(rate=1, arrivals=arrivals, shape=Trace(per_minute=recorded)), 8)

    assert np.histogram(found, bins=8, range=(0, 480))[0].tolist() == [*recorded, *recorded]


@pytest.mark.parametrize(
    "shape, at, factor",
    [
        (Daily(amplitude=0.5, period_s=3600, peak_s=600), 600, 1.5),
        (Daily(amplitude=0.5, period_s=3600, peak_s=600), 2400, 0.5),
        (Bursts(times=4, every_s=300, lasts_s=30, first_s=60), 59, 1.0),
        (Bursts(times=4, every_s=300, lasts_s=30, first_s=60), 89.9, 4.0),
        (Bursts(times=4, every_s=300, lasts_s=30, first_s=60), 360, 4.0),
        (Ramp(to=3, from_s=100, until_s=200), 150, 2.0),
        (Ramp(to=3, from_s=100, until_s=200), 1000, 3.0),
    ],
)
def test_shapes(shape, at, factor):
    """The multiple of the base rate at a second, never above the declared peak."""
    workload = Workload(rate=10, shape=shape)

    assert shape.factor(at) == pytest.approx(factor)
    assert workload.rate_at(at) <= workload.peak_rate


@pytest.mark.parametrize("rate, slot_s", [(0.1, 600), (50, 300), (200, 60), (5000, 3), (100_000, 1)])
def test_slots_fit_the_cache(rate, slot_s):
    """Ten minutes of quiet traffic and a second of dense traffic are one slot; it is the same process."""
    workload = Workload(rate=rate)
    arrivals = Arrivals(workload, 1)
    found = times(workload, 1)

    assert arrivals.slot_s == slot_s
    assert rate * slot_s <= MAX_SLOT_REQUESTS or slot_s == 1
    assert len(found) == pytest.approx(60 * rate, abs=4 * math.sqrt(60 * rate) + 1)
    assert [arrivals.index_at(k * arrivals.slot_s) for k in range(100)] == list(range(100))


@pytest.mark.parametrize("slot_s", SLOT_LENGTHS_S)
def test_no_minute_lies_between_two_slots(slot_s):
    """A slot is made of whole minutes or divides one, and of whole periods of ten minutes too."""
    assert 60 % slot_s == 0 or slot_s % 60 == 0
    assert 600 % slot_s == 0


def test_a_regular_trace_is_even_within_its_minutes():
    """Three requests in a minute come at 10, 30 and 50 s, two at 15 and 45 s."""
    found = times(Workload(rate=1, arrivals="regular", shape=Trace(per_minute=(3, 2))), 2)

    assert found == pytest.approx([10, 30, 50, 75, 105])


def test_a_trace_counts_by_the_minute():
    """Its slots are no longer than a minute, however quiet it is, and its rate is that of the minute."""
    workload = Workload(rate=1, shape=Trace(per_minute=(30, 12)))

    assert Arrivals(workload, 1).slot_s == 60
    assert [workload.rate_at(second) for second in (0, 59, 60, 120)] == [0.5, 0.5, 0.2, 0.5]
    assert workload.peak_rate == 0.5


@pytest.mark.parametrize("rate", [0.0, 0.001])
def test_hardly_any_traffic(rate):
    """Minutes without requests are no special case."""
    assert len(times(Workload(rate=rate), 30)) <= 5


@pytest.mark.parametrize("shares", [(("a", 0.7), ("b", 0.7)), (("a", -0.1),), (("a", 1.1),)])
def test_target_variants_are_shares_of_all_requests(shares):
    """Shares of requests that name a variant lie between 0 and 1 and add up to at most 1."""
    with pytest.raises(WrongValues, match="target_variants"):
        Workload(rate=1, target_variants=shares)
