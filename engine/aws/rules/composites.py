"""What CloudWatch refuses in a composite alarm beside its shape (spec cloudwatch 9)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.calls import Call
from engine.aws.finding import Finding, Wrong
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
        remedy = f"Add one, or leave {field} out."
        wrong = Wrong(f"{field} requires an ActionsSuppressor: it says how long to wait for that alarm.", remedy)
        yield wrong.at(call.at(field))
    elif field in call.request and call.request[field] < 0:
        yield Wrong(f"{field} must be from 0, in seconds.", "Write 60.").at(call.at(field))
    if "ActionsSuppressor" in call.request and field not in call.request:
        yield Wrong(f"ActionsSuppressor needs {field}.", f"Add it, for example {field}: 60.").at(call.path)


def _rule(call: Call) -> Iterator[Finding]:
    try:
        parse_rule(call.request["AlarmRule"])
    except RuleError as error:
        yield Wrong(f"AlarmRule {error}.", answer=error.answer).at(call.at("AlarmRule"))
