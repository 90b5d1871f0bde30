"""The state of an alarm from the points it looks at: breaching, good or missing (spec cloudwatch 2).

A pure function without clock, metric or threshold, so that a learner can play with it row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.requests.cloudwatch import AlarmState, TreatMissingData

Rule = Literal[
    "enough-data",
    "filled",
    "enough-breaching",
    "no-data",
    "good-seen",
    "premature",
    "too-recent",
    "too-few-samples",
]
"""Which rule decided.

`enough-data`: the newest N real points, TreatMissingData unused; `filled`: real and filled points together;
`enough-breaching`: M real points breach, whatever fills the rest; `no-data`: nothing real in the range;
`good-seen`: a real point is good; `premature`: an old enough breach, and only breaches and gaps after it;
`too-recent`: a breach, but a good point may still come; `too-few-samples`: a percentile over few samples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A state, and how it came about."""

    state: AlarmState
    decided_by: tuple[int, ...]
    """Places in the evaluation range, oldest 0, of the real points that were evaluated."""
    filled: int
    """Points filled with TreatMissingData, "as few times as possible"."""
    premature: bool
    """Was the premature rule the one that decided?"""
    rule: Rule


def decide(
    breaching: Sequence[bool | None],
    *,
    evaluation_periods: int,
    datapoints_to_alarm: int,
    treat_missing_data: TreatMissingData,
    previous: AlarmState,
    too_recent: AlarmState = "OK",
) -> Decision:
    """Return what CloudWatch makes of an evaluation range, oldest point first, None for a missing one.

    `too_recent` is the state for a breach that a good point may still follow: AWS says only "not ALARM".
    Raises ValueError when M or the range does not fit N.
    """
    _check(len(breaching), evaluation_periods, datapoints_to_alarm)
    real = [place for place, breaches in enumerate(breaching) if breaches is not None]
    filled = max(evaluation_periods - len(real), 0)
    evaluated = real[-evaluation_periods:]
    bad = [place for place in evaluated if breaching[place]]
    state: AlarmState
    rule: Rule
    if not filled:
        state, rule = ("ALARM" if len(bad) >= datapoints_to_alarm else "OK"), "enough-data"
    elif treat_missing_data == "breaching":
        state, rule = ("ALARM" if len(bad) + filled >= datapoints_to_alarm else "OK"), "filled"
    elif treat_missing_data == "notBreaching":
        state, rule = ("ALARM" if len(bad) >= datapoints_to_alarm else "OK"), "filled"
    elif len(bad) >= datapoints_to_alarm:
        state, rule = "ALARM", "enough-breaching"
    elif not real:
        state, rule = (previous if treat_missing_data == "ignore" else "INSUFFICIENT_DATA"), "no-data"
    elif len(bad) < len(real):
        state, rule = "OK", "good-seen"
    elif len(breaching) - bad[0] >= datapoints_to_alarm:
        state, rule = (previous if treat_missing_data == "ignore" else "ALARM"), "premature"
    else:
        state, rule = too_recent, "too-recent"
    return Decision(state=state, decided_by=tuple(evaluated), filled=filled, premature=rule == "premature", rule=rule)


def _check(slots: int, evaluation_periods: int, datapoints_to_alarm: int) -> None:
    if not 1 <= datapoints_to_alarm <= evaluation_periods:
        raise ValueError(
            f"datapoints to alarm must be between 1 and the {evaluation_periods} evaluation periods, "
            f"got {datapoints_to_alarm}"
        )
    if slots < evaluation_periods:
        raise ValueError(f"give at least {evaluation_periods} points, one per evaluation period; got {slots}")


_MARKS: dict[str, bool | None] = {"0": False, "O": False, "X": True, "-": None}


def parse_row(text: str) -> tuple[bool | None, ...]:
    """Return the points of a row such as `0 - X - X`, as AWS's tables write them; spaces are optional."""
    marks = [mark for mark in text.upper() if not mark.isspace()]
    strange = sorted(set(marks) - _MARKS.keys())
    if strange:
        raise ValueError(
            f"{', '.join(map(repr, strange))} in {text!r}: write 0 for good, X for breaching, - for missing"
        )
    if not marks:
        raise ValueError("no points: write 0 for good, X for breaching, - for missing, such as 0 - X - X")
    return tuple(_MARKS[mark] for mark in marks)
