"""Who works figures out, by the name that a question file uses.

A family is a pure function. Its parameters are what a file lets vary, and it returns figures by name; what it is given
are figures too. None says that these values make no good question, and the next ones are tried. Its docstring says
what each figure is, the wrong ones of typical slips among them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from quiz.computed import (
    alarms,
    batch,
    chances,
    costs,
    deciders,
    evidence,
    experiments,
    fleets,
    gaps,
    moments,
    requests,
    returning,
    scaling,
    serving,
    shadows,
    sizes,
)
from quiz.computed.computed import Figures

Family = Callable[..., Figures | None]

FAMILIES: Mapping[str, Family] = MappingProxyType(
    {
        "canary": fleets.canary,
        "linear": fleets.linear,
        "rolling": fleets.rolling,
        "second-fleet": fleets.second_fleet,
        "at-minute": moments.at_minute,
        "lasts": moments.lasts,
        "second-fleet-billed": moments.second_fleet_billed,
        "phase": moments.phase,
        "first-shares": sizes.first_shares,
        "sizes": sizes.sizes,
        "smallest-fleet": sizes.smallest_fleet,
        "alarms-on-row": alarms.on_row,
        "row-with-gaps": alarms.with_gaps,
        "alarms-in-order": alarms.in_order,
        "least-time": alarms.least_time,
        "bakes": alarms.bakes,
        "slow-tail": alarms.slow_tail,
        "harm": chances.harm,
        "dilution": chances.dilution,
        "any-wrong": chances.any_wrong,
        "empty": chances.empty,
        "one-worker": chances.one_worker,
        "tracking": chances.tracking,
        "weight": chances.weight,
        "leak": chances.leak,
        "samples": chances.samples,
        "scaling-target": scaling.target,
        "scaled-in": scaling.scaled_in,
        "scaling-step": scaling.step,
        "scaling-percent": scaling.percent,
        "scaling-cooldown": scaling.cooldown,
        "throttled": serving.throttled,
        "lane": serving.lane,
        "million": serving.million,
        "crossing": serving.crossing,
        "batch": serving.batch,
        "cheapest-update": costs.cheapest_update,
        "linear-bill": costs.linear_bill,
        "attempts": costs.attempts,
        "idle-month": costs.idle_month,
        "transform-hours": batch.transform_hours,
        "transform-bill": batch.transform_bill,
        "product-limit": batch.product_limit,
        "shadow-copies": shadows.copies,
        "shadow-load": shadows.load,
        "describe-at": fleets.describe_at,
        "of-five": gaps.of_five,
        "to-alarm": gaps.to_alarm,
        "silence": gaps.silence,
        "empties": gaps.empties,
        "least-period": gaps.least_period,
        "variant-samples": evidence.variant_samples,
        "weight-for-share": evidence.weight_for_share,
        "forgotten": evidence.forgotten,
        "chance-seen": evidence.chance_seen,
        "final-bake": evidence.final_bake,
        "leaks-in-order": evidence.leaks_in_order,
        "fires-on-minute": evidence.fires_on_minute,
        "repair-share": evidence.repair_share,
        "fooled": experiments.fooled,
        "per-arm": experiments.per_arm,
        "test-days": experiments.days,
        "splits": experiments.splits,
        "way-back": returning.way_back,
        "says-at": returning.says_at,
        "status-messages": returning.messages,
        "where-it-fails": requests.where,
        "in-range": requests.in_range,
        "some-fail": requests.some,
        "one-of-each": requests.one_of_each,
        "left-out": requests.left_out,
        "messages": requests.messages,
        "aborts-at": deciders.aborts_at,
        "four-verdicts": deciders.four_verdicts,
    }
)
