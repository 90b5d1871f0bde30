"""What Application Auto Scaling refuses, in its own words (spec inference 1.1, 1.2, 1.8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from engine.autoscaling.refusals import refused_action, refused_bounds, refused_policy, refused_target
from engine.requests.autoscaling import CustomizedMetric, PutScalingPolicy, StepScaling, TargetTracking
from engine.requests.cloudwatch import MetricDataQuery
from tests.engine.autoscaling.policies import INVOCATIONS, MAIN, register, scheduled, step, stepping, tracking


def policy(kind, *, steps=None, track=None):
    """Return a policy of that type with these blocks."""
    return PutScalingPolicy(
        resource_id=MAIN, policy_name="p", policy_type=kind, step_scaling=steps, target_tracking=track
    )


STEPS = StepScaling(adjustment_type="ChangeInCapacity", step_adjustments=(step(1, 0),))
TRACK = TargetTracking(target_value=70, predefined_metric_type=INVOCATIONS)
SINGLE = CustomizedMetric(metric_name="CPUUtilization", namespace="/aws/sagemaker/Endpoints", statistic="Average")
QUERY = MetricDataQuery(id="m", expression="1")
POLICIES = [
    (policy("StepScaling"), "StepScaling policy configuration must be specified"),
    (policy("StepScaling", track=TRACK), "StepScaling policy configuration must be specified"),
    (
        policy("StepScaling", steps=STEPS, track=TRACK),
        "You must only provide a single scaling policy configuration, which must match the scaling policy type "
        "specified.",
    ),
    (
        policy("TargetTrackingScaling", track=replace(TRACK, customized_metric=SINGLE)),
        "Only one of PredefinedMetricSpecification or CustomizedMetricSpecification can be set for target tracking "
        "scaling.",
    ),
    (
        policy("TargetTrackingScaling", track=TargetTracking(target_value=70)),
        "PredefinedMetricSpecification or CustomizedMetricSpecification must be set for target tracking scaling.",
    ),
    (
        tracking(70, "ECSServiceAverageCPUUtilization"),
        "Scalable dimension sagemaker:variant:DesiredInstanceCount only supports the following predefined metric "
        "types: SageMakerVariantInvocationsPerInstance, SageMakerVariantConcurrentRequestsPerModelHighResolution",
    ),
    (
        tracking(70, None, customized_metric=replace(SINGLE, metrics=(QUERY,))),
        "The customized metric specification is not valid. You can use a specification with metric math or a "
        "specification without metric math, but not a combination of both.",
    ),
    (stepping(step(1, 0), kind=None), "Adjustment type must be specified"),
    (stepping(), "There must be at least one step adjustment"),
    (stepping(step(1)), "Both lower and upper bounds of a step adjustment cannot be left unspecified"),
    (stepping(step(1, 5, 5)), "Lower bound must be less than upper bound for a step adjustment"),
    (stepping(step(1, 5, 0)), "Lower bound must be less than upper bound for a step adjustment"),
    (stepping(step(1, 0, 10), step(2, 5)), "Step adjustment intervals cannot overlap"),
    (stepping(step(1, 0, 10), step(2, 20)), "Step adjustment intervals cannot have gaps between them"),
    (
        stepping(step(-1, None, -10), step(-2, None, -5)),
        "At most one step adjustment may have an unspecified lower bound",
    ),
    (stepping(step(1, 0), step(2, 5)), "At most one step adjustment may have an unspecified upper bound"),
    (
        stepping(step(-1, -10, 0)),
        "There must be a step adjustment with an unspecified lower bound when one step adjustment has a negative "
        "lower bound",
    ),
    (
        stepping(step(1, 0, 10)),
        "There must be a step adjustment with an unspecified upper bound when one step adjustment has a positive "
        "upper bound",
    ),
    (
        stepping(step(-1, 0), kind="ExactCapacity"),
        "Scaling adjustment cannot be less than 0 when adjustment type is ExactCapacity",
    ),
    (
        stepping(step(1, 0), min_adjustment_magnitude=2),
        "Minimum adjustment magnitude is only allowed for adjustment type PercentChangeInCapacity",
    ),
]


@pytest.mark.parametrize(("given", "text"), POLICIES)
def test_a_policy_is_refused(given, text):
    """Each row of the table, in the service's words."""
    assert [each.message for each in refused_policy(given)] == [text]


ACCEPTED = [
    tracking(70),
    tracking(50, None, customized_metric=SINGLE),
    tracking(50, None, customized_metric=CustomizedMetric(metrics=(QUERY,))),
    stepping(step(1, 0)),
    stepping(step(-1, None, 0)),
    stepping(step(0, 0), kind="ExactCapacity"),
    stepping(step(-2, None, -10), step(-1, -10, 0), step(1, 0, 10), step(2, 10)),
    stepping(step(10, 0), kind="PercentChangeInCapacity", min_adjustment_magnitude=2),
]


