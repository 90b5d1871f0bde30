"""How many instances policies come to: targets, scaling in, steps, percentages and cooldowns, as AWS decides."""

from __future__ import annotations

import math

from engine.autoscaling.cooldowns import DEFAULT_S, Cooldowns
from engine.autoscaling.stepping import adjusted
from engine.autoscaling.tracking import wanted_in
from engine.autoscaling.tracking_alarms import LOW_SHARE, MINUTE_S
from engine.requests.autoscaling import AdjustmentType, StepAdjustment, StepScaling
from quiz.computed.computed import Figures


def target(rate: int, share: int) -> Figures | None:
    """Return the `target` of invocations per instance and minute, where one instance answers `rate` a second and is to
    be busy for `share` per cent of the time. The slips: `a_second`, the whole instance (`full`), and the share left out
    of what is kept free (`other`)."""
    full = rate * MINUTE_S
    if full * share % 100:
        return None
    return {
        "target": full * share // 100,
        "a_second": f"{rate * share / 100:g}",
        "full": full,
        "other": round(full * (100 - share) / 100),
        "free": 100 - share,
    }


def scaled_in(current: int, metric: int, target: int) -> Figures | None:
    """Return the fewest instances (`left`) that a policy may leave which tracks `target`, where `current` instances
    show `metric`; the slips round `down`, remove one (`one_less`), or count what goes (`gone`). `exact` is the
    quotient. None where AlarmLow would not fire, or where rounding decides nothing."""
    left, exact = wanted_in(current, metric, target), current * metric / target
    if metric >= LOW_SHARE * target or not 1 < exact < left < current - 1:
        return None
    return {
        "left": left,
        "exact": f"{exact:.2f}",
        "down": left - 1,
        "one_less": current - 1,
        "gone": current - left,
        "each": f"{current * metric / (left - 1):.0f}",
        "calls": current * metric,
    }


def step(current: int, threshold: int, width: int, above: int, low: int, middle: int, high: int) -> Figures | None:
    """Return the capacity (`wanted`) that three steps come to, `width` wide from the alarm's `threshold` on, which add
    `low`, `middle` and `high`; the `metric` lies `above` the threshold. The slips: bounds taken as values of the metric
    (`as_values`), all steps up to there added (`summed`), and the adjustment as the capacity (`exact`)."""
    if not width <= above < 2 * width <= threshold or not 0 < low < middle < high:
        return None
    policy = _policy(
        "ChangeInCapacity",
        StepAdjustment(metric_interval_lower_bound=0, metric_interval_upper_bound=width, scaling_adjustment=low),
        StepAdjustment(
            metric_interval_lower_bound=width, metric_interval_upper_bound=2 * width, scaling_adjustment=middle
        ),
        StepAdjustment(metric_interval_lower_bound=2 * width, scaling_adjustment=high),
    )
    return {
        "metric": threshold + above,
        "wide": 2 * width,
        "wanted": adjusted(policy, above, current),
        "as_values": adjusted(policy, threshold + above, current),
        "summed": current + low + middle,
        "exact": middle,
    }


def percent(current: int, change: int) -> Figures | None:
    """Return the capacity (`wanted`) after a change by `change` per cent, in whole instances; the slips round the
    change away from zero (`away`), change one instance (`one`), or add the percentage as a number of instances. `part`
    is the exact change. None where it is whole, or smaller than two."""
    part = current * change / 100
    wanted = adjusted(_policy("PercentChangeInCapacity", StepAdjustment(scaling_adjustment=change)), 0, current)
    if part == int(part) or abs(part) < 2:
        return None
    sign = 1 if change > 0 else -1
    return {
        "wanted": wanted,
        "part": f"{part:+.2f}",
        "whole": f"{int(part):+d}",
        "away": current + sign * math.ceil(abs(part)),
        "one": current + sign,
        "signed": f"{change:+d}",
    }


def cooldown(before: int, added: int, asked: int) -> Figures | None:
    """Return the capacity (`wanted`) where a policy has added `added` instances to `before`, and asks for `asked` while
    the scale-out cooldown runs. The slips: nothing until it is over (`current`), all of them on top (`on_top`), and the
    first step again (`again`); `more` are added. None where it asks for no more than it has added."""
    if asked <= added:
        return None
    current, done_s = before + added, 100
    cooldowns = Cooldowns().after(before, current, began=0, now=done_s, cooldown_s=DEFAULT_S)
    base = cooldowns.base(current, done_s + DEFAULT_S / 2)
    wanted = adjusted(_policy("ChangeInCapacity", StepAdjustment(scaling_adjustment=asked)), 0, base)
    return {
        "current": current,
        "wanted": wanted,
        "more": wanted - current,
        "on_top": current + asked,
        "again": current + added,
    }


def _policy(kind: AdjustmentType, *steps: StepAdjustment) -> StepScaling:
    return StepScaling(adjustment_type=kind, step_adjustments=steps)
