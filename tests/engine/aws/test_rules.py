"""What AWS documents beside the shapes, request by request (spec sagemaker 1.2-1.5, 6.2, 8; cloudwatch 3, 4, 7-10)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from engine.aws.checking import Finding, check, check_request
from engine.aws.rules.actions import FIELDS
from tests.engine.aws.examples import (
    ALARM,
    AT_ONCE,
    CANARY,
    LINEAR,
    MATH,
    ROLLING,
    VARIANT,
    alarm,
    changed,
    config,
    update,
)
from tests.engine.aws.test_shadow_tests import BY_SERVICE

ROUTING = "BlueGreenUpdatePolicy.TrafficRoutingConfiguration"
PERCENT = "CAPACITY_PERCENT"
LOW = "EvaluateLowSampleCountPercentile"
RANGE = "LessThanLowerOrGreaterThanUpperThreshold"


def refused(plan: dict[str, Any]) -> tuple[Finding, ...]:
    return tuple(finding for finding in check(plan, None) if finding.severity in ("client", "service"))


def math(dotted: str, value: object) -> dict[str, Any]:
    """Return the metric math alarm with one field changed; `0.Id` is the first line's Id."""
    index, _, field = dotted.partition(".")
    lines = [changed(line, field, value) if str(i) == index else line for i, line in enumerate(MATH["Metrics"])]
    return {"PutMetricAlarm": {**MATH, "Metrics": lines}}


def composite(**fields: Any) -> dict[str, Any]:
    return {"PutCompositeAlarm": {"AlarmName": "any", "AlarmRule": "ALARM(a) OR ALARM(b)", **fields}}


def sized(deployment: dict[str, Any], dotted: str, percent: int) -> dict[str, Any]:
    return update(changed(deployment, dotted, {"Type": PERCENT, "Value": percent}))


def promql(**fields: Any) -> dict[str, Any]:
    given = {"EvaluationCriteria": {"PromQLCriteria": {"Query": "up"}}, "EvaluationInterval": 60, **fields}
    return {"PutMetricAlarm": {"AlarmName": "a", **{k: v for k, v in given.items() if v is not None}}}


def clock(zone: str | None = None) -> dict[str, Any]:
    return {"WallClockWindow": {} if zone is None else {"Timezone": zone}}


SUPPRESSED: dict[str, Any] = {
    "ActionsSuppressor": "b",
    "ActionsSuppressorWaitPeriod": 60,
    "ActionsSuppressorExtensionPeriod": 60,
}
ZONES = ("UTC", "America/New_York", "+05:30", "-03:00", "UTC+05:45", "+5:30")
TOPIC = "arn:aws:sns:us-east-1:111122223333:ops"
HERE = "arn:aws:automate:us-east-1:ec2:stop"
EVERY_ACTION = (
    TOPIC,
    "arn:aws:lambda:us-east-1:111122223333:function:page",
    "arn:aws:ssm:us-east-1:111122223333:opsitem:3#CATEGORY=Performance",
    "arn:aws:ssm-incidents::111122223333:responseplan/plan",
    "arn:aws:aiops:us-east-1:111122223333:investigation-group/a",
    "arn:aws:swf:us-east-1:111122223333:action/actions/AWS_EC2.InstanceId.Stop/1.0",
    "arn:aws:autoscaling:us-east-1:111122223333:scalingPolicy:a:autoScalingGroupName/g:policyName/p",
)
"""One of each vendor that the service model lists."""


@pytest.mark.parametrize(
    "deployment", [CANARY, LINEAR, AT_ONCE, ROLLING], ids=["canary", "linear", "all-at-once", "rolling"]
)
def test_the_documented_requests_are_accepted(deployment: dict[str, Any]) -> None:
    """The four minimal requests of spec sagemaker 12 are refused by nobody."""
    assert refused(update(deployment)) == ()


@pytest.mark.parametrize(
    "plan",
    [
        alarm(),
        {"PutMetricAlarm": MATH},
        composite(),
        config(),
        alarm(Statistic=None, ExtendedStatistic="p99.9", **{LOW: "ignore"}),
    ],
    ids=["alarm", "metric-math", "composite", "config", "percentile"],
)
def test_the_other_requests_are_accepted(plan: dict[str, Any]) -> None:
    """Each kind of request passes as it should be."""
    assert refused(plan) == ()


