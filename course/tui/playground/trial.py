"""What the learner set, and what an alarm makes of it in each of the four modes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from engine.requests.cloudwatch import AlarmState, TreatMissingData
from quiz.numbers import read_number

if TYPE_CHECKING:
    from engine.cloudwatch.decision import Decision

MODES: tuple[TreatMissingData, ...] = get_args(TreatMissingData)
STATES: tuple[AlarmState, ...] = get_args(AlarmState)
MOST_PERIODS = 100
"""More fit no screen."""
Points = tuple[bool | None, ...]
"""Oldest first; True breaches, None is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The fields as they stand, be they right or wrong."""

    row: str = "0 - X - X"
    threshold: str = ""
    """Empty: the row holds no values, but says of each whether it breaches."""
    n: str = "3"
    m: str = ""
    """Empty: the same as N, as with AWS."""
    mode: TreatMissingData = "missing"
    before: AlarmState = "OK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one mode makes of it."""

    mode: TreatMissingData
    points: Points
    decision: Decision
    passed_over: int
    """Points before the evaluation range."""
    range_say: str
    """Which points are looked at, empty where all of them are; the same in every mode."""
    say: str


EXAMPLES = (
    Trial(),
    Trial(row="- - - X -", n="3", m="2"),
    Trial(row="- - X - -", n="3", m="3"),
    Trial(row="- - - - -", n="3", m="3"),
    Trial(row="0 X 0 X X", n="5", m="3"),
    Trial(row="X - - - -", n="3", m="1", before="ALARM"),
    Trial(row="2 5 - 4.9 7", threshold="5", n="3", m="2"),
)
"""Rows in which the modes differ, or do not although one might think so."""


def outcomes(trial: Trial) -> tuple[Outcome, ...] | str:
    """Return what each mode makes of it, or what is wrong with the fields."""
    from engine.cloudwatch.decision import parse_row
    from engine.cloudwatch.explain import parse_values

    n, m = _periods(trial.n), _periods(trial.m or trial.n)
    if n is None or m is None:
        return f"EvaluationPeriods and DatapointsToAlarm are whole numbers from 1 to {MOST_PERIODS}."
    threshold = read_number(trial.threshold)
    if trial.threshold.strip() and threshold is None:
        return "Threshold is a number, such as 5 or 0.01; without one, 0 is good and X is breaching."
    try:
        points = parse_row(trial.row) if threshold is None else parse_values(trial.row, float(threshold))
        return tuple(_outcome(mode, points, n, m, trial.before) for mode in MODES)
    except ValueError as error:
        return _sentence(str(error))


def _outcome(mode: TreatMissingData, points: Points, n: int, m: int, before: AlarmState) -> Outcome:
    from engine.cloudwatch.explain import look

    seen = look(points, evaluation_periods=n, datapoints_to_alarm=m, treat_missing_data=mode, previous=before)
    return Outcome(
        mode=mode,
        points=points,
        decision=seen.decision,
        passed_over=seen.passed_over,
        range_say=seen.range_say,
        say=seen.say,
    )


def _periods(text: str) -> int | None:
    """Return a number of periods, None if the text is none."""
    text = text.strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(MOST_PERIODS)) else 0
    return number if 1 <= number <= MOST_PERIODS else None


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
