"""Families about controllers, each against a count by hand."""

from __future__ import annotations

from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from quiz.computed import deciders

DRAWS = st.integers(1, 400)


def place_of(points, marks, number):
    """The place, from 1, of so many points with one of these marks."""
    found = [place for place, point in enumerate(points.split(), 1) if point in marks]
    return found[number - 1] if len(found) >= number else None


@given(DRAWS, st.integers(1, 3))
def test_it_aborts_with_one_failure_more_than_the_limit(draw, limit):
    """Failures alone are counted, and the slips count the limit itself, or silence too."""
    found = deciders.aborts_at(draw, limit)
    assume(found is not None)

    assert found["argo"] == place_of(found["points"], "X", limit + 1)
    assert found["early"] == place_of(found["points"], "X", limit)
    assert found["silent"] == place_of(found["points"], "X-", limit + 1)


@given(DRAWS, st.sampled_from([2, 3]))
def test_three_controllers_stop_at_three_places(draw, number):
    """One failure more than allowed; as many failures and gaps; and bad points alone among the newest real
    ones that the alarm sees, if there are enough."""
    found = deciders.four_verdicts(draw, number)
    assume(found is not None)
    points = found["points"].split()

    def at(name):
        return None if found[name] == "Nowhere in this row" else int(found[name].split()[-1])

    assert at("argo") == place_of(found["points"], "X", number + 1)
    assert at("flagger") == place_of(found["points"], "X-", number)
    alarms = []
    for place in range(1, len(points) + 1):
        real = [point for point in points[max(0, place - number - 2) : place] if point != "-"][-number:]
        alarms += [place] * (real.count("X") == number)
    assert at("alarm") == (alarms[0] if alarms else None)
    assert len({found[name] for name in ("argo", "flagger", "alarm", "decoy")}) == 4


def test_a_row_with_five_gaps_running_is_not_asked_about():
    """Argo Rollouts goes back after them too, by a setting that the question does not name."""
    assert "- - - - -" in deciders._written(deciders._row(Random(231)))
    assert deciders.four_verdicts(231, 2) is None
