"""Families about controllers, each against a count by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random

from quiz.computed import deciders


def rows(family: Callable[[int, int], Mapping[str, str] | None], numbers: range) -> Iterator[tuple[Mapping, int]]:
    """Yield the figures of every draw that can be asked about, with the number that was given."""
    for number in numbers:
        found = [each for draw in range(1, 401) if (each := family(draw, number)) is not None]
        assert len(found) > 50
        yield from ((each, number) for each in found)


def place_of(points, marks, number):
    """The place, from 1, of so many points with one of these marks."""
    found = [place for place, point in enumerate(points.split(), 1) if point in marks]
    return found[number - 1] if len(found) >= number else None


def test_it_aborts_with_one_failure_more_than_the_limit():
    """Failures alone are counted, and the slips count the limit itself, or silence too."""
    for found, limit in rows(deciders.aborts_at, range(1, 4)):
        assert found["argo"] == place_of(found["points"], "X", limit + 1)
        assert found["early"] == place_of(found["points"], "X", limit)
        assert found["silent"] == place_of(found["points"], "X-", limit + 1)


def test_three_controllers_stop_at_three_places():
    """One failure more than allowed; as many failures and gaps; and bad points alone among the newest real
    ones that the alarm sees, if there are enough."""
    for found, number in rows(deciders.four_verdicts, range(2, 4)):
        points = found["points"].split()
        at = {name: found[name].split()[-1] for name in ("argo", "flagger", "alarm", "decoy")}
        alarms = []
        for place in range(1, len(points) + 1):
            real = [point for point in points[max(0, place - number - 2) : place] if point != "-"][-number:]
            alarms += [place] * (real.count("X") == number)

        assert at["argo"] == written(place_of(found["points"], "X", number + 1))
        assert at["flagger"] == written(place_of(found["points"], "X-", number))
        assert at["alarm"] == written(alarms[0] if alarms else None)
        assert len(set(at.values())) == 4


def written(place):
    """The last word of an option that names a place, or none."""
    return "row" if place is None else str(place)


def test_a_row_with_five_gaps_running_is_not_asked_about():
    """Argo Rollouts goes back after them too, by a setting that the question does not name."""
    assert "- - - - -" in deciders._written(deciders._row(Random(231)))
    assert deciders.four_verdicts(231, 2) is None
