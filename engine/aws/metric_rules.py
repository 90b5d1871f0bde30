"""What holds for one metric with its period and statistic, in a plain alarm and in metric math alike."""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.translation.fields import Raw

DAY_S, WEEK_S, HOUR_S = 86_400, 604_800, 3600
SHORT_PERIODS_S = (10, 20, 30)
"""Periods below a minute, for metrics stored with high resolution (spec cloudwatch 3)."""


def wrong_period(metric: Raw, alarm: Raw) -> Iterator[str]:
    """Yield what is wrong with a metric's period, alone or with the alarm's periods (spec cloudwatch 3)."""
    period = metric["Period"]
    if period not in SHORT_PERIODS_S and period % 60:
        right = max(60, round(period / 60) * 60)
        yield f"Period must be 10, 20, 30 or a multiple of 60, not {period}. Write {right}."
        return
    n = alarm.get("EvaluationPeriods", 1)
    most = DAY_S if period < HOUR_S else WEEK_S
    if period > most:
        yield f"{period} s is too long. Write at most {most}."
    elif period * n > most:
        say = f"{n} periods of {period} s are {period * n} s. With such a period they may reach back {most} s"
        yield f"{say}: write at most {most // period} periods, or shorter ones."


def is_statistic(text: str) -> bool:
    """Does CloudWatch compute a statistic of this name (spec cloudwatch 4)?"""
    from engine.cloudwatch.statistics import parse_statistic

    try:
        parse_statistic(text)
    except ValueError:
        return False
    return True
