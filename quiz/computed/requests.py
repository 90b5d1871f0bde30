"""Where a request fails, if it does: refused by AWS's client, by its service, accepted and useless, or sound.

Every verdict is that of `engine.aws.checking`, on requests made here: one sound one of each kind, and a line of it
changed. A line is shown as it stands in the plan, such as `WaitIntervalInSeconds: 3601`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any, Literal

from quiz.computed.computed import Figures

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


def where(change: int) -> Figures | None:
    """Return where a request with one changed line fails.

    `line` is the line and `operation` its request, `right` the verdict, `wrong_1` to `wrong_3` the other three, and
    `because` the reason.
    """
    place = change % len(CHANGES)
    changed, (verdict, because) = CHANGES[place], of_change(place)
    others = [text for name, text in WORDS.items() if name != verdict]
    wrong = {f"wrong_{k}": text for k, text in enumerate(others, 1)}
    return {"line": changed.line, "operation": changed.operation, "right": WORDS[verdict], "because": because, **wrong}


def in_range(field: str, draw: int) -> Figures | None:
    """Return four values of one field: `right` is accepted, `client_1` is refused by the client, `service_1` and
    `service_2` by the service, each with its reason (`right_says` and so on)."""
    path, values = RANGES[field]
    found: dict[str, list[tuple[object, str]]] = {}
    for value in Random(draw).sample(values, len(values)):
        verdict, because = judged(Change("UpdateEndpoint", path, value))
        found.setdefault(verdict, []).append((value, because))
    chosen = {
        "right": found["sound"][0],
        "client_1": found["client"][0],
        "service_1": found["service"][0],
        "service_2": found["service"][1],
    }
    return {"name": field, **{name: f"{value}" for name, (value, _) in chosen.items()}} | {
        f"{name}_says": because for name, (_, because) in chosen.items()
    }


def some(draw: int, verdict: str, count: int) -> Figures | None:
    """Return five changed lines, of which `count` have this verdict: `hit_1` and so on, and `miss_1` and so on for
    the others, of other fields each, with reasons (`hit_1_says`)."""
    hits: list[tuple[str, str]] = []
    misses: list[tuple[str, str]] = []
    for change, found, because in _of_different_fields(draw):
        if found == verdict and len(hits) < count:
            hits.append((change.line, f"{because}"))
        elif found != verdict and len(misses) < 5 - count:
            misses.append((change.line, f"{WORDS[found]}. {because}"))
    if len(hits) < count or len(misses) < 5 - count:
        return None
    figures = {f"{name}_{k}": line for name, rows in _named(hits, misses) for k, (line, _) in enumerate(rows, 1)}
    return figures | {
        f"{name}_{k}_says": why for name, rows in _named(hits, misses) for k, (_, why) in enumerate(rows, 1)
    }


def _named(hits: list[tuple[str, str]], misses: list[tuple[str, str]]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    yield "hit", hits
    yield "miss", misses


def one_of_each(draw: int) -> Figures | None:
    """Return a line for each verdict, `client_line` to `sound_line`, with reasons (`client_says`), and the verdicts'
    names `client` to `sound`."""
    found: dict[str, tuple[str, str]] = {}
    for change, verdict, because in _of_different_fields(draw):
        found.setdefault(verdict, (f"{change.operation}, {change.line}", because))
    if len(found) < len(WORDS):
        return None
    lines = {f"{verdict}_line": line for verdict, (line, _) in found.items()}
    return {**lines, **{f"{verdict}_says": say for verdict, (_, say) in found.items()}, **dict(WORDS.items())}


def _of_different_fields(draw: int) -> Iterator[tuple[Change, Verdict, str]]:
    """Yield changes in an order by chance, one of each field."""
    seen: set[str | int] = set()
    for place in Random(draw).sample(range(len(CHANGES)), len(CHANGES)):
        change = CHANGES[place]
        if change.path[-1] not in seen:
            seen.add(change.path[-1])
            yield (change, *of_change(place))


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


def left_out(draw: int) -> Figures | None:
    """Return four fields: the client sends the request without `free`, and not without `needed_1` to `needed_3`. Each
    has the reason (`free_says`), and `free` says what becomes of the request then."""
    chance = Random(draw)
    fields = [*chance.sample(OPTIONAL, 1), *chance.sample(NEEDED, 3)]
    found = [(f"{each.path[-1]} of {each.operation}", *judged(each)) for each in fields]
    free = [(name, f"{WORDS[verdict]}. {why}") for name, verdict, why in found if verdict != "client"]
    needed = [(name, why) for name, verdict, why in found if verdict == "client"]
    if len(free) != 1:
        return None
    figures = {"free": free[0][0], "free_says": free[0][1]}
    for k, (name, why) in enumerate(needed, 1):
        figures |= {f"needed_{k}": name, f"needed_{k}_says": why}
    return dict(figures)


MESSAGES: Mapping[str, str] = {
    "Missing required parameter": "Missing required parameter ...",
    "Unknown parameter": "Unknown parameter ..., must be one of ...",
    "Invalid type": "Invalid type for parameter ...",
    "valid min value": "Invalid value for parameter ..., valid min value ...",
    "satisfy enum value set": "... Member must satisfy enum value set ...",
    "less than or equal to": "... Member must have value less than or equal to ...",
    "regular expression": "... Member must satisfy regular expression pattern ...",
}
"""How messages of client and service are told apart, and how they are shown."""


def messages(draw: int) -> Figures | None:
    """Return four lines, `line_1` to `line_4`, the message that each one gets (`message_1`), who says so (`by_1`), and
    a message that belongs to none of them, `other`."""
    found: dict[str, tuple[str, Verdict]] = {}
    for change, verdict, because in _of_different_fields(draw):
        shown = [text for mark, text in MESSAGES.items() if mark in because]
        if verdict in ("client", "service") and shown:
            found.setdefault(shown[0], (f"{change.operation}, {change.line}", verdict))
    left = [text for text in MESSAGES.values() if text not in found]
    if len(found) < 4:
        return None
    figures = {"other": (left + list(found)[4:])[0]}
    for k, (message, (line, verdict)) in enumerate(list(found.items())[:4], 1):
        figures |= {f"line_{k}": line, f"message_{k}": message, f"by_{k}": verdict}
    return dict(figures)