DEPLOYMENTS = [  # sizes and ranges: spec sagemaker 1.2, 1.4; alarms: 1.5
    ("canary-without-size", update(changed(CANARY, f"{ROUTING}.CanarySize", None)), "CANARY needs CanarySize"),
    ("linear-without-step", update(changed(LINEAR, f"{ROUTING}.LinearStepSize", None)), "LINEAR needs LinearStepSize"),
    ("canary-51", sized(CANARY, f"{ROUTING}.CanarySize", 51), "51 % of the fleet. Write 1 to 50."),
    ("step-9", sized(LINEAR, f"{ROUTING}.LinearStepSize", 9), "Write 10 to 50."),
    ("step-51", sized(LINEAR, f"{ROUTING}.LinearStepSize", 51), "Write 10 to 50."),
    ("batch-51", sized(ROLLING, "RollingUpdatePolicy.MaximumBatchSize", 51), "Write 5 to 50."),
    ("rollback-101", sized(ROLLING, "RollingUpdatePolicy.RollbackMaximumBatchSize", 101), "Write 1 to 100."),
    ("alarm-without-name", update(changed(CANARY, "AutoRollbackConfiguration.Alarms", [{}])), "names no alarm"),
    ("blank-alarm-name", update(changed(CANARY, "AutoRollbackConfiguration.Alarms", [{"AlarmName": " "}])), "pattern"),
]
CONFIGS = [
    ("two-variants-of-one-name", config(VARIANT, VARIANT), "Two variants are called AllTraffic"),
    ("no-type", config(changed(VARIANT, "InstanceType", None)), "needs InstanceType"),
    ("no-count", config(changed(VARIANT, "InitialInstanceCount", None)), "needs InitialInstanceCount"),
    (
        "serverless-with-instances",
        config({**VARIANT, "ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 5}}),
        "A serverless variant has no instances",
    ),
    (
        "managed-scaling",
        config({**VARIANT, "ManagedInstanceScaling": {"Status": "ENABLED"}}),
        "only supported for inference component",
    ),
]
ALARMS = [
    ("nothing-to-watch", alarm(MetricName=None), "The alarm watches nothing"),
    ("no-namespace", alarm(Namespace=None), "needs Namespace"),
    ("no-period", alarm(Period=None), "needs Period"),
    ("no-statistic", alarm(Statistic=None), "needs Statistic"),
    ("two-statistics", alarm(ExtendedStatistic="p99"), "cannot both be given"),
    ("no-threshold", alarm(Threshold=None), "Threshold is missing"),
    ("no-operator", alarm(ComparisonOperator=None), "ComparisonOperator is missing"),
    ("no-periods", alarm(EvaluationPeriods=None), "EvaluationPeriods is missing"),
    ("range-operator", alarm(ComparisonOperator=RANGE), "needs ThresholdMetricId"),
    ("m-above-n", alarm(DatapointsToAlarm=2), "2 of 1 periods cannot be reached"),
    ("period-45", alarm(Period=45), "10, 20, 30 or a multiple of 60"),
    ("a-day-and-a-minute", alarm(EvaluationPeriods=1441), "Write at most 1440 periods"),
    ("a-week-and-an-hour", alarm(Period=3600, EvaluationPeriods=169), "Write at most 168 periods"),
    ("two-weeks", alarm(Period=1_209_600), "Write at most 604800"),
    ("p101", alarm(Statistic=None, ExtendedStatistic="p101"), "p101 for parameter ExtendedStatistic is not supported"),
    ("low-samples-of-a-sum", alarm(**{LOW: "ignore"}), "can not be applied with statistic Sum"),
    (
        "low-samples-unknown",
        alarm(Statistic=None, ExtendedStatistic="p99", **{LOW: "skip"}),
        "Write evaluate or ignore",
    ),
    ("missing-data-unknown", alarm(TreatMissingData="notbreaching"), "Did you mean notBreaching?"),
    ("infinite", alarm(Threshold=float("inf")), "Write a finite number"),
    ("metrics-and-period", {"PutMetricAlarm": {**MATH, "Period": 60}}, "Period cannot stand beside Metrics"),
    ("nothing-returned", math("0.ReturnData", False), "ReturnData"),
    ("two-returned", math("1.ReturnData", True), "ReturnData"),
    ("period-beside-stat", math("1.Period", 60), "Period"),
    ("both-kinds", math("1.Expression", "1 + 1"), "MetricStat or Expression"),
    ("unknown-id", math("0.Expression", "errors / requests"), "unknown id 'requests'"),
    ("other-period", math("1.MetricStat.Period", 300), "same period"),
    ("period-45-in-math", math("1.MetricStat.Period", 45), "10, 20, 30 or a multiple of 60"),
    ("no-such-statistic", math("1.MetricStat.Stat", "Total"), "Total is not a statistic"),
    ("metric-without-name", math("1.MetricStat.Metric.MetricName", None), "needs MetricName"),
    ("search", math("0.Expression", "SEARCH('errors', 'Sum', 60)"), "SEARCH is not supported on Metric Alarms"),
    ("rule-syntax", composite(AlarmRule="ALARM(a) OR"), "AlarmRule at character"),
    (
        "suppressor-without-waits",
        composite(ActionsSuppressor="b", ActionsSuppressorWaitPeriod=1),
        "needs ActionsSuppressorExtensionPeriod",
    ),
    ("negative-wait", composite(**{**SUPPRESSED, "ActionsSuppressorWaitPeriod": -1}), "must be from 0"),
    ("own-child", composite(AlarmRule="ALARM(any)"), "itself"),
    *(
        (f"{field}-without-suppressor", composite(**{field: 60}), f"{field} requires an ActionsSuppressor")
        for field in ("ActionsSuppressorWaitPeriod", "ActionsSuppressorExtensionPeriod")
    ),
]
NAMES = [  # what the service model says in words about characters
    *(
        (f"control-character-in-{each}", plan, "holds the control character")
        for each, plan in (
            ("alarm", alarm(AlarmName="err\x07or")),
            ("alarm-of-two-lines", alarm(AlarmName="err\nor")),
            ("math", {"PutMetricAlarm": {**MATH, "AlarmName": "rate\x7f"}}),
            ("composite", composite(AlarmName="a\x1fny")),
            ("state", {"SetAlarmState": {"AlarmName": "e\tr", "StateValue": "OK", "StateReason": "any"}}),
        )
    ),
    ("namespace", alarm(Namespace="Größe/Modell"), "Write it in plain letters, such as Groe/Modell."),
    ("namespace-all-foreign", alarm(Namespace="模型"), "Namespace may hold ASCII characters alone"),
    ("namespace-control", alarm(Namespace="a\x02b"), "Namespace may hold ASCII characters alone"),
    ("dimension", alarm(Dimensions=[{"Name": "VariantName", "Value": "größe"}]), "A dimension's Value may hold"),
    (
        "dimension-in-math",
        math("1.MetricStat.Metric.Dimensions", [{"Name": "Größe", "Value": "a"}]),
        "A dimension's Name may hold",
    ),
]
WINDOWS = [
    ("interval-of-a-metric", alarm(EvaluationInterval=60), "is for PromQL alarms"),
    ("interval-of-math", {"PutMetricAlarm": {**MATH, "EvaluationInterval": 60}}, "is for PromQL alarms"),
    ("interval-missing", promql(EvaluationInterval=None), "needs EvaluationInterval"),
    ("interval-45", promql(EvaluationInterval=45), "10, 20, 30 or a multiple of 60, not 45. Write 60."),
    ("threshold-beside-query", promql(Threshold=5), "Threshold cannot stand beside EvaluationCriteria"),
    ("window-beside-query", promql(EvaluationWindow={"SlidingWindow": {}}), "EvaluationWindow cannot stand beside"),
    ("clock-period", alarm(Period=120, EvaluationWindow=clock()), "must be one of 60, 300, 3600"),
    (
        "clock-period-in-math",
        {"PutMetricAlarm": {**math("1.MetricStat.Period", 120)["PutMetricAlarm"], "EvaluationWindow": clock()}},
        "must be one of 60, 300, 3600",
    ),
    ("offset-of-odd-minutes", alarm(EvaluationWindow=clock("+05:32")), "multiple of 5 minutes, and +05:32 is none"),
    ("named-offset", alarm(EvaluationWindow=clock("UTC-03:01")), "Write UTC-03:00."),
    ("no-offset", alarm(EvaluationWindow=clock("+25:00")), "is no offset from UTC"),
    ("no-minutes", alarm(EvaluationWindow=clock("+05:75")), "is no offset from UTC"),
    ("no-zone", alarm(EvaluationWindow=clock("Mars/Olympus")), "Mars/Olympus is no time zone"),
    ("zone-misspelt", alarm(EvaluationWindow=clock("america/new_york")), "Did you mean America/New_York?"),
]
BUCKET = "arn:aws:s3:::bucket"
ELSEWHERE = "arn:aws:automate:eu-west-1:ec2:stop"
ABROAD = TOPIC.replace("us-east-1", "eu-west-1")
ACTIONS = [  # the words of the service: "Unsupported AWS vendor", "Invalid region ... specified"
    *((f"vendor-in-{field}", alarm(**{field: [BUCKET]}), "Unsupported AWS vendor s3.") for field in FIELDS),
    *((f"composite-{field}", composite(**{field: [BUCKET]}), "Unsupported AWS vendor s3.") for field in FIELDS),
    ("vendor-in-math", {"PutMetricAlarm": {**MATH, "AlarmActions": [BUCKET]}}, "Unsupported AWS vendor s3."),
    ("second-action", alarm(AlarmActions=[TOPIC, "arn:aws:sqs:us-east-1:111122223333:q"]), "vendor sqs"),
    ("instances-of-a-composite", composite(AlarmActions=[HERE]), "Unsupported AWS vendor automate."),
    ("no-arn", alarm(OKActions=["ops-topic"]), "ops-topic is no ARN"),
    (
        "other-region",
        alarm(AlarmActions=[ELSEWHERE]),
        "Invalid region eu-west-1 specified. Only us-east-1 is supported. Write arn:aws:automate:us-east-1:ec2:stop.",
    ),
    *(
        (f"topic-of-another-region-{kind}", put(AlarmActions=[ABROAD]), f"Only us-east-1 is supported. Write {TOPIC}.")
        for kind, put in (("metric", alarm), ("composite", composite))
    ),
    ("instances-of-math", {"PutMetricAlarm": {**MATH, "AlarmActions": [HERE]}}, "cannot act on an EC2 instance"),
]
TABLE = DEPLOYMENTS + CONFIGS + ALARMS + NAMES + WINDOWS + ACTIONS


@pytest.mark.parametrize(("plan", "words"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_service_refuses_it(plan: dict[str, Any], words: str) -> None:
    """The client lets it pass and the service does not: one finding at least, and it says what would be right."""
    found = refused(plan)

    assert {finding.severity for finding in found} == {"service"}
    assert any(words in finding.say for finding in found), found


ADVICE = re.compile(
    r"(^|[.:] )(Write|Add|Keep|Leave|Lower|Use|Give|Name|Move|Notify|Did you|Change)\b|published|the client"
)
"""How our remedies begin, and what we say of AWS's client."""


@pytest.mark.parametrize("plan", [*(row[1] for row in TABLE), *(row[1] for row in BY_SERVICE)])
def test_clients_are_given_no_advice(plan: dict[str, Any]) -> None:
    """What answers a request says what is wrong; what would be right is for whoever checks a plan."""
    [(operation, request)] = plan.items()
    for finding in (each for each in check_request(operation, request) if each.severity == "service"):
        assert finding.answer
        assert not ADVICE.search(finding.answer)


PRINTED = [
    (alarm(MetricName=None), "MetricName must not be null"),
    ({"PutMetricAlarm": {**MATH, "Statistic": "Sum"}}, "Statistic should not be set if list of Metrics is set."),
    ({"PutMetricAlarm": {**MATH, "Unit": "None"}}, "Unit should not be set if list of Metrics is set."),
    (alarm(DatapointsToAlarm=9), "DatapointsToAlarm must be less than or equal to EvaluationPeriods"),
    (math("1.MetricStat.Stat", "sum"), "Invalid metrics list"),
    (math("0.Id", "Errors"), "Invalid metrics list"),
    (math("1.ReturnData", True), "Exactly one element of the metrics list should return data."),
]


@pytest.mark.parametrize(("plan", "answer"), PRINTED, ids=[row[1] for row in PRINTED])
def test_alarms_are_refused_in_awss_words(plan: dict[str, Any], answer: str) -> None:
    """Where users have printed them, as `engine.aws.rules.alarms` names them; learners are told more."""
    found = check_request("PutMetricAlarm", plan["PutMetricAlarm"])

    assert answer in [finding.answer for finding in found]
    assert all(len(finding.say) > len(answer) for finding in found if finding.answer == answer)


LIMITS = [
    ("canary-50", sized(CANARY, f"{ROUTING}.CanarySize", 50)),
    ("canary-1", sized(CANARY, f"{ROUTING}.CanarySize", 1)),
    ("step-10", sized(LINEAR, f"{ROUTING}.LinearStepSize", 10)),
    ("batch-5", sized(ROLLING, "RollingUpdatePolicy.MaximumBatchSize", 5)),
    ("period-20", alarm(Period=20)),
    ("a-day", alarm(EvaluationPeriods=1440)),
    ("a-week", alarm(Period=3600, EvaluationPeriods=168)),
    ("one-long-week", alarm(Period=604_800)),
    ("m-equals-n", alarm(DatapointsToAlarm=1)),
    ("iqm", alarm(Statistic=None, ExtendedStatistic="IQM")),
    ("name-beyond-ascii", alarm(AlarmName="größe: p99")),
    ("dimension-with-spaces", alarm(Dimensions=[{"Name": "Host", "Value": "a b"}])),
    *((f"zone-{zone}", alarm(EvaluationWindow=clock(zone))) for zone in ZONES),
    *((f"action-{arn.split(':')[2]}", alarm(AlarmActions=[arn])) for arn in (*EVERY_ACTION, HERE)),
    ("actions-of-a-composite", composite(AlarmActions=EVERY_ACTION[:5])),
    ("suppressed", composite(**SUPPRESSED)),
]


@pytest.mark.parametrize("plan", [row[1] for row in LIMITS], ids=[row[0] for row in LIMITS])
def test_the_documented_limits_are_allowed(plan: dict[str, Any]) -> None:
    """What is measured or documented as accepted is accepted (spec cloudwatch 3)."""
    assert refused(plan) == ()


def test_the_rolling_guide_names_a_type_that_is_none() -> None:
    """CAPACITY_PERCENTAGE, as in AWS's rolling guide, is refused, and so is leaving Type out (spec 0.2 item 1)."""
    by_guide = changed(ROLLING, "RollingUpdatePolicy.MaximumBatchSize", {"Type": "CAPACITY_PERCENTAGE", "Value": 50})
    without = changed(ROLLING, "RollingUpdatePolicy.MaximumBatchSize", {"Value": 50})

    assert [(f.severity, f.path[-1]) for f in refused(update(by_guide))] == [("service", "Type")]
    assert [(f.severity, f.path[-1]) for f in refused(update(without))] == [("client", "MaximumBatchSize")]


def test_the_all_at_once_guide_forgets_a_field() -> None:
    """The guide's example without WaitIntervalInSeconds never leaves the client (spec 0.2 item 2)."""
    guide = {
        "BlueGreenUpdatePolicy": {
            "TrafficRoutingConfiguration": {"Type": "ALL_AT_ONCE"},
            "TerminationWaitInSeconds": 600,
            "MaximumExecutionTimeoutInSeconds": 1800,
        }
    }

    [finding] = refused(update(guide))

    place = f"DeploymentConfig.{ROUTING}"
    assert finding.say.startswith(f'Missing required parameter in {place}: "WaitIntervalInSeconds"')


def test_one_mistake_hides_no_other() -> None:
    """What the client refuses in a request keeps nobody from reading the rest of it."""
    broken = {key: value for key, value in ALARM.items() if key not in ("Threshold", "AlarmName")}

    assert [finding.severity for finding in check({"PutMetricAlarm": broken}, None)] == ["client", "service"]
