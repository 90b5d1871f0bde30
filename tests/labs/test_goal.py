"""A goal asks for a measure that there is, with a bound where nothing is wanted as such."""

from __future__ import annotations

import pytest

from engine.errors import WrongValues
from labs.exercise.goal import GoalResult
from labs.incidents.measures import MEASURES as OF_INCIDENTS
from labs.incidents.session import IncidentGoal
from labs.lab import LabGoal
from labs.measures.registry import MEASURES as OF_LABS


def of_lab(measure="harmed", **bounds):
    """Return a goal of a lab."""
    return LabGoal(id="a", title="A", measure=measure, release="r", say="No.", **bounds)


def of_incident(measure="harmed", **bounds):
    """Return a goal of an incident."""
    return IncidentGoal(id="a", title="A", measure=measure, say="No.", hints=("Look.",), **bounds)


HOLDS = [
    pytest.param(of_lab(at_most=5), [0, 5], [5.1, None], id="at most"),
    pytest.param(of_lab(at_least=5), [5, 90], [4.9, None], id="at least"),
    pytest.param(of_lab(at_least=5, at_most=7), [5, 6, 7], [4.9, 7.1, None], id="between"),
    pytest.param(of_incident(at_most=300), [0, 300], [300.1, None], id="a figure of an incident"),
    pytest.param(of_incident(at_most=0), [0], [0.1, None], id="none at all"),
    pytest.param(of_incident("serves"), [1.0], [0.0, None], id="yes or no"),
    pytest.param(of_incident("verdict", at_most=0), [1.0], [0.0, None], id="yes or no, whatever the bound"),
]


@pytest.mark.parametrize(("goal", "good", "bad"), HOLDS)
def test_a_figure_within_the_bounds_holds(goal, good, bad):
    """At the bound it does; never does not, and what is wanted must be so."""
    assert [goal.holds(figure) for figure in good] == [True] * len(good)
    assert [goal.holds(figure) for figure in bad] == [False] * len(bad)


@pytest.mark.parametrize(
    ("build", "measures", "say"),
    [
        (of_lab, OF_LABS, "`at_least` must be given; a goal on {} needs a bound"),
        (of_incident, OF_INCIDENTS, "at_most must be given; a goal on {} needs a bound"),
    ],
    ids=["lab", "incident"],
)
def test_what_is_not_wanted_as_such_needs_a_bound(build, measures, say):
    """Of every measure there is: it can do without, or it cannot."""
    for name, measure in measures.items():
        assert build(name, at_most=1).measure == name
        if measure.wanted:
            assert build(name).at_most is None
        else:
            with pytest.raises(WrongValues, match=say.format(name)):
                build(name)


@pytest.mark.parametrize("build", [of_lab, of_incident], ids=["lab", "incident"])
def test_a_measure_that_there_is_not(build):
    """It is refused with those that there are."""
    with pytest.raises(WrongValues, match=r"must be one of .*harmed.*, got 'hamred'"):
        build("hamred", at_most=1)


def test_a_result_speaks_with_the_goals_words():
    """A met goal needs no teacher; hints stay with whoever shows them."""
    figures = {"measured": 1.0, "measured_say": "1", "needed": "2"}
    met, missed = (GoalResult.of(of_incident("serves"), passed=passed, **figures) for passed in (True, False))

    assert (met.say, missed.say) == ("", "No.")
    assert met.hints == missed.hints == ("Look.",)
