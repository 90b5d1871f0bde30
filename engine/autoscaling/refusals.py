"""What Application Auto Scaling refuses in a request, whatever else there is (spec inference 1.1, 1.2, 1.8).

The texts were read off the service, us-east-1, September 2026; those said to be ours were never seen.
"""

from __future__ import annotations

from collections.abc import Callable

from engine.autoscaling.schedules import is_timezone, parse_schedule
from engine.autoscaling.step_refusals import BLOCK, refused_steps
from engine.autoscaling.tracking_alarms import predefined_for, variant_of
from engine.requests.autoscaling import (
    CONCURRENCY,
    INSTANCES,
    SAGEMAKER,
    SCALED,
    CustomizedMetric,
    OfTarget,
    PutScalingPolicy,
    PutScheduledAction,
    RegisterScalableTarget,
    TargetTracking,
)
from engine.requests.refusal import Refusal, Refusals
from engine.requests.sagemaker import MOST_CONCURRENCY

TRACKING = "TargetTrackingScalingPolicyConfiguration"
CUSTOMIZED, PREDEFINED_FIELD = "CustomizedMetricSpecification", "PredefinedMetricSpecification"
MIN_ABOVE_MAX = "Maximum capacity cannot be less than minimum capacity"
REALTIME_MINIMUM = 1
"""The guide says so of variants with instances, the service model lists them among targets that may use 0: what the
service answers is not known (spec inference 0.1 item 6), and this is its sentence for other services."""

Least = Callable[[], int]
"""Says how many instances a variant keeps; asked only where it matters, since not everybody knows."""


def refused_target(request: OfTarget) -> Refusals:
    """A dimension of another service, and a resource that is none of SageMaker's."""
    if request.service_namespace != SAGEMAKER:
        return
    if not request.scalable_dimension.startswith(f"{SAGEMAKER}:"):
        remedy = f"A variant's instances are {INSTANCES}, its provisioned concurrency is {CONCURRENCY}."
        yield Refusal(
            message="Account is not authorized",
            field=("ScalableDimension",),
            remedy=remedy,
            code="AccessDeniedException",
        )
    elif not _is_resource(request):
        message = "Unsupported service namespace, resource type or scalable dimension"
        remedy = "A variant is endpoint/<endpoint name>/variant/<variant name>."
        yield Refusal(message=message, field=("ResourceId",), remedy=remedy)


def _is_resource(request: OfTarget) -> bool:
    if request.scalable_dimension.startswith(f"{SAGEMAKER}:inference-component:"):
        kind, _, name = request.resource_id.partition("/")
        return kind == "inference-component" and bool(name) and "/" not in name
    return variant_of(request.resource_id) is not None


def refused_bounds(request: RegisterScalableTarget, least: Least = lambda: REALTIME_MINIMUM) -> Refusals:
    """Bounds that cannot be; checked before the resource is looked up."""
    yield from _crossed(request.min_capacity, request.max_capacity, ("MaxCapacity",))
    yield from _too_few(request, request.min_capacity, ("MinCapacity",), least)
    yield from _too_many(request, request.max_capacity, ("MaxCapacity",))


def _crossed(low: int | None, high: int | None, field: tuple[str, ...]) -> Refusals:
    if low is not None and high is not None and low > high:
        yield Refusal(message=MIN_ABOVE_MAX, field=field, remedy=f"MinCapacity is {low}: write that or more.")


def _too_many(request: OfTarget, high: int | None, field: tuple[str, ...]) -> Refusals:
    """ProvisionedConcurrency ends at 200 (spec sagemaker 8); whether AWS says so here is not known."""
    if high is not None and high > MOST_CONCURRENCY and request.scalable_dimension == CONCURRENCY:
        message = f"A variant has at most {MOST_CONCURRENCY} provisioned environments."
        yield Refusal(message=message, field=field, remedy=f"Write {MOST_CONCURRENCY} or fewer.")


def _too_few(request: OfTarget, low: int | None, field: tuple[str, ...], least: Least) -> Refusals:
    if low is None or low >= REALTIME_MINIMUM:
        return
    if request.scalable_dimension == CONCURRENCY:
        message = f"Minimum capacity cannot be less than {REALTIME_MINIMUM}"
        remedy = "A target of provisioned concurrency keeps at least one environment warm: write 1."
        yield Refusal(message=message, field=field, remedy=remedy)
    elif request.scalable_dimension == INSTANCES and low < least():
        message = f"Minimum capacity cannot be less than {REALTIME_MINIMUM}"
        yield Refusal(message=message, field=field, remedy="A real-time variant keeps at least one instance: write 1.")


