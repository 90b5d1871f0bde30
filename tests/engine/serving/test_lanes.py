"""Queues against the loop that anybody would write."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.serving.lanes import REFUSED, OutstandingCounter, SharedQueue, serve_lane, serve_lanes

seconds = st.floats(0, 100, allow_nan=False)
requests = st.lists(st.tuples(seconds, seconds, st.integers(0, 3)), min_size=1, max_size=60)


def columns(rows):
    """Return arrivals in order, service times and lanes."""
    rows = sorted(rows)
    arrival, service, lane = (np.array(column) for column in zip(*rows, strict=True))
    return arrival.astype(float), service.astype(float), lane.astype(np.intp)


def one_by_one(arrival, service, lane, free_at):
    """Return completions: each worker takes up its requests in order, as soon as it is free."""
    free, done = list(free_at), []
    for at, work, k in zip(arrival, service, lane, strict=True):
        free[k] = max(at, free[k]) + work
        done.append(free[k])
    return done, free


@given(requests, st.lists(seconds, min_size=4, max_size=4))
def test_lanes_are_lindleys_recursion(rows, free_at):
    """Completion is the later of arrival and the one before, plus service; the backlog is carried over."""
    arrival, service, lane = columns(rows)
    moved = np.array(free_at, dtype=float)
    completion = serve_lanes(arrival, service, lane, moved)
    expected, free = one_by_one(arrival, service, lane, free_at)

    assert completion == pytest.approx(expected, abs=1e-9)
    assert moved == pytest.approx(free, abs=1e-9)


@given(requests, seconds)
def test_a_lone_lane(rows, free_at):
    """One worker is the same recursion without sorting."""
    arrival, service, lane = columns(rows)
    expected, _ = one_by_one(arrival, service, np.zeros_like(lane), [free_at])

    assert serve_lane(arrival, service, free_at) == pytest.approx(expected, abs=1e-9)


@given(requests, seconds, st.floats(1, 5))
def test_slower_service_never_shortens_a_wait(rows, free_at, factor):
    """Monotone coupling: with every request slower, none is done earlier and none waits less (spec labs, theory)."""
    arrival, service, _ = columns(rows)
    quick = serve_lane(arrival, service, free_at)
    slow = serve_lane(arrival, service * factor, free_at)

    assert (slow >= quick - 1e-9).all()
    assert (slow - service * factor >= quick - service - 1e-9).all()


def in_line(arrival, service, workers, limit):
    """Return completions of a shared line, by looking at all earlier requests each time."""
    taken = []
    for at, work in zip(arrival, service, strict=True):
        waiting = sum(start > at for start, _ in taken)
        ends = sorted((end for _, end in taken), reverse=True)
        start = max(at, ends[workers - 1]) if len(ends) >= workers else at
        if limit is not None and start > at and waiting >= limit:
            yield REFUSED
        else:
            taken.append((start, start + work))
            yield start + work


@given(requests, st.integers(1, 4), st.none() | st.integers(0, 3))
def test_a_shared_line(rows, workers, limit):
    """The next free worker takes the first in line; a full line refuses (M/G/c/K)."""
    arrival, service, _ = columns(rows)
    queue = SharedQueue(workers, limit)
    done = [queue.serve(at, work) for at, work in zip(arrival.tolist(), service.tolist(), strict=True)]

    assert done == pytest.approx(list(in_line(arrival, service, workers, limit)), abs=1e-9)


@given(requests, st.integers(1, 4))
def test_no_worker_idles_while_somebody_waits(rows, workers):
    """Work conservation: whoever waited was taken up at a moment when the other workers were all busy."""
    arrival, service, _ = columns(rows)
    queue = SharedQueue(workers, None)
    ends = np.array([queue.serve(at, work) for at, work in zip(arrival.tolist(), service.tolist(), strict=True)])
    starts = ends - service
    for k in np.flatnonzero(starts > arrival + 1e-9):
        before = starts[k] - 1e-9
        busy = np.count_nonzero((starts[:k] <= before) & (ends[:k] > before))
        assert busy == workers


@given(requests, st.integers(1, 4), st.floats(0, 0.999))
def test_outstanding_requests_are_those_not_answered_yet(rows, instances, dice):
    """The counter picks an instance with the fewest unanswered requests, by dice among equals."""
    counter, open_until = OutstandingCounter(instances), [[] for _ in range(instances)]
    for at, work, _ in sorted(rows):
        chosen = counter.least(at, instances, dice)
        load = [sum(end > at for end in ends) for ends in open_until]
        equals = [k for k in range(instances) if load[k] == min(load)]

        assert chosen == equals[int(dice * len(equals))]

        counter.add(chosen, at + work)
        open_until[chosen].append(at + work)
