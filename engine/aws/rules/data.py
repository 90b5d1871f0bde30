"""What CloudWatch refuses in PutMetricData beside its shape (spec cloudwatch 5)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.calls import Call
from engine.aws.finding import Finding, Severity
from engine.aws.shapes.partial import Unknown
from engine.aws.translation.reading_data import WrongData, read_metric_data
from engine.requests.refusal import NOT_SIMULATED


def data_refusals(call: Call) -> Iterator[Finding]:
    """Yield the first thing that is wrong with the data, in AWS's words."""
    if call.operation != "PutMetricData":
        return
    try:
        read_metric_data(call.request)
    except WrongData as wrong:
        severity: Severity = "not-simulated" if wrong.code == NOT_SIMULATED else "service"
        yield Finding(call.at(*wrong.at), severity, wrong.say, answer=wrong.say)
    except Unknown:
        return
