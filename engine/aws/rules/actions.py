"""What CloudWatch refuses in the actions of an alarm: ARNs that it cannot act on (spec cloudwatch 6, 7, 9).

The sentences about vendors, Regions and anomaly detection are AWS's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.aws.calls import Call
from engine.aws.finding import Finding, Wrong, shortened
from engine.aws.shapes.partial import as_far_as_known
from engine.requests.arns import ACCOUNT, REGION
from engine.requests.fields import Raw

FIELDS = ("AlarmActions", "OKActions", "InsufficientDataActions")
PARTS = 6
"""Of an ARN: arn, partition, vendor, Region, account and resource."""
FOR_ALL = ("sns", "lambda", "ssm", "ssm-incidents", "aiops")
OF_INSTANCES = ("automate", "swf")
"""Vendors that stop, terminate, reboot and recover EC2 instances."""
OF_ONE_REGION = ("automate", "sns")
"""Vendors that an alarm asks in its own Region alone. A topic of another one is refused with the same sentence, as seen
in https://github.com/cds-snc/notification-terraform/pull/128; of the other vendors it is not known."""
VENDORS: Mapping[str, tuple[str, ...]] = {
    "PutMetricAlarm": (*FOR_ALL, *OF_INSTANCES, "autoscaling"),
    "PutCompositeAlarm": FOR_ALL,
}
"""Those that the service model lists for each kind of alarm."""
TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:alarms"


def action_refusals(call: Call) -> Iterator[Finding]:
    """Yield what CloudWatch refuses in the actions of a metric alarm or a composite one."""
    if call.operation not in VENDORS:
        return
    for field in FIELDS:
        for index, action in enumerate(as_far_as_known(_actions(call, field))):
            for wrong in as_far_as_known(_wrong(call, action)):
                yield wrong.at(call.at(field, index))


def _actions(call: Call, field: str) -> Iterator[str]:
    yield from call.request.get(field, ())


def _wrong(call: Call, action: str) -> Iterator[Wrong]:
    arn = action.split(":", PARTS - 1)
    if len(arn) < PARTS or arn[0] != "arn":
        yield Wrong(f"{shortened(action)} is no ARN, and an action is one.", f"Write one such as {TOPIC}.")
        return
    vendor, region = arn[2], arn[3]
    if vendor not in VENDORS[call.operation]:
        possible = ", ".join(VENDORS[call.operation])
        remedy = f"Such an alarm acts by {possible}: write one such as {TOPIC}."
        yield Wrong(f"Unsupported AWS vendor {vendor}.", remedy)
    elif vendor in OF_ONE_REGION and region != REGION:
        right = ":".join([*arn[:3], REGION, *arn[4:]])
        yield Wrong(f"Invalid region {region} specified. Only {REGION} is supported.", f"Write {right}.")
    elif vendor in OF_INSTANCES:
        yield from _in_math(call.request)
    elif vendor == "autoscaling" and "ThresholdMetricId" in call.request:
        said = "autoscaling actions not supported when ThresholdMetricId is set."
        yield Wrong(said, f"Notify a topic, such as {TOPIC}.")


def _in_math(alarm: Raw) -> Iterator[Wrong]:
    if "Metrics" in alarm:
        yield Wrong("An alarm with Metrics cannot act on an EC2 instance.", f"Notify a topic, such as {TOPIC}.")
