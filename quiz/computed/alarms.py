"""What alarms make of points, as the simulated CloudWatch decides it."""

from __future__ import annotations

from random import Random

from engine.cloudwatch.decision import Rule, decide
from engine.requests.cloudwatch import AlarmState, TreatMissingData
from quiz.computed.computed import Figures

_SETTINGS = tuple((m, n) for n in range(1, 7) for m in range(1, n + 1))
"""DatapointsToAlarm of EvaluationPeriods, as long as the rows of `on_row`."""
_STATES: tuple[AlarmState, ...] = ("ALARM", "OK", "INSUFFICIENT_DATA")
_TREATMENTS: tuple[TreatMissingData, ...] = ("missing", "ignore", "breaching", "notBreaching")


def on_row(row: int, firing: int) -> Figures | None:
    """Return six points, oldest first, and five alarms on them, of which `firing` are in ALARM.

    `points` holds `X` for a breach and `0` for a good point. Of the alarms `fires_1`, `fires_2` and so on are in ALARM
    and `calm_1` and so on are not, each as "2 of 3"; `fires_1_says` counts the breaches among its points. None where
    not enough alarms fire, or stay calm.
    """
    points = [bool(row >> place & 1) for place in range(6)]
    chance = Random(row)  # which alarms there are belongs to the row, so that equal seeds are equal questions
    fires: list[tuple[int, int]] = []
    calm: list[tuple[int, int]] = []
    for m, n in chance.sample(_SETTINGS, len(_SETTINGS)):
        decision = decide(
            points[-n:],
            evaluation_periods=n,
            datapoints_to_alarm=m,
            treat_missing_data="missing",
            previous="OK",
        )
        (fires if decision.state == "ALARM" else calm).append((m, n))
    if len(fires) < firing or len(calm) < 5 - firing:
        return None
    figures = {"points": " ".join("X" if each else "0" for each in points)}
    chosen = {f"fires_{k}": each for k, each in enumerate(fires[:firing], 1)}
    chosen |= {f"calm_{k}": each for k, each in enumerate(calm[: 5 - firing], 1)}
    for name, (m, n) in chosen.items():
        bad = sum(points[-n:])
        newest = "Its newest point" if n == 1 else f"Of its newest {n} points"
        counted = ("is bad" if bad else "is good") if n == 1 else f"{bad or 'none'} {_are(bad)} bad"
        figures |= {name: f"{m} of {n}", f"{name}_says": f"{newest} {counted}, and it takes {m}."}
    return figures


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def with_gaps(row: int, periods: int, datapoints: int, treatment: str) -> Figures | None:
    """Return a row of as many points as there are periods, with gaps (`-`) among them, and the `state` that an alarm
    which was OK goes to.

    `other_1` and `other_2` are the states that it is not in; `real`, `bad` and `gaps` count points. `because` says
    which rule decides. None where there is no gap, or where AWS's documents leave the state open.
    """
    treat = next(each for each in _TREATMENTS if each == treatment)
    digits = [row // 3**place % 3 for place in range(periods)]
    if datapoints > periods or 2 not in digits or row >= 3**periods:
        return None
    points = [None if digit == 2 else digit == 1 for digit in digits]
    decision = decide(
        points,
        evaluation_periods=periods,
        datapoints_to_alarm=datapoints,
        treat_missing_data=treat,
        previous="OK",
    )
    if decision.rule in ("too-recent", "premature"):
        return None
    real, bad = [each for each in points if each is not None], sum(each is True for each in points)
    others = [state for state in _STATES if state != decision.state]
    return {
        "points": " ".join("-" if each is None else "X" if each else "0" for each in points),
        "state": decision.state,
        "other_1": others[0],
        "other_2": others[1],
        "real": len(real),
        "bad": bad,
        "gaps": periods - len(real),
        "because": _because(decision.rule, treat, bad, periods - len(real), f"it takes {datapoints}"),
    }


def _because(rule: Rule, treat: TreatMissingData, bad: int, gaps: int, takes: str) -> str:
    """Say which rule decides, with its numbers."""
    match rule:
        case "filled" if treat == "breaching":
            return f"Each gap counts as bad: gaps included, {bad + gaps} {_are(bad + gaps)} bad, and {takes}."
        case "filled":
            return f"Each gap counts as good: {bad or 'none'} {_are(bad)} bad, and {takes}."
        case "enough-breaching":
            return f"{bad} of the real points {_are(bad)} bad, and {takes}, so nothing in the gaps could change it."
        case "no-data" if treat == "ignore":
            return "There is no real point at all, and with ignore the state stays as it was."
        case "no-data":
            return "There is no real point at all, and nothing is made up."
        case _:
            return f"Of the real points {bad or 'none'} {_are(bad)} bad, and {takes}; one of them is good."


def in_order(first: int) -> Figures | None:
    """Return four alarms, `alarm_1` to `alarm_4`, that fire one after the other on a fault that breaks every period
    from the start, each with the `minutes_1` to `minutes_4` of bad periods that it takes."""
    chance = Random(first)
    kinds = [(m, n, period) for period in (60, 120, 300) for n in range(1, 6) for m in range(1, n + 1)]
    chosen: dict[int, tuple[int, int, int]] = {}
    for m, n, period in chance.sample(kinds, len(kinds)):
        chosen.setdefault(_first_alarm(m, n) * period // 60, (m, n, period))
    figures: dict[str, float | str] = {}
    for place, minutes in enumerate(sorted(chance.sample(sorted(chosen), 4)), 1):
        m, n, period = chosen[minutes]
        figures |= {f"alarm_{place}": f"{m} of {n} periods of {period} s", f"minutes_{place}": minutes}
        figures |= {f"needs_{place}": f"{m} x {period} s"}
    return figures


def least_time(period: int, datapoints: int, periods: int) -> Figures | None:
    """Return the least `minutes` of bad periods until an alarm fires, and the slips: the whole `window` that it looks
    at, one period `later` and one `early`."""
    if datapoints >= periods or period % 60:
        return None
    minutes, one = _first_alarm(datapoints, periods) * period // 60, period // 60
    return {"minutes": minutes, "window": periods * one, "later": minutes + one, "early": minutes - one}


def _first_alarm(m: int, n: int) -> int:
    """Return how many bad periods it takes after good ones, as the alarm decides it."""
    rows = ((k, [False] * (n - k) + [True] * k) for k in range(1, n + 1))
    return next(
        k
        for k, points in rows
        if decide(
            points,
            evaluation_periods=n,
            datapoints_to_alarm=m,
            treat_missing_data="missing",
            previous="OK",
        ).state
        == "ALARM"
    )


def bakes(period: int, datapoints: int, delay: int) -> Figures | None:
    """Return how long an alarm may take: `worst` seconds, and four bakes of which one alone is long enough.

    The fault starts just after a period has begun, that period is lost, `datapoints` bad ones follow, their numbers are
    `delay` seconds late, and the alarm looks once a minute. `enough` is the shortest bake in whole minutes that holds
    this, `short_1` to `short_3` leave something out.
    """
    parts = {"lost": period, "bad": period * datapoints, "delay": delay, "look": 60}
    worst = sum(parts.values())
    short = [-(-sum(parts[name] for name in names) // 60) for names in (("bad",), ("bad", "delay"), ("lost", "bad"))]
    enough = -(-worst // 60)
    if len({enough, *short}) < 4:
        return None
    return {
        "worst": worst,
        "enough": enough,
        "short_1": short[0],
        "short_2": short[1],
        "short_3": short[2],
        "bad": parts["bad"],
        "bad_late": parts["bad"] + delay,
        "lost_bad": period + parts["bad"],
    }


def slow_tail(fast: int, slow: int, share: float, threshold: float) -> Figures | None:
    """Return which statistic sees a slow tail: of 1,000 requests `share` per cent take `slow` ms, the others `fast`.

    `sees` is the only one of Average, p50, p90 and p99 above the threshold, `blind_1` to `blind_3` are the others, each
    with its value in ms (`sees_ms` and so on). None where it is not one alone.
    """
    import numpy as np  # not needed by any other question

    from engine.statistics import parse_statistic

    count = round(10 * share)
    values = np.sort(np.array([float(fast)] * (1000 - count) + [float(slow)] * count))
    found = {name: float(parse_statistic(name).of(values)) for name in ("Average", "p50", "p90", "p99")}
    above = [name for name, value in found.items() if value > threshold]
    if len(above) != 1:
        return None
    blind = [name for name in found if name not in above]
    names = {"sees": above[0]} | {f"blind_{k}": name for k, name in enumerate(blind, 1)}
    return {**names, **{f"{key}_ms": round(found[name], 1) for key, name in names.items()}, "count": count}
