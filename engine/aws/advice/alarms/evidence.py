"""Advice on what an alarm sees of the new fleet: both fleets, the old one only, neither, too few requests
(spec sagemaker 3, cloudwatch 4; labs 4, 5, 7)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from engine.aws.advice.alarms.alarms_of_updates import AlarmOfUpdate, alarms_of_updates
from engine.aws.advice.alarms.value_ranges import ERRORS, is_value
from engine.aws.finding import Path
from engine.aws.rules.outlook import Outlook
from engine.requests.sagemaker import EndpointConfig, UpdateEndpoint
from engine.traffic.workload import Trace, Workload

Advice = Iterator[tuple[Path, str]]
EXTREMES = ("Minimum", "Maximum")
"""Statistics that one sample alone decides, however many others there are."""


def diluted(outlook: Outlook) -> Advice:
    """Without EndpointConfigName a metric holds old and new fleet together (spec sagemaker 3)."""
    for each in alarms_of_updates(outlook):
        names = [dict(stat.dimensions).keys() for stat in each.alarm.stats]
        both = any("VariantName" in given and "EndpointConfigName" not in given for given in names)
        if both and each.schedule.strategy != "ALL_AT_ONCE":
            say = f"{each.name} sees both fleets together, and the old one can set it off too."
            yield each.place, f"{say} {_needed(each)} Add the dimension EndpointConfigName: {each.new}."


def _needed(each: AlarmOfUpdate) -> str:
    """Return how bad green must be until the alarm notices; for an error rate in numbers."""
    alarm, first = each.alarm, each.schedule.first_share
    share = f"Green has {first:.0%} of the traffic at first"
    if all(not is_value(stat.stat) or stat.stat in EXTREMES for stat in alarm.stats):
        return f"{share}, and counts in full beside the old one."
    rate = alarm.metric and alarm.metric.metric_name in ERRORS and alarm.metric.stat == "Average"
    if not rate or not alarm.comparison_operator.startswith("Greater"):
        return f"{share}, and its trouble is thinned out."
    if alarm.threshold >= first:
        return f"{share}: even if it failed every request, the average would be {first:.2g}."
    return f"{share}: an average of {alarm.threshold:g} takes {alarm.threshold / first:.1%} errors on green."


def old_fleet_only(outlook: Outlook) -> Advice:
    """With the old configuration's name an alarm watches the fleet that goes away (spec sagemaker 3)."""
    for each in alarms_of_updates(outlook):
        config = each.rollout.outlook.current_config
        old = config.endpoint_config_name if config else each.new
        if old != each.new and each.watches_only(old):
            say = f"{each.name} watches {old}, the fleet that is going away."
            yield each.place, f"{say} Set its dimension EndpointConfigName to {each.new}."


def no_fleet(outlook: Outlook) -> Advice:
    """Only the old fleet and the new one answer in an update: any other configuration, or a variant that neither of
    them has, publishes nothing in it (spec sagemaker 3). What another update of the plan moves to may be for that one.
    """
    moved_to = {update.endpoint_config_name for _, update in outlook.every(UpdateEndpoint)}
    for each in alarms_of_updates(outlook):
        before = each.rollout.outlook
        old, new, configs = before.current_config, before.configs.get(each.new), before.configs
        if old is None or new is None:
            continue
        for stat in each.alarm.stats:
            named = dict(stat.dimensions)
            config, variant = named.get("EndpointConfigName"), named.get("VariantName")
            if config in configs.keys() - moved_to - {old.endpoint_config_name}:
                say = (
                    f"{each.name} watches {config}, and this update goes from {old.endpoint_config_name} to {each.new}:"
                )
                remedy = f"Set its dimension EndpointConfigName to {each.new}."
            elif variant in _variants(*configs.values()) - _variants(old, new):
                say = f"{each.name} watches the variant {variant}, which neither {old.endpoint_config_name} nor"
                say = f"{say} {each.new} has:"
                remedy = f"Set its dimension VariantName to {' or '.join(sorted(_variants(new)))}."
            else:
                continue
            yield each.place, f"{say} it never gets any data. {remedy}"
            break


