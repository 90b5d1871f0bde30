"""What alarms make of silence: three periods wanted, five looked at, the one range that CloudWatch publishes.

Rows are written oldest first: `X` is a breach, `0` a good point, `-` a missing one. Every alarm was OK, unless said.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

from engine.cloudwatch.decision import Decision, decide
from engine.requests.cloudwatch import AlarmState, TreatMissingData
from quiz.computed.computed import Figures

_PERIODS, _RANGE = 3, 5
_STATES: tuple[AlarmState, ...] = ("ALARM", "OK", "INSUFFICIENT_DATA")
_TREATMENTS: tuple[TreatMissingData, ...] = ("missing", "ignore", "breaching", "notBreaching")
Row = tuple[bool | None, ...]


def of_five(row: int, datapoints: int, treatment: str) -> Figures | None:
    """Return a row of five points with a gap among the newest three, and the `state` that an alarm on 3 periods goes
    to.

    `other_1` and `other_2` are the states that it is not in, `real`, `bad` and `filled` count points, and `because`
    says which rule decides. None where AWS says no more than "not ALARM".
    """
    points, treat = _row(row), _treatment(treatment)
    decision = _decision(points, datapoints, treat)
    if None not in points[-_PERIODS:] or decision.rule == "too-recent":
        return None
    others = [state for state in _STATES if state != decision.state]
    real = [each for each in points if each is not None]
    return {
        "points": _written(points),
        "state": decision.state,
        "other_1": others[0],
        "other_2": others[1],
        "real": len(real),
        "bad": sum(real),
        "filled": decision.filled,
        "because": _because(decision, points, datapoints, treat),
    }


def to_alarm(draw: int, datapoints: int, treatment: str) -> Figures | None:
    """Return five rows of five points, of which `fires_1` and `fires_2` bring an alarm on 3 periods to ALARM and
    `calm_1` to `calm_3` do not, each with its reason (`fires_1_says` and so on)."""
    treat, chance = _treatment(treatment), Random(draw)
    found: dict[str, list[tuple[str, str]]] = {"fires": [], "calm": []}
    for number in chance.sample(range(3**_RANGE), 3**_RANGE):
        points = _row(number)
        if points.count(None) < 2 or None not in points[-_PERIODS:] or not any(points):
            continue
        decision = _decision(points, datapoints, treat)
        which = found["fires" if decision.state == "ALARM" else "calm"]
        which.append((_written(points), _because(decision, points, datapoints, treat)))
    if len(found["fires"]) < 2 or len(found["calm"]) < 3:
        return None
    chosen = [("fires", found["fires"][:2]), ("calm", found["calm"][:3])]
    figures = {f"{name}_{k}": text for name, rows in chosen for k, (text, _) in enumerate(rows, 1)}
    return figures | {f"{name}_{k}_says": why for name, rows in chosen for k, (_, why) in enumerate(rows, 1)}


def silence(period: int, datapoints: int, treatment: str) -> Figures:
    """Return what becomes of an alarm on 3 periods, in ALARM with bad points alone, when nothing comes any more.

    `right` says after how many minutes of silence it leaves ALARM, or that it stays; `wrong_1` to `wrong_3` are the
    other answers. `because` tells the rule, and `then` the state that it is in afterwards.
    """
    treat, state, left = _treatment(treatment), "ALARM", 0
    for silent in range(1, _RANGE + 3):
        points = (True,) * max(_RANGE - silent, 0) + (None,) * min(silent, _RANGE)
        state = _decision(points, datapoints, treat, previous="ALARM").state
        if state != "ALARM":
            left = silent
            break
    answers = {0: "It stays in ALARM", **{k: f"After {k * period // 60} minutes" for k in (3, 4, 5)}}
    wrong = [text for k, text in answers.items() if k != left]
    return {
        "right": answers[left],
        **{f"wrong_{k}": text for k, text in enumerate(wrong, 1)},
        "then": state,
        "because": _why_it_leaves(treat, datapoints),
    }


def empties(draw: int) -> Figures:
    """Return three canaries, `canary_1` to `canary_3`, with different shares of empty periods, `empty_1` to `empty_3`
    in per cent, and the requests in a period, `mean_1` to `mean_3`; `decoy` is a share that none of them has."""
    chance, found = Random(draw), dict[str, tuple[str, float]]()
    while len(found) < 3:
        rate, period = chance.choice((0.5, 1, 1.5, 2, 3, 4)), chance.choice((60, 120, 180, 300))
        mean = rate * period / 60
        if 0.5 <= mean <= 6:
            found.setdefault(_percent(mean), (f"{rate:g} requests a minute, Period {period}", mean))
    spare = next(text for text in map(_percent, (0.25, 0.75, 2.5, 7)) if text not in found)
    figures: dict[str, float | str] = {"decoy": spare}
    for k, (text, (canary, mean)) in enumerate(found.items(), 1):
        figures |= {f"canary_{k}": canary, f"empty_{k}": text, f"mean_{k}": f"{mean:g}"}
    return figures


def least_period(rate: float, most: float) -> Figures | None:
    """Return the shortest of four Periods (`right`, seconds) in which at most `most` per cent stay empty, where `rate`
    requests a minute come independently; `wrong_1` to `wrong_3` are the others, each with its share (`right_empty` and
    so on, per cent), and `needs` is how many requests a period must bring on average."""
    offered = (60, 120, 300, 600)
    shares = {period: 100 * math.exp(-rate * period / 60) for period in offered}
    fit = [period for period, share in shares.items() if share <= most]
    if len(fit) in (0, len(offered)) or any(0.8 < share / most < 1.25 for share in shares.values()):
        return None
    names = {"right": fit[0]} | {f"wrong_{k}": each for k, each in enumerate((p for p in offered if p != fit[0]), 1)}
    said = {f"{name}_empty": _share(shares[period]) for name, period in names.items()}
    return {
        **{name: f"{period} seconds" for name, period in names.items()},
        **said,
        "needs": f"{math.log(100 / most):.1f}",
    }


def _share(percent: float) -> str:
    return f"{percent:.2g}" if percent >= 0.01 else "less than 0.01"


def _percent(mean: float) -> str:
    return f"{100 * math.exp(-mean):.2g} %"


def _row(number: int) -> Row:
    digits = (number // 3**place % 3 for place in range(_RANGE))
    return tuple(None if digit == 2 else digit == 1 for digit in digits)


def _written(points: Sequence[bool | None]) -> str:
    return " ".join("-" if each is None else "X" if each else "0" for each in points)


def _treatment(name: str) -> TreatMissingData:
    return next(each for each in _TREATMENTS if each == name)


def _decision(points: Row, datapoints: int, treat: TreatMissingData, previous: AlarmState = "OK") -> Decision:
    return decide(
        points,
        evaluation_periods=_PERIODS,
        datapoints_to_alarm=datapoints,
        treat_missing_data=treat,
        previous=previous,
    )


def _because(decision: Decision, points: Row, datapoints: int, treat: TreatMissingData) -> str:
    """Say which rule decides a row, with its numbers."""
    bad = sum(bool(points[place]) for place in decision.decided_by)
    takes = f"it takes {datapoints}"
    match decision.rule:
        case "enough-data":
            return f"There are enough real points, so the newest three decide: {bad or 'none'} bad, and {takes}."
        case "filled":
            kind, bad_ones = ("bad", bad + decision.filled) if treat == "breaching" else ("good", bad)
            return f"What is lacking is filled as {kind}: {bad_ones or 'none'} of three bad, and {takes}."
        case "enough-breaching":
            return f"{bad} of the real points {'is' if bad == 1 else 'are'} bad, and {takes}. No gap can change that."
        case "no-data" if treat == "ignore":
            return "There is no real point at all, and with ignore the state stays as it was."
        case "no-data":
            return "There is no real point at all, and nothing is made up."
        case "premature" if treat == "ignore":
            return "The oldest bad point could decide by its age, but with ignore the state stays as it was."
        case "premature":
            age = f"{datapoints} period{'s' * (datapoints > 1)}"
            return f"The oldest bad point is at least {age} old, and only bad ones and gaps came after it."
        case "too-recent":
            return "The bad point is so young that a good one may still come, so it is not ALARM yet."
        case _:
            return f"Of the real points {bad or 'none'} {'is' if bad == 1 else 'are'} bad, and {takes}; one is good."


def _why_it_leaves(treat: TreatMissingData, datapoints: int) -> str:
    match treat:
        case "ignore":
            return "With ignore nothing changes while nothing comes."
        case "breaching":
            return "With breaching each gap is one more bad point."
        case "missing":
            return "With missing the old bad points decide as long as one of them is within the five periods."
        case "notBreaching":
            return f"Gaps count as good, and the old bad points hold it until fewer than {datapoints} are in range."
