"""From answers as they come to minutes, as one would sort them by hand."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.metrics.waiting import Waiting
from engine.serving.answers import Answers

rows = st.lists(st.tuples(st.floats(0, 239), st.floats(0, 150), st.sampled_from([0, 4, 5])), max_size=40).map(sorted)
ends = st.lists(st.integers(0, 8), max_size=5).map(sorted)


def answers(some):
    """Return answers to requests of such arrival, duration and status; overhead and work tell them apart."""
    arrival, took, status = np.array(some, dtype=float).reshape(-1, 3).T
    return Answers(status.astype(np.uint8), arrival, arrival + took, took, arrival / 7, arrival / 3)


def taken(some, cuts):
    """Record all answers to requests of a minute before it is taken, minutes up to each of `cuts` at once."""
    waiting, begin, found = Waiting(), 0, {}
    for end in [*cuts, 9]:
        batch = [row for row in some if begin * 60 <= row[0] < end * 60]
        if batch:
            waiting.parts.append(answers(batch))
        for minute, status, durations in waiting.take(range(begin, end)):
            found[minute] = sorted(zip(status.tolist(), *durations.tolist(), strict=True))
        begin = max(begin, end)
    return found, waiting.parts


@settings(max_examples=200)
@given(rows, ends)
def test_each_answer_is_in_the_minute_of_its_completion(some, cuts):
    """Whatever is late, however many minutes are taken at once: every answer once, with all that belongs to it."""
    by_hand = {}
    for at, took, status in some:
        by_hand.setdefault(int((at + took) // 60), []).append((status, took, at / 7, at / 3))
    found, left = taken(some, cuts)

    assert found == {minute: sorted(mine) for minute, mine in sorted(by_hand.items())}
    assert left == []


def test_what_waits_holds_on_to_nothing_else():
    """An answer of a later minute is kept alone, not with the thousands that came beside it."""
    waiting = Waiting()
    waiting.parts.append(answers([(at / 100, 0.1, 0) for at in range(5990)] + [(59.95, 0.1, 5)]))
    minutes = [minute for minute, *_ in waiting.take(range(1))]
    [late] = waiting.parts

    assert minutes == [0]
    assert late.status.tolist() == [5]
    assert all(column.base is None or column.base.nbytes < 1000 for column in (*late[:-1], *late.more))
