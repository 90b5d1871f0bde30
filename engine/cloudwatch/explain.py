"""An alarm's look at a row of points, and its decision in words, for people who learn how alarms decide (spec
cloudwatch 2)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.cloudwatch.decision import Decision, decide
from engine.requests.cloudwatch import AlarmState, TreatMissingData
from engine.timing import Timing

_SIGNS = {True: "X", False: "0", None: "-"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What an alarm makes of a row."""

    decision: Decision
    """Its places are those of the whole row."""
    passed_over: int
    """Points at the old end of the row that lie before the evaluation range, and count for nothing."""
    say: str
    """Why it decides so."""
    range_say: str
    """Which points it looks at, empty where it looks at all of them."""


def look(
    row: Sequence[bool | None],
    *,
    evaluation_periods: int,
    datapoints_to_alarm: int,
    treat_missing_data: TreatMissingData,
    previous: AlarmState,
    range_extra: int = Timing().evaluation_range_extra,
) -> Look:
    """Return what an alarm makes of a row, oldest point first, of which it sees the newest N and `range_extra` more.

    A shorter row is taken as if nothing had been there before. Raises ValueError as `decide` does.
    """
    passed_over = max(len(row) - evaluation_periods - range_extra, 0) if evaluation_periods > 0 else 0
    seen = row[passed_over:]
    decision = decide(
        seen,
        evaluation_periods=evaluation_periods,
        datapoints_to_alarm=datapoints_to_alarm,
        treat_missing_data=treat_missing_data,
        previous=previous,
    )
    say = _said(decision, seen, evaluation_periods, datapoints_to_alarm, treat_missing_data, previous)
    newest = f"Of {len(row)} points the newest {len(seen)} are looked at, N and {range_extra} more: {_row(seen)}."
    places = tuple(place + passed_over for place in decision.decided_by)
    return Look(
        decision=replace(decision, decided_by=places),
        passed_over=passed_over,
        say=say,
        range_say=newest if passed_over else "",
    )


def _said(
    decision: Decision, row: Sequence[bool | None], n: int, m: int, mode: TreatMissingData, previous: AlarmState
) -> str:
    seen = _row([row[place] for place in decision.decided_by])
    breaching = sum(row[place] is True for place in decision.decided_by)
    needed = f"{m} {'is' if m == 1 else 'are'} needed"
    match decision.rule:
        case "enough-data":
            there, decide_it = ("is", "newest one decides") if n == 1 else ("are", f"newest {n} decide")
            return (
                f"{_points(n)} {there} there, so the {decide_it} ({seen}) and {mode!r} is not needed: "
                f"{_breach(breaching, n)}, {needed}."
            )
        case "filled":
            counted = breaching + (decision.filled if mode == "breaching" else 0)
            real = f"Only {_points(len(decision.decided_by))} ({seen})" if seen else "No real point"
            return f"{real}; {decision.filled} filled as {mode}: {_breach(counted, n)}, {needed}."
        case "enough-breaching":
            breach = "breaches" if breaching == 1 else "breach"
            return f"{_points(breaching)} {breach}, {needed}: what is missing cannot change that."
        case "no-data":
            kept = f"it stays {previous}" if mode == "ignore" else "there is not enough data"
            return f"No point in the whole range, and {mode!r} fills none: {kept}."
        case "good-seen":
            few = "none breaches" if m == 1 else f"fewer than {m} breach"
            return f"A real point is good ({seen}) and {few}."
        case "premature":
            kept = f", but {mode!r} keeps {previous}" if decision.state != "ALARM" else ""
            return (
                f"The oldest breach is at least {m} periods old, and everything after it breaches or is missing: the "
                f"premature alarm{kept}."
            )
        case "too-recent":
            return f"A breach is there, but it is younger than {m} periods: a good point may still come."
        case _:
            return f"Too few samples for this percentile: it stays {previous}."


def _row(points: Sequence[bool | None]) -> str:
    return " ".join(_SIGNS[point] for point in points)


def _points(count: int) -> str:
    return f"{count} real point{'' if count == 1 else 's'}"


def _breach(count: int, of: int) -> str:
    return f"{count} of {of} {'breaches' if count == 1 else 'breach'}"


def parse_values(text: str, threshold: float) -> tuple[bool | None, ...]:
    """Return the points of a row of values such as `3 - 7.5`, which breach from the threshold on, as they do with
    GreaterThanOrEqualToThreshold. Raises ValueError for what is no number, and for a row without any point.
    """
    if not math.isfinite(threshold):
        raise ValueError(f"a threshold is a number, got {threshold}")
    if not text.split():
        raise ValueError("no points: write numbers, and - for missing, with spaces between them, such as 3 - 7.5")
    return tuple(None if word == "-" else _value(word) >= threshold for word in text.split())


def _value(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(
            f"{word!r} is no number: with a threshold, write numbers, and - for missing, with spaces between them"
        )
    return value
