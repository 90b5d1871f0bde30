"""Families about controllers, each against a count by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

from quiz.computed import deciders

DRAWS = range(1, 401)


def asked(figures: Iterable[Mapping | None]) -> list[Mapping]:
    """Return the figures of the draws that can be asked about."""
    found = [each for each in figures if each is not None]
    assert len(found) > 50
    return found


def place_of(points, marks, number):
    """The place, from 1, of so many points with one of these marks."""
    found = [place for place, point in enumerate(points.split(), 1) if point in marks]
    return found[number - 1] if len(found) >= number else None


def test_it_aborts_with_one_failure_more_than_the_limit():
    """Failures alone are counted, and the slips count the limit itself, or silence too."""
    for limit in (1, 2, 3):
        for found in asked(deciders.aborts_at(draw, limit) for draw in DRAWS):
            assert found["argo"] == place_of(found["points"], "X", limit + 1)
            assert found["early"] == place_of(found["points"], "X", limit)
            assert found["silent"] == place_of(found["points"], "X-", limit + 1)


def test_three_controllers_stop_at_three_places():
    """One failure more than allowed; as many failures and gaps; and bad points alone among the newest real
    ones that the alarm sees, if there are enough."""
    for number in (2, 3):
        for found in asked(deciders.four_verdicts(draw, number) for draw in DRAWS):
            where = {name: found[name].split()[-1] for name in ("argo", "flagger", "alarm", "decoy")}

            assert where["argo"] == written(place_of(found["points"], "X", number + 1))
            assert where["flagger"] == written(place_of(found["points"], "X-", number))
            assert where["alarm"] == written(first_alarm(found["points"].split(), number))
            assert len(set(where.values())) == 4


def first_alarm(points, number):
    """The first place at which so many of the newest real points that the alarm sees are bad."""
    for place in range(1, len(points) + 1):
        real = [point for point in points[max(0, place - number - 2) : place] if point != "-"][-number:]
        if real.count("X") == number:
            return place
    return None


def written(place):
    """The last word of an option that names a place, or none."""
    return "row" if place is None else str(place)


def test_a_row_with_five_gaps_running_is_not_asked_about():
    """Argo Rollouts goes back after them too, by a setting that the question does not name."""
    assert "- - - - -" in deciders._written(deciders._row(Random(231)))
    assert deciders.four_verdicts(231, 2) is None