def refused_policy(policy: PutScalingPolicy) -> Refusals:
    """A policy without its block, with both, or with a block that says too much or too little.

    The sentences about predictive scaling and about a missing block of target tracking are ours.
    """
    step, tracking = policy.step_scaling, policy.target_tracking
    if policy.policy_type == "PredictiveScaling":
        message = "PredictiveScaling is for Amazon ECS services only."
        remedy = "Write TargetTrackingScaling or StepScaling."
        yield Refusal(message=message, field=("PolicyType",), remedy=remedy)
    elif step is not None and tracking is not None:
        message = (
            "You must only provide a single scaling policy configuration, which must match the scaling policy type "
            "specified."
        )
        wrong = TRACKING if policy.policy_type == "StepScaling" else BLOCK
        yield Refusal(message=message, field=(wrong,), remedy=f"Leave it out of a {policy.policy_type} policy.")
    elif policy.policy_type == "StepScaling":
        if step is None:
            message = "StepScaling policy configuration must be specified"
            remedy = f"Write {BLOCK}, or PolicyType: TargetTrackingScaling."
            yield Refusal(message=message, remedy=remedy)
        else:
            yield from refused_steps(step)
    elif tracking is None:
        message = "TargetTrackingScaling policy configuration must be specified"
        yield Refusal(message=message, remedy=f"Write {TRACKING}, or PolicyType: StepScaling.")
    else:
        yield from _refused_tracking(policy, tracking)


def _refused_tracking(policy: PutScalingPolicy, tracking: TargetTracking) -> Refusals:
    predefined, customized = tracking.predefined_metric_type, tracking.customized_metric
    known = predefined_for(policy.scalable_dimension)
    if predefined is not None and customized is not None:
        message = f"Only one of {PREDEFINED_FIELD} or {CUSTOMIZED} can be set for target tracking scaling."
        yield Refusal(message=message, field=(TRACKING, CUSTOMIZED), remedy="Leave one of the two out.")
    elif predefined is None and customized is None:
        message = f"{PREDEFINED_FIELD} or {CUSTOMIZED} must be set for target tracking scaling."
        remedy = f"Write PredefinedMetricType: {predefined_for(policy.scalable_dimension)[0]}."
        yield Refusal(message=message, field=(TRACKING,), remedy=remedy)
    elif predefined is not None and policy.scalable_dimension in SCALED and predefined not in known:
        message = (
            f"Scalable dimension {policy.scalable_dimension} only supports the following predefined metric types: "
            f"{', '.join(known)}"
        )
        field = (TRACKING, PREDEFINED_FIELD, "PredefinedMetricType")
        yield Refusal(message=message, field=field, given=predefined, known=known)
    elif customized is not None:
        yield from _refused_metric(customized)


def _refused_metric(metric: CustomizedMetric) -> Refusals:
    """Metric math and a single metric exclude each other; the sentence about neither of them is ours."""
    single = any((metric.metric_name, metric.namespace, metric.statistic, metric.unit, metric.dimensions))
    field = (TRACKING, CUSTOMIZED)
    if metric.metrics and single:
        message = (
            "The customized metric specification is not valid. You can use a specification with metric math or a "
            "specification without metric math, but not a combination of both."
        )
        yield Refusal(message=message, field=field, remedy="Leave Metrics out, or everything else.")
    elif metric.metrics:
        returned = [query.id for query in metric.metrics if query.return_data]
        if returned != [metric.metrics[-1].id]:
            message = "Only the last entry of Metrics may have ReturnData: true."
            remedy = "Write ReturnData: false in all others."
            yield Refusal(message=message, field=(*field, "Metrics"), remedy=remedy)
    elif not (metric.metric_name and metric.namespace and metric.statistic):
        message = "A customized metric needs MetricName, Namespace and Statistic."
        yield Refusal(message=message, field=field, remedy="Write all three, or Metrics.")


def refused_action(action: PutScheduledAction, least: Least = lambda: REALTIME_MINIMUM) -> Refusals:
    """A schedule that is none, a time zone that is none, times in the wrong order, and nothing to do."""
    bounds = action.scalable_target_action
    if bounds is not None:
        field = ("ScalableTargetAction",)
        if bounds.min_capacity is None and bounds.max_capacity is None:
            message = "At least one of minimum capacity and maximum capacity should be provided"
            yield Refusal(message=message, field=field, remedy="Write MinCapacity, MaxCapacity or both.")
        yield from _crossed(bounds.min_capacity, bounds.max_capacity, (*field, "MaxCapacity"))
        yield from _too_few(action, bounds.min_capacity, (*field, "MinCapacity"), least)
        yield from _too_many(action, bounds.max_capacity, (*field, "MaxCapacity"))
    if action.schedule is not None and isinstance(said := parse_schedule(action.schedule), str):
        yield Refusal(message=said, field=("Schedule",), remedy=_remedy(action.schedule))
    if action.timezone is not None and not is_timezone(action.timezone):
        message = f"Invalid schedule timezone: {action.timezone}"
        remedy = "Write a name of the IANA's such as Asia/Tokyo or Etc/GMT+9."
        yield Refusal(message=message, field=("Timezone",), remedy=remedy)
    if action.start_time is not None and action.end_time is not None and action.start_time >= action.end_time:
        remedy = "Exchange the two, or write a later EndTime."
        yield Refusal(message="StartTime must be before EndTime", field=("EndTime",), remedy=remedy)


def _remedy(schedule: str) -> str:
    """Return an expression of the kind that was tried."""
    kind = schedule.partition("(")[0].strip().lower()
    return {
        "at": "Write at(2026-03-02T18:00:00): the time has no offset, Timezone says which one.",
        "cron": "Write cron(0 8 ? * MON-FRI *): six fields, and exactly one of the two day fields is ?.",
        "rate": "Write rate(5 minutes): minutes, hours or days, at least one minute.",
    }.get(kind, "Write cron(0 8 ? * MON-FRI *) or at(2026-03-02T18:00:00).")
