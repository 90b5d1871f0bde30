"""A row that a learner types is looked at as the simulation looks at a metric, and told in whole sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cloudwatch.decision import parse_row
from engine.cloudwatch.evaluation import evaluate
from engine.cloudwatch.explain import Look, look
from engine.requests.cloudwatch import MetricAlarm, MetricStat
from engine.timing import Timing
from tests.engine.cloudwatch.conftest import Minutes

MODES = ("missing", "ignore", "breaching", "notBreaching")
STATES = ("OK", "ALARM", "INSUFFICIENT_DATA")


def looked(row: str, n: int, m: int | None = None, mode: str = "missing", previous: str = "OK") -> Look:
    """What an alarm makes of a row."""
    return look(
        parse_row(row),
        evaluation_periods=n,
        datapoints_to_alarm=m or n,
        treat_missing_data=mode,
        previous=previous,
    )


def simulated(row: str, n: int, m: int | None = None, mode: str = "missing", previous: str = "OK") -> str:
    """The state that a simulated alarm has when the row has just been measured, a point a minute."""
    points = parse_row(row)
    alarm = MetricAlarm(
        alarm_name="a",
        metric=MetricStat(namespace="AWS/SageMaker", metric_name="Invocation5XXErrors"),
        evaluation_periods=n,
        datapoints_to_alarm=m,
        threshold=0.5,
        treat_missing_data=mode,
    )
    metric = Minutes({minute: float(point) for minute, point in enumerate(points) if point is not None})
    extra = Timing().evaluation_range_extra
    return evaluate(alarm, metric, 60.0 * len(points), previous, range_extra=extra).state


def test_a_point_before_the_range_counts_for_nothing():
    """One period, nothing for five minutes: what is missing is breaching, however good the last point was."""
    found = looked("0 - - - - -", 1, mode="breaching")

    assert found.decision.state == simulated("0 - - - - -", 1, mode="breaching") == "ALARM"
    assert found.passed_over == 3
    assert found.range_say == "Of 6 points the newest 3 are looked at, N and 2 more: - - -."


@given(
    st.text(alphabet="0X-", min_size=1, max_size=12),
    st.integers(1, 5),
    st.integers(1, 5),
    st.sampled_from(MODES),
    st.sampled_from(STATES),
)
def test_a_row_is_decided_as_the_simulation_decides_it(row, n, m, mode, previous):
    """Whatever is in it, and however long it is."""
    row, m = row.rjust(n, "-"), min(n, m)
    found = looked(row, n, m, mode, previous)

    assert found.decision.state == simulated(row, n, m, mode, previous)
    assert all(found.passed_over <= place < len(row) for place in found.decision.decided_by)


@pytest.mark.parametrize(
    ("found", "say"),
    [
        pytest.param(
            looked("0", 1),
            "1 real point is there, so the newest one decides (0) and 'missing' is not needed: 0 of 1 breach, "
            "1 is needed.",
            id="one point",
        ),
        pytest.param(
            looked("0 X X", 3, 2),
            "3 real points are there, so the newest 3 decide (0 X X) and 'missing' is not needed: 2 of 3 breach, "
            "2 are needed.",
            id="several points",
        ),
        pytest.param(
            looked("- - X", 3, 1),
            "1 real point breaches, 1 is needed: what is missing cannot change that.",
            id="one breach is enough",
        ),
        pytest.param(
            looked("- X X", 3, 2),
            "2 real points breach, 2 are needed: what is missing cannot change that.",
            id="two breaches are",
        ),
        pytest.param(
            looked("- - X", 3, 2, "breaching"),
            "Only 1 real point (X); 2 filled as breaching: 3 of 3 breach, 2 are needed.",
            id="filled",
        ),
        pytest.param(
            looked("- - X", 3, 2, "notBreaching"),
            "Only 1 real point (X); 2 filled as notBreaching: 1 of 3 breaches, 2 are needed.",
            id="one of three",
        ),
        pytest.param(
            looked("- - -", 3, 2, "notBreaching"),
            "No real point; 3 filled as notBreaching: 0 of 3 breach, 2 are needed.",
            id="nothing real",
        ),
        pytest.param(looked("- - 0", 3, 1), "A real point is good (0) and none breaches.", id="one good point"),
    ],
)
def test_one_is_one_and_two_are_two(found, say):
    """Verbs go with their numbers."""
    assert found.say == say
