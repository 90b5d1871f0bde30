"""An alarm's decision in a sentence for people who learn how alarms decide (spec cloudwatch 2)."""

from __future__ import annotations

from collections.abc import Sequence

from engine.cloudwatch.decision import Decision
from engine.requests.cloudwatch import AlarmState, TreatMissingData

_SIGNS = {True: "X", False: "0", None: "-"}


def explain(
    decision: Decision,
    row: Sequence[bool | None],
    *,
    evaluation_periods: int,
    datapoints_to_alarm: int,
    treat_missing_data: TreatMissingData,
    previous: AlarmState,
) -> str:
    """Return why `row`, oldest first, led to this decision."""
    n, m, mode = evaluation_periods, datapoints_to_alarm, treat_missing_data
    seen = " ".join(_SIGNS[row[place]] for place in decision.decided_by)
    breaching = sum(row[place] is True for place in decision.decided_by)
    match decision.rule:
        case "enough-data":
            return (
                f"{_points(n, 'real point')} are there, so the newest {n} decide ({seen}) and {mode!r} is not needed: "
                f"{breaching} of {n} breach, {m} are needed."
            )
        case "filled":
            real = _points(len(decision.decided_by), "real point")
            counted = breaching + (decision.filled if mode == "breaching" else 0)
            return (
                f"Only {real} ({seen or 'none'}); {decision.filled} filled as {mode}: {counted} of {n} breach, "
                f"{m} are needed."
            )
        case "enough-breaching":
            return f"{_points(breaching, 'real point')} breach, {m} are needed: what is missing cannot change that."
        case "no-data":
            kept = f"it stays {previous}" if mode == "ignore" else "there is not enough data"
            return f"No point in the whole range, and {mode!r} fills none: {kept}."
        case "good-seen":
            return f"A real point is good ({seen}) and fewer than {m} breach."
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


def _points(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
