"""Rates, shares and chances: how many are harmed, what is diluted, how often something is empty or wrong."""

from __future__ import annotations

import math

from engine.autoscaling.tracking import wanted_out
from engine.catalogue.money import utilisation
from quiz.computed.computed import Figures


def harm(rate: int, share: float, errors: float, minutes: float) -> Figures | None:
    """Return how many requests go wrong (`harmed`): `rate` a second, `share` per cent of them on the new fleet,
    `errors` per cent of those failing, for some minutes. The slips leave one of these out: `all_traffic`, `all_fail`
    and `one_second`; `reached` counts requests on the new fleet. None where it is no whole number."""
    reached = rate * 60 * minutes * share / 100
    harmed = reached * errors / 100
    if not (math.isclose(harmed, round(harmed)) and math.isclose(reached, round(reached))) or harmed < 10:
        return None
    return {
        "harmed": round(harmed),
        "all_traffic": round(100 * harmed / share),
        "all_fail": round(reached),
        "one_second": f"{harmed / (60 * minutes):.4g}",
        "reached": round(reached),
        "total": round(rate * 60 * minutes),
    }


def dilution(share: int, new: float, old: float) -> Figures | None:
    """Return the error rate of a whole endpoint (`mixed`, per cent) where the new fleet has `share` per cent of the
    traffic and fails `new` per cent, the old one `old`. The slips: the new part alone (`new_part`), the `average` of
    both rates and the `sum`."""
    new_part, old_part = share * new / 100, (100 - share) * old / 100
    return {
        "mixed": round(new_part + old_part, 2),
        "new_part": round(new_part, 2),
        "old_part": round(old_part, 2),
        "rest": 100 - share,
        "average": round((new + old) / 2, 2),
        "sum": round(new + old, 2),
    }


def any_wrong(alarms: int, chance: float) -> Figures | None:
    """Return how many per cent of updates meet a false alarm (`any`), if each of some alarms is wrong in `chance` per
    cent of them, independently: 1 - (1 - p)^n. `none` is the rest, `all` the sum of the chances, a slip."""
    none = 100 * (1 - chance / 100) ** alarms
    return {"any": round(100 - none, 1), "none": round(none, 1), "calm": round(100 - chance, 1), "sum": alarms * chance}


def empty(rate: int, instances: int, canary: int, period: int) -> Figures | None:
    """Return how many of 100 periods have no request on a canary (`empties`), if `rate` a minute come independently to
    all instances: e^-m, with `mean` requests in a period. `all_traffic` forgets the share, `full` are the others."""
    mean = rate * canary / instances * period / 60
    empties = 100 * math.exp(-mean)
    if 2 * canary > instances or not math.isclose(mean, round(mean, 1)) or not 0.5 <= mean <= 4:
        return None
    return {
        "mean": round(mean, 1),
        "empties": round(empties, 1),
        "full": round(100 - empties, 1),
        "all_traffic": round(100 * math.exp(-rate * period / 60), 1),
    }


def one_worker(rate: int, work: int) -> Figures | None:
    """Return the mean answer of one worker (`answer`, ms) with Poisson requests and exponential work of `work` ms on
    average: work / (1 - busy). `busy` is in per cent; the slips leave the queue out or divide by what is busy."""
    busy = utilisation(rate, 1000 / work)
    if not 0.4 <= busy < 0.96:
        return None
    return {
        "busy": round(100 * busy, 1),
        "idle": round(100 * (1 - busy), 1),
        "answer": round(work / (1 - busy)),
        "by_busy": round(work / busy),
        "added": round(work * (1 + busy)),
    }


def tracking(current: int, metric: int, target: int) -> Figures | None:
    """Return the `wanted` instances of a policy that tracks `target`, where `current` instances show `metric`; the
    slips round down, add one, or count only what is missing. `exact` is the quotient. None where nothing is missing."""
    wanted = wanted_out(current, metric, target)
    exact = current * metric / target
    if wanted <= current + 1 or exact == wanted:
        return None
    return {
        "wanted": wanted,
        "down": int(exact),
        "one_more": current + 1,
        "missing": wanted - current,
        "exact": f"{exact:.2f}",
    }


def weight(first: int, second: int, third: int) -> Figures | None:
    """Return the `share` in per cent of the first of three variants by their weights; `by_count` forgets the weights,
    `beside` compares it with the others together, and `sum` is that of all."""
    total = first + second + third
    return {
        "sum": total,
        "share": round(100 * first / total, 1),
        "by_count": "33.3",
        "beside": round(100 * first / (second + third), 1),
        "others": round(100 - 100 * first / total, 1),
    }


def leak(rate: int, instances: int, limit: int) -> Figures | None:
    """Return after how many `minutes` a leak shows, if an instance fails after `limit` requests and `rate` a second are
    spread over all; `each` is the requests a second of one. The slips: `as_one`, `as_all`, and `seconds`."""
    seconds = limit * instances / rate
    if seconds % 60 or rate % instances:
        return None
    return {
        "each": rate // instances,
        "minutes": round(seconds / 60),
        "seconds": round(seconds),
        "as_one": f"{limit / rate / 60:.3g}",
        "as_all": round(instances * seconds / 60),
    }


def samples(percentile: float, rate: int) -> Figures | None:
    """Return the `samples` that CloudWatch wants for a percentile, and the `minutes` until `rate` a minute have brought
    them; `of_hundred` and `fewer` are slips."""
    from engine.statistics import low_sample_limit, parse_statistic  # numpy, which no other question needs

    limit = low_sample_limit(parse_statistic(f"p{percentile:g}"))
    if limit is None or round(limit) % rate:
        return None
    least = round(limit)
    return {"samples": least, "minutes": least // rate, "tenth": f"{least / rate / 10:g}", "times": least * rate}
