"""What CloudWatch refuses in a composite alarm beside its shape (spec cloudwatch 9)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.calls import Call
from engine.aws.finding import Finding
from engine.aws.shapes.partial import as_far_as_known
from engine.cloudwatch.composite.rule import parse_rule
from engine.cloudwatch.composite.syntax import RuleError

WAITS = ("ActionsSuppressorWaitPeriod", "ActionsSuppressorExtensionPeriod")
LONGEST_WAIT_S = 604_800
"""No limit is published; the simulation stops at a week."""


def composite_refusals(call: Call) -> Iterator[Finding]:
    """Yield what CloudWatch refuses in a PutCompositeAlarm."""
    if call.operation != "PutCompositeAlarm":
        return
    yield from as_far_as_known(_rule(call))
    for field in WAITS:
        yield from as_far_as_known(_wait(call, field))


def _wait(call: Call, field: str) -> Iterator[Finding]:
    if field in call.request and "ActionsSuppressor" not in call.request:
        say = f"{field} requires an ActionsSuppressor: it says how long to wait for that alarm. Add one, or leave"
        yield Finding(call.at(field), "service", f"{say} {field} out.")
    elif field in call.request and call.request[field] < 0:
        yield Finding(call.at(field), "service", f"{field} must be from 0, in seconds. Write 60.")
    if "ActionsSuppressor" in call.request and field not in call.request:
        yield Finding(call.path, "service", f"ActionsSuppressor needs {field}. Add it, for example {field}: 60.")


def _rule(call: Call) -> Iterator[Finding]:
    try:
        parse_rule(call.request["AlarmRule"])
    except RuleError as error:
        yield Finding(call.at("AlarmRule"), "service", f"AlarmRule {error}.")