@pytest.mark.parametrize("given", ACCEPTED)
def test_a_policy_is_taken(given):
    """Bounds of 0 need no open end, and an exact capacity may be 0 (spec inference 1.2)."""
    assert list(refused_policy(given)) == []


def test_only_the_last_query_returns_data():
    """Metric math has one result (spec inference 1.2)."""
    two = CustomizedMetric(metrics=(QUERY, replace(QUERY, id="e")))

    assert [each.message for each in refused_policy(tracking(50, None, customized_metric=two))] == [
        "Only the last entry of Metrics may have ReturnData: true."
    ]


TARGETS = [
    ({"scalable_dimension": "ecs:service:DesiredCount"}, "AccessDeniedException", "Account is not authorized"),
    (
        {"resource_id": "churn/main"},
        "ValidationException",
        "Unsupported service namespace, resource type or scalable dimension",
    ),
    (
        {"scalable_dimension": "sagemaker:inference-component:DesiredCopyCount"},
        "ValidationException",
        "Unsupported service namespace, resource type or scalable dimension",
    ),
]


@pytest.mark.parametrize(("changes", "code", "text"), TARGETS)
def test_a_target_is_refused(changes, code, text):
    """A dimension of another service, and ids that name no variant (spec inference 1.1)."""
    assert [(each.code, each.message) for each in refused_target(replace(register(1, 2), **changes))] == [(code, text)]


def test_a_variant_keeps_an_instance():
    """What the service answers to 0 is not known: the guide says at least 1 (spec inference 0.1 item 6, 11)."""
    for low in (0, -1):
        assert [each.message for each in refused_bounds(register(low, 2))] == ["Minimum capacity cannot be less than 1"]


SYNTAX = "Invalid schedule expression. Details: Schedule expressions must have the following syntax: "
SCHEDULES = [
    ("rate(5 seconds)", SYNTAX),
    ("rate(1 week)", SYNTAX),
    ("rate(-1 minutes)", SYNTAX),
    ("every day", SYNTAX),
    ("cron(0 8 * * * *)", SYNTAX),
    ("cron(0 8 ? * ? *)", SYNTAX),
    ("cron(30 6 * * 2 *)", SYNTAX),
    ("cron(61 8 1 * ? *)", SYNTAX),
    ("rate(0 minutes)", "Invalid schedule frequency. "),
    (
        "at(2035-01-01)",
        'Invalid schedule at DateTime expression: Invalid format: "2035-01-01" is too short',
    ),
    ("at(2035-01-01T00:00:00Z)", "Invalid schedule at DateTime expression: Invalid format: "),
]


@pytest.mark.parametrize(("schedule", "text"), SCHEDULES)
def test_a_schedule_is_refused(schedule, text):
    """Expressions that the service does not take (spec inference 0.1 item 4, 1.8)."""
    [refusal] = refused_action(scheduled(schedule, 1))

    assert refusal.message.startswith(text)
    assert refusal.field == ("Schedule",)


GOOD = ("cron(0 8 1 * ? *)", "cron(0/15 8-18 ? JAN,MAR MON-FRI 2026-2030)", "rate(1minute)", "rate(5 hours)")


@pytest.mark.parametrize("schedule", [*GOOD, "at(2035-01-01T00:00:00)", "cron(0 8 L * ? *)", "cron(0 8 ? * 6#3 *)"])
def test_a_schedule_is_taken(schedule):
    """The three kinds, with a space or without (spec inference 1.8)."""
    assert list(refused_action(scheduled(schedule, 1))) == []


ZONES = [("JST", False), ("GMT+9", False), ("Etc/GMT+9", True), ("Asia/Tokyo", True), ("UTC", True)]


@pytest.mark.parametrize(("zone", "taken"), ZONES)
def test_time_zones_are_the_iana_s(zone, taken):
    """Abbreviations and offsets are refused (spec inference 1.8)."""
    said = [each.message for each in refused_action(scheduled("rate(1 day)", 1, timezone=zone))]

    assert said == ([] if taken else [f"Invalid schedule timezone: {zone}"])


def test_a_scheduled_action_does_something():
    """One of the two bounds at least, and times in their order (spec inference 1.8)."""
    first, second = datetime(2035, 1, 1, tzinfo=UTC), datetime(2035, 1, 2, tzinfo=UTC)
    said = [each.message for each in refused_action(scheduled("rate(1 day)", start_time=second, end_time=first))]

    assert said == [
        "At least one of minimum capacity and maximum capacity should be provided",
        "StartTime must be before EndTime",
    ]
