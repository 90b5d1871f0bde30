"""A sound plan, and lines of it changed as people write them: what AWS's client and service make of each.

Every verdict is that of `engine.aws.checking`. A line is shown as it stands in the plan, such as
`WaitIntervalInSeconds: 3601`.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

Verdict = Literal["client", "service", "useless", "sound"]
WORDS: Mapping[Verdict, str] = {
    "client": "The client refuses it, and nothing is sent",
    "service": "It is sent, and the service refuses it",
    "useless": "AWS accepts it, and it cannot do what is meant",
    "sound": "AWS accepts it, and nothing stands in its way",
}
"""The four verdicts as answers."""
Path = tuple[str | int, ...]
GONE = object()
"""In place of a value: the field is left out."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a request, written in another way."""

    operation: str
    path: Path
    value: Any

    @property
    def line(self) -> str:
        """The line as it stands in a plan; what is inside of a size is shown with the whole of it."""
        if "CanarySize" in self.path:
            size = {"Type": "CAPACITY_PERCENT", "Value": 25} | {str(self.path[-1]): self.value}
            inside = ", ".join(f"{key}: {_written(value)}" for key, value in size.items() if value is not GONE)
            return f"CanarySize: {{{inside}}}"
        return f"(no {self.path[-1]})" if self.value is GONE else f"{self.path[-1]}: {_written(self.value)}"


def _written(value: object) -> str:
    """Return a value as YAML has it; a text that looks like a number is quoted, so as to be a text."""
    return f'"{value}"' if isinstance(value, str) and value.replace(".", "").isdigit() else f"{value}"


ROUTING: Path = ("DeploymentConfig", "BlueGreenUpdatePolicy", "TrafficRoutingConfiguration")
POLICY: Path = ROUTING[:2]
ALARM: Mapping[str, Any] = {
    "AlarmName": "guard",
    "Namespace": "AWS/SageMaker",
    "MetricName": "Invocation5XXErrors",
    "Dimensions": [
        {"Name": "EndpointName", "Value": "shop"},
        {"Name": "VariantName", "Value": "main"},
        {"Name": "EndpointConfigName", "Value": "shop-v2"},
    ],
    "Statistic": "Average",
    "Period": 60,
    "EvaluationPeriods": 3,
    "DatapointsToAlarm": 2,
    "Threshold": 0.1,
    "ComparisonOperator": "GreaterThanThreshold",
    "TreatMissingData": "notBreaching",
}
UPDATE: Mapping[str, Any] = {
    "EndpointName": "shop",
    "EndpointConfigName": "shop-v2",
    "DeploymentConfig": {
        "BlueGreenUpdatePolicy": {
            "TrafficRoutingConfiguration": {
                "Type": "CANARY",
                "CanarySize": {"Type": "CAPACITY_PERCENT", "Value": 25},
                "WaitIntervalInSeconds": 600,
            },
            "TerminationWaitInSeconds": 600,
            "MaximumExecutionTimeoutInSeconds": 3600,
        },
        "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "guard"}]},
    },
}
PLAN: Mapping[str, Mapping[str, Any]] = {"PutMetricAlarm": ALARM, "UpdateEndpoint": UPDATE}
"""A sound plan; each change is made to a copy of it."""

