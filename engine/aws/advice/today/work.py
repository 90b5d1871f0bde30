"""How long today's endpoint may be simulated within a check: the work is bounded, however much happens in a second.

Work is counted in requests that a random instance answers: half a microsecond each, or less. The other numbers were
measured beside it and rounded up.
"""

from __future__ import annotations

from collections.abc import Collection

from engine.aws.rules.outlook import Outlook
from engine.cloudwatch.evaluation import evaluation_interval
from engine.requests.cloudwatch import MetricAlarm
from engine.requests.sagemaker import ProductionVariant
from engine.serving.faults import ColdStart
from engine.statistics import parse_statistic
from engine.world import World

MOST = 500_000
"""A fifth of a second at most. Most worlds need a twentieth of it; with more than a thousand requests in a second the
time is too short for any alarm."""
A_SECOND = 5
"""Of a variant without requests, and of a composite alarm."""
IN_LINE = 20
"""A request that takes its place in a line, one after the other."""
COMPARED = 0.4
"""An instance whose requests are counted to find the one with the fewest."""
A_POINT = 20
"""Reading a minute of a metric."""
A_SAMPLE = 0.25
"""A value that a percentile sorts."""
MINUTE_S = 60


def affordable_s(alarms: Collection[MetricAlarm], composites: int, outlook: Outlook, world: World) -> float:
    """Return the seconds of today's endpoint that these alarms may be followed."""
    config, rate = outlook.current_config, world.workload.peak_rate
    variants = config.production_variants if config else ()
    request = max((_request(variant, outlook, world) for variant in variants), default=0.0)
    reading = sum(_reading(alarm, rate, world.timing.evaluation_range_extra) for alarm in alarms)
    return MOST / (rate * request + A_SECOND * (len(variants) + composites) + reading + 1)


def _request(variant: ProductionVariant, outlook: Outlook, world: World) -> float:
    """Return the work of a request to this variant."""
    model, desired = world.models[variant.model_name], outlook.desired.get(variant.variant_name)
    work = 1.0 + len(model.faults)
    if variant.serverless_config is not None:
        return work + IN_LINE
    if variant.routing_strategy == "LEAST_OUTSTANDING_REQUESTS":
        work += IN_LINE + COMPARED * (desired.count if desired else variant.initial_instance_count)
    elif model.queue == "shared" or any(isinstance(fault, ColdStart) for fault in model.faults):
        work += IN_LINE
    return work


def _reading(alarm: MetricAlarm, rate: float, extra: int) -> float:
    """Return the work of an alarm in a second: it reads all periods that it looks back, again and again."""
    span_s, lines = (alarm.evaluation_periods + extra) * alarm.period, len(alarm.metrics or alarm.stats)
    work = A_POINT * span_s / min(alarm.period, MINUTE_S)
    if any(parse_statistic(stat.stat).needs_values for stat in alarm.stats):
        work += A_SAMPLE * span_s * rate
    return lines * work / evaluation_interval(alarm)
