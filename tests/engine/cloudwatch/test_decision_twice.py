"""A second reading of AWS's prose about missing data (spec cloudwatch 2), compared with the engine.

It is written sentence by sentence and without regard for speed. It asks questions about the row instead of
walking through cases, so that it can disagree with the engine.
"""

from __future__ import annotations

import itertools
from typing import get_args

from engine.cloudwatch.decision import decide
from engine.requests.cloudwatch import AlarmState, TreatMissingData

Row = tuple[bool | None, ...]


def state(row: Row, n: int, m: int, treat: str, previous: str, too_recent: str) -> str:
    """Return the state of an `m` out of `n` alarm that looks at `row`, oldest point first."""
    considered = recent_real_points(row, n)
    missing_places = n - len(considered)
    if missing_places == 0:
        return by_counting(considered, m)
    if treat in ("breaching", "notBreaching"):
        return by_counting(considered + [treat == "breaching"] * missing_places, m)
    return keeping_gaps(row, considered, m, treat, previous, too_recent)


def recent_real_points(row: Row, n: int) -> list[bool]:
    """Reach back over gaps until n real points are found or the range ends."""
    found: list[bool] = []
    for point in reversed(row):
        if point is not None and len(found) < n:
            found.append(point)
    return found


def by_counting(points: list[bool], m: int) -> str:
    """Nothing is unknown any more: m breaching points make an alarm."""
    return "ALARM" if sum(points) >= m else "OK"


def keeping_gaps(row: Row, real: list[bool], m: int, treat: str, previous: str, too_recent: str) -> str:
    """Points are missing, and what is missing says neither good nor bad."""
    unsure = previous if treat == "ignore" else None
    if sum(real) >= m:
        return "ALARM"
    if len(real) == 0:
        return unsure or "INSUFFICIENT_DATA"
    if False in real:
        return "OK"
    oldest_breach = row.index(True)
    nothing_good_since = all(point is not False for point in row[oldest_breach:])
    points_from_there_to_now = row[oldest_breach:]
    if nothing_good_since and len(points_from_there_to_now) >= m:
        return unsure or "ALARM"
    return too_recent


def every_situation():
    """Yield all rows of range N + 2 for N up to 4, with all M, modes, previous states and choices."""
    states = get_args(AlarmState)
    for n in range(1, 5):
        rows = itertools.product((False, True, None), repeat=n + 2)
        yield from itertools.product(
            rows, [n], range(1, n + 1), get_args(TreatMissingData), states, ("OK", "INSUFFICIENT_DATA")
        )


def test_agrees_with_the_engine():
    """The engine and the naive reading come to the same state in every situation there is for N up to 4."""
    compared = 0
    for row, n, m, treat, previous, too_recent in every_situation():
        decision = decide(
            row,
            evaluation_periods=n,
            datapoints_to_alarm=m,
            treat_missing_data=treat,
            previous=previous,
            too_recent=too_recent,
        )
        assert decision.state == state(row, n, m, treat, previous, too_recent), (row, n, m, treat, previous)
        compared += 1

    assert compared == sum(3 ** (n + 2) * n * 4 * 3 * 2 for n in range(1, 5))
