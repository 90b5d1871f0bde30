"""From single runs to the figures of a grade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean, median

from labs.exercise.goal import GoalResult
from labs.grade import ReleaseResult, Spread
from labs.lab import Lab
from labs.measures.one_run import Measured
from labs.measures.registry import (
    COST,
    DURATION,
    EXPOSED,
    EXTRA_INSTANCE_MINUTES,
    HARMED,
    MEASURES,
    MISSED_SHARE,
    TIME_TO_DETECT,
    TIME_TO_RECOVER,
    Number,
)

Results = Mapping[str, Sequence[Measured]]
PAR_WEIGHT = 0.2
"""The part of the score that depends on how a plan compares with the reference; the goals make up the rest."""
STOP_WEIGHT = 0.8
"""The part of the score that is lost where every run that the reference stops is let through."""

_PAR: tuple[Number[int] | Number[float] | Number[float | None], ...] = (HARMED, DURATION, COST)
_PAR_OF_SERVING: tuple[Number[float] | Number[float | None], ...] = (MISSED_SHARE, COST)
"""What counts as par where there is no update to be quick or harmless."""


def summary(results: Results, lab: Lab) -> Mapping[str, ReleaseResult]:
    """Return the figures of each release over all seeds."""
    shown = [each for name in lab.measured if isinstance(each := MEASURES[name], Number)] if lab.serves else []
    return {release: _summary(runs, shown) for release, runs in results.items()}


def _summary(runs: Sequence[Measured], shown: Sequence[Number[float | None]]) -> ReleaseResult:
    harmed = sorted(run[HARMED] for run in runs)
    return ReleaseResult(
        outcomes=dict(Counter(run.outcome for run in runs)),
        harmed=Spread(mean=fmean(harmed), p95=harmed[min(len(harmed) - 1, int(0.95 * len(harmed)))]),
        time_to_detect_s=_median(run[TIME_TO_DETECT] for run in runs if run[HARMED]),
        detected_in=sum(run[TIME_TO_DETECT] is not None for run in runs if run[HARMED]),
        time_to_recover_s=_median(run[TIME_TO_RECOVER] for run in runs if run[HARMED]),
        duration_s=median(run[DURATION] for run in runs),
        extra_instance_minutes=fmean(run[EXTRA_INSTANCE_MINUTES] for run in runs),
        cost_usd=_mean([run[COST] for run in runs]),
        harmed_by_seed=tuple(run[HARMED] for run in runs),
        exposed=fmean(run[EXPOSED] for run in runs),
        measured={number.name: _mean([run[number] for run in runs]) for number in shown},
    )


def _mean(values: Sequence[float | None]) -> float | None:
    """Return the mean; None if one of them is never."""
    return None if (total := _sum(values)) is None else total / len(values)


def _sum(values: Sequence[float | None]) -> float | None:
    """Return the sum; None if one of them is not known."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def score(goals: Sequence[GoalResult], yours: Results, reference: Results, lab: Lab) -> float:
    """Return 0 to 100: the share of goals met, within it up to a fifth for being as good as par, and four fifths of
    all that only for stopping what the reference stops.

    Par is the reference: requests harmed, minutes taken and dollars spent, over all releases. Beating it earns no more,
    and a plan whose bill nobody can make out is not as good as par in that. Where nothing is to be updated, par are the
    requests missed and the dollars, and there is nothing to stop.
    """
    met = sum(goal.passed for goal in goals) / len(goals)
    par = fmean(_ratio(yours, reference, of) for of in (_PAR_OF_SERVING if lab.serves else _PAR))
    pairs = [pair for release in reference for pair in zip(yours[release], reference[release], strict=True)]
    to_stop = [mine for mine, theirs in pairs if theirs.outcome != "promoted" and not lab.serves]
    stopped = fmean(mine.outcome != "promoted" for mine in to_stop) if to_stop else 1.0
    guarded = 1 - STOP_WEIGHT + STOP_WEIGHT * stopped
    return round(100 * met * (1 - PAR_WEIGHT + PAR_WEIGHT * par) * guarded, 1)


def _ratio(yours: Results, reference: Results, of: Number[float | None]) -> float:
    mine, par = (_sum([run[of] for runs in results.values() for run in runs]) for results in (yours, reference))
    if mine is None or par is None:
        return float(par is None)
    return min(1.0, (par + 1e-9) / (mine + 1e-9))
