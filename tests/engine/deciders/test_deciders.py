"""Rows worked out by hand, and what holds for every row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cloudwatch.decision import parse_row
from engine.deciders import argo_rollouts, cloudwatch, flagger, kayenta
from engine.deciders.argo_rollouts import ArgoRollouts
from engine.deciders.cloudwatch import CloudWatch
from engine.deciders.flagger import Flagger
from engine.deciders.kayenta import Kayenta
from engine.deciders.table import Settings, lines
from engine.errors import WrongValues

ROWS = st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=10).map(tuple)
LIMITS = st.integers(1, 6)


@pytest.mark.parametrize(
    ("row", "limit", "at"),
    [
        ("X X X", 3, None),  # three for a limit of three, as its text has it, are not enough
        ("X X X X", 3, 3),
        ("X 0 X 0 X 0 X", 3, 6),  # a good one forgives nothing
        ("0 0 X", 0, 2),
        ("- - - -", 0, None),
        ("- - - - -", 0, 4),  # five errors in a row are more than four
        ("- - - - X - - -", 1, None),  # the failed one ends the row of errors
    ],
)
def test_argo_rollouts_takes_one_failure_more_than_its_limit(row, limit, at):
    """`result.Failed > metric.FailureLimit`, and errors only in a row."""
    assert argo_rollouts.decide(parse_row(row), ArgoRollouts(failure_limit=limit)).at == at


@pytest.mark.parametrize(
    ("row", "threshold", "at"),
    [
        ("X X X", 3, 2),
        ("X 0 0 X 0 X", 3, 5),
        ("- - -", 3, 2),  # no values: a failed check each
        ("0 X X - X 0", 3, 3),
        ("0 X X 0", 3, None),
    ],
)
def test_flagger_counts_silence_as_failure(row, threshold, at):
    """Failed checks are added up, and one without values is one of them."""
    assert flagger.decide(parse_row(row), Flagger(threshold=threshold)).at == at


@pytest.mark.parametrize(
    ("row", "at"),
    [
        ("0 X X - X 0", {"missing": 4, "ignore": 4, "breaching": 4, "notBreaching": 4}),
        ("0 X - - - X", {"missing": 5, "ignore": None, "breaching": 5, "notBreaching": None}),
        ("X - - 0", {"missing": 2, "ignore": None, "breaching": 0, "notBreaching": None}),
    ],
)
def test_cloudwatch_has_four_ways(row, at):
    """Three of three, read from left to right, with nothing before the row: the rules of AWS (spec cloudwatch 2)."""
    settings = CloudWatch(evaluation_periods=3, datapoints_to_alarm=3)
    found = {mode: cloudwatch.decide(parse_row(row), settings, mode).at for mode in at}

    assert found == at


def test_kayenta_decides_nothing_by_a_row():
    """It counts the points that came; without a baseline there is nothing to compare."""
    verdict = kayenta.decide(parse_row("0 X - X"), Kayenta())

    assert (verdict.at, verdict.cells) == (None, ("1", "2", "2", "3"))
    assert "3 of the 50 points" in verdict.say


def test_more_bad_points_than_periods_are_refused():
    """As CloudWatch refuses them."""
    with pytest.raises(WrongValues, match="datapoints_to_alarm"):
        CloudWatch(evaluation_periods=2, datapoints_to_alarm=3)


@given(ROWS, LIMITS)
def test_flagger_is_never_later_than_argo_rollouts_with_the_same_number(row, limit):
    """It needs one failure less, and counts silence too."""
    argo = argo_rollouts.decide(row, ArgoRollouts(failure_limit=limit, consecutive_error_limit=100)).at
    flag = flagger.decide(row, Flagger(threshold=limit)).at

    assert argo is None or (flag is not None and flag < argo)


@given(ROWS, LIMITS, st.data())
def test_a_point_turned_bad_makes_nobody_later(row, limit, data):
    """Of those who count: more harm is never seen later."""
    place = data.draw(st.integers(0, len(row) - 1))
    worse = (*row[:place], True, *row[place + 1 :])
    for decide in (
        lambda points: argo_rollouts.decide(points, ArgoRollouts(failure_limit=limit, consecutive_error_limit=100)),
        lambda points: flagger.decide(points, Flagger(threshold=limit)),
        lambda points: cloudwatch.decide(
            points, CloudWatch(evaluation_periods=3, datapoints_to_alarm=2), "notBreaching"
        ),
    ):
        before, after = decide(row).at, decide(worse).at

        assert before is None or (after is not None and after <= before)


@given(ROWS)
def test_every_line_has_a_cell_for_each_point_until_it_has_decided(row):
    """Seven lines, and no cell is wider than its column."""
    settings = Settings(
        argo_rollouts=ArgoRollouts(failure_limit=3),
        flagger=Flagger(threshold=3),
        kayenta=Kayenta(),
        cloudwatch=CloudWatch(evaluation_periods=3, datapoints_to_alarm=2),
    )
    found = tuple(lines(row, settings))

    assert len(found) == 7
    for line in found:
        at = line.verdict.at
        assert len(line.verdict.cells) == (len(row) if at is None else at + 1)
        assert all(0 < len(cell) <= 2 for cell in line.verdict.cells)