def _variants(*configs: EndpointConfig) -> set[str]:
    return {variant.variant_name for config in configs for variant in config.production_variants}


def missing_is_bad(outlook: Outlook) -> Advice:
    """The new configuration has no data before its fleet gets traffic (spec sagemaker 3)."""
    for each in alarms_of_updates(outlook):
        if each.alarm.treat_missing_data == "breaching" and each.watches_only(each.new):
            say = (
                f"{each.name} takes missing data for bad, and {each.new} has none before its first request,"
                " so the update would be rolled back at once. Set TreatMissingData to notBreaching."
            )
            yield each.place, say


def few_samples(outlook: Outlook) -> Advice:
    """A percentile wants ten samples in its thinner tail: 1000 for p99 (spec cloudwatch 4)."""
    from engine.statistics import low_sample_limit, parse_statistic

    for each in alarms_of_updates(outlook):
        for stat in each.alarm.stats:
            limit, count = low_sample_limit(parse_statistic(stat.stat)), _requests(each, stat.period)
            if limit and count < limit:
                say = f"In the first bake {each.name} sees about {count:.0f} requests in {stat.period} s,"
                effect = _effect(each, stat.stat, 10 * count / limit)
                yield each.place, f"{say} and {stat.stat} wants {limit:.0f}. {effect}"


def _effect(each: AlarmOfUpdate, stat: str, tail: float) -> str:
    """Return what too few samples mean; `tail` requests lie beyond the percentile."""
    if each.alarm.evaluate_low_sample_count_percentile == "ignore":
        return "It would not be evaluated there. Use a longer period, a larger canary, or a lower percentile."
    beyond = "less than one request" if tail < 1 else f"about {tail:.0f} request{'s' if tail >= 1.5 else ''}"
    return f"So {stat} rests on {beyond} a period. Use a longer period or a lower percentile."


def beyond_traffic(outlook: Outlook) -> Advice:
    """A count of errors cannot exceed the requests that come."""
    for each in alarms_of_updates(outlook):
        alarm, metric, world = each.alarm, each.alarm.metric, outlook.world
        if not world or not metric or metric.stat != "Sum" or metric.metric_name not in ERRORS:
            continue
        most = world.workload.peak_rate * metric.period
        if not alarm.breaches(0.0) and not alarm.breaches(most + 4 * math.sqrt(most)):
            say = f"{each.name} compares with {alarm.threshold:g} errors in {metric.period} s, and only about"
            yield each.place, f"{say} {most:.0f} requests come. Lower the threshold, or use Average."


def _requests(each: AlarmOfUpdate, period: int) -> float:
    """Return the requests that the alarm sees in a period of the first bake, on average.

    A period longer than the metric's delay is judged while its newest part is not visible yet.
    """
    world = each.rollout.outlook.world
    if world is None:
        return math.inf
    delay = world.timing.metric_delay_s
    seen = period - delay if period > delay else period
    share = each.schedule.first_share if each.watches_only(each.new) else 1.0
    return usual_rate(world.workload) * seen * share * _weight(each)


def _weight(each: AlarmOfUpdate) -> float:
    """Return the share of the endpoint's requests that the watched variant gets."""
    config = each.rollout.outlook.current_config
    watched = {value for stat in each.alarm.stats for name, value in stat.dimensions if name == "VariantName"}
    weights = {v.variant_name: v.initial_variant_weight for v in config.production_variants} if config else {}
    total = sum(weights.values())
    return sum(weights.get(name, 0.0) for name in watched) / total if total and watched <= weights.keys() else 1.0


def usual_rate(workload: Workload) -> float:
    """Return the requests per second that come on average, leaving its shape aside but for a trace."""
    if isinstance(workload.shape, Trace):
        return sum(workload.shape.per_minute) / len(workload.shape.per_minute) / 60
    return workload.rate


EVIDENCE_ADVICE = (diluted, old_fleet_only, no_fleet, missing_is_bad, few_samples, beyond_traffic)