WAIT, LAST, TIMEOUT, SIZE = (
    (*ROUTING, "WaitIntervalInSeconds"),
    (*POLICY, "TerminationWaitInSeconds"),
    (*POLICY, "MaximumExecutionTimeoutInSeconds"),
    (*ROUTING, "CanarySize", "Value"),
)
RANGES: Mapping[str, tuple[Path, tuple[int, ...]]] = {
    "WaitIntervalInSeconds": (WAIT, (-60, -1, 1, 300, 900, 3600, 3601, 5400, 7200)),
    "TerminationWaitInSeconds": (LAST, (-60, -1, 300, 900, 3600, 3601, 5400, 7200)),
    "MaximumExecutionTimeoutInSeconds": (TIMEOUT, (300, 599, 2400, 7200, 28800, 28801, 43200)),
    "CanarySize.Value": (SIZE, (-5, 0, 10, 20, 50, 51, 60, 75)),
}
"""Numbers of an update with values on both sides of their bounds."""
CHANGES: tuple[Change, ...] = (
    *(Change("UpdateEndpoint", path, value) for path, values in RANGES.values() for value in values),
    *(Change("UpdateEndpoint", WAIT, value) for value in ("600", 600.0, GONE)),
    *(Change("UpdateEndpoint", LAST, value) for value in ("900", 900.0)),
    *(Change("UpdateEndpoint", (*ROUTING, "Type"), value) for value in ("BLUE", "canary", "Linear", GONE)),
    *(
        Change("UpdateEndpoint", (*ROUTING, "CanarySize", "Type"), value)
        for value in ("CAPACITY_PERCENTAGE", "PERCENT", "capacity_percent", GONE)
    ),
    *(Change("UpdateEndpoint", ("EndpointName",), value) for value in ("my_shop", "shop-", GONE)),
    Change("UpdateEndpoint", ("EndpointConfigName",), GONE),
    Change("UpdateEndpoint", ROUTING, GONE),
    Change("UpdateEndpoint", (*ROUTING, "CanaryPercent"), 10),
    Change("UpdateEndpoint", (*POLICY, "TerminationWaitTime"), 600),
    Change("UpdateEndpoint", ("DeploymentConfig", "AutoRollbackConfiguration", "Alarms"), []),
    *(Change("PutMetricAlarm", ("EvaluationPeriods",), value) for value in (0, "3", 2.5, GONE)),
    *(Change("PutMetricAlarm", ("Period",), value) for value in (0, 45, 90, "60")),
    *(Change("PutMetricAlarm", ("DatapointsToAlarm",), value) for value in (0, 4, 5)),
    *(Change("PutMetricAlarm", ("Statistic",), value) for value in ("p99", "Mean", "average")),
    *(Change("PutMetricAlarm", ("ComparisonOperator",), value) for value in ("GreaterThan", ">", GONE)),
    *(Change("PutMetricAlarm", ("TreatMissingData",), value) for value in ("NotBreaching", "good")),
    *(Change("PutMetricAlarm", ("Threshold",), value) for value in ("0.1", 0.05, 1, 1.5, 5, 10)),
    *(Change("PutMetricAlarm", ("MetricName",), value) for value in ("Inference5xxErrors", "Invocations5XX", "Errors")),
    *(Change("PutMetricAlarm", ("Namespace",), value) for value in ("SageMaker", "AWS/Sagemaker")),
    Change("PutMetricAlarm", ("EvaluationPeriod",), 3),
)
"""What is done to the plan: one line at a time, each as people write it."""


def judged(change: Change) -> tuple[Verdict, str]:
    """Return what becomes of the sound plan with this change in it, and the reason in the words of the check."""
    from engine.aws.checking import check, check_request  # they read AWS's models, which takes a quarter of a second

    plan = deepcopy({name: dict(request) for name, request in PLAN.items()})
    place: Any = plan[change.operation]
    for key in change.path[:-1]:
        place = place[key]
    if change.value is GONE:
        del place[change.path[-1]]
    else:
        place[change.path[-1]] = change.value
    found = check_request(change.operation, plan[change.operation]) or check(plan, None)
    for severity, verdict in SEVERITIES:
        if says := [finding.say for finding in found if finding.severity == severity]:
            return verdict, says[0]
    return "sound", "Nothing in it is refused, and it can work."


SEVERITIES: tuple[tuple[str, Verdict], ...] = (("client", "client"), ("service", "service"), ("advice", "useless"))
"""What a finding of each kind means, the first to act first."""


@cache
def of_change(place: int) -> tuple[Verdict, str]:
    """Return the verdict over one of `CHANGES`; a question asks about many of them."""
    return judged(CHANGES[place])


OPTIONAL: tuple[Change, ...] = (
    *(Change("UpdateEndpoint", path, GONE) for path in (LAST, TIMEOUT, (*ROUTING, "CanarySize"))),
    Change("UpdateEndpoint", ("DeploymentConfig", "AutoRollbackConfiguration"), GONE),
    *(
        Change("PutMetricAlarm", (name,), GONE)
        for name in ("EvaluationPeriods", "ComparisonOperator", "Threshold", "DatapointsToAlarm", "TreatMissingData")
    ),
)
NEEDED: tuple[Change, ...] = (
    *(Change("UpdateEndpoint", (name,), GONE) for name in ("EndpointName", "EndpointConfigName")),
    *(Change("UpdateEndpoint", path, GONE) for path in (WAIT, ROUTING, (*ROUTING, "Type"))),
    Change("PutMetricAlarm", ("AlarmName",), GONE),
)
"""Fields to leave out; which of them the client asks for is for the check to say."""
