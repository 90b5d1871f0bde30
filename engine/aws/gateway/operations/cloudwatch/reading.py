"""Metrics as they may be read now: which periods there are, and what has gone by since.

Periods begin where the question begins, rounded down to the minute, or to a whole period of less than a minute. Points
of periods below a minute are kept for three hours (spec cloudwatch 5). That AWS rounds older starts to five minutes and
to the hour is left out, as is what it rolls up after fifteen days.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.aws.gateway.account import Account
from engine.aws.gateway.errors import ServiceError
from engine.live import KEPT_S
from engine.metrics.joined import JoinedMetrics
from engine.requests.arns import ACCOUNT
from engine.requests.cloudwatch import Datapoint, MetricStat
from engine.requests.refusal import NOT_SIMULATED
from engine.statistics import parse_statistic

SHORT = (1, 5, 10, 20, 30)
"""Periods below a minute, in seconds."""
LONGEST_S = 604_800
SHORT_KEPT_S = 3 * 3600.0
AHEAD_S = 2 * 3600.0
"""Data may be put that far ahead of now."""
NOT_KEPT = (
    f"The single values behind percentiles and trimmed statistics are kept for {KEPT_S / 3600:g} hours here: of older"
    " periods they cannot be worked out. Put an alarm on what you want to watch, or read it in time."
)


def insist_on_own_account(account_id: str) -> None:
    """Refuse to read metrics of another account, which AWS lets monitoring accounts do."""
    if account_id != ACCOUNT:
        say = f"Metrics of other accounts are not simulated by mlcourse: leave {account_id} out, this one is {ACCOUNT}."
        raise ServiceError(NOT_SIMULATED, say)


def is_period(seconds: int) -> bool:
    """Can metrics be read over such periods?"""
    return seconds in SHORT or (0 < seconds <= LONGEST_S and seconds % 60 == 0)


def starts(account: Account, begin: float, end: float, period: int) -> list[float]:
    """Return where the periods begin that may hold data, of all from `begin` up to `end`."""
    grid = period if period < 60 else 60
    first, live = begin // grid * grid, account.live
    oldest = min(0.0, live.custom.begins) - period
    if period < 60:
        oldest = max(oldest, live.now - SHORT_KEPT_S)
    skipped = max(0, int((oldest - first) // period))
    newest = min(end, live.now + AHEAD_S)
    count = max(0, -int(-(newest - first) // period))
    return [first + place * period for place in range(skipped, count)]


class AsKept:
    """The metrics of a live run as they can be read: without what is too new, and what can no longer be worked out."""

    def __init__(self, metrics: JoinedMetrics) -> None:
        self._metrics = metrics
        self.left_out = False
        """Was something asked for that can no longer be worked out?"""

    def datapoints(self, query: MetricStat, starts: Sequence[float], now: float) -> list[Datapoint | None]:
        """Return the points; None also for what is gone, or too new."""
        source = self._metrics.store_of(query) if self._metrics.custom.is_new(query, now) else self._metrics
        if not (parse_statistic(query.stat).needs_values and self._metrics.is_of_endpoint(query)):
            return source.datapoints(query, starts, now)
        since = now // 60 * 60 - KEPT_S
        gone = sum(start < since for start in starts)
        self.left_out |= any(0 <= start < since for start in starts)
        return [None] * gone + source.datapoints(query, starts[gone:], now)
