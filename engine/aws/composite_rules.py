"""What CloudWatch refuses in a composite alarm beside its shape (spec cloudwatch 9)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.calls import Call
from engine.aws.finding import Finding

WAITS = ("ActionsSuppressorWaitPeriod", "ActionsSuppressorExtensionPeriod")
LONGEST_WAIT_S = 604_800
"""No limit is published; the simulation stops at a week."""


def composite_refusals(call: Call) -> Iterator[Finding]:
    """Yield what CloudWatch refuses in a PutCompositeAlarm."""
    if call.operation != "PutCompositeAlarm":
        return
    for field in WAITS:
        if field in call.request and not 0 <= call.request[field] <= LONGEST_WAIT_S:
            yield Finding(call.at(field), "service", f"{field} must be from 0 to {LONGEST_WAIT_S} seconds.")
        if "ActionsSuppressor" in call.request and field not in call.request:
            yield Finding(call.path, "service", f"ActionsSuppressor needs {field}. Add it, for example {field}: 60.")
    say = _rule_error(call.request["AlarmRule"])
    if say:
        yield Finding(call.at("AlarmRule"), "service", say)


def children(rule: str) -> frozenset[str]:
    """Return the names of the alarms that a rule looks at; the rule must be right."""
    try:
        from engine.cloudwatch.composite import parse_rule
    except ImportError:
        return frozenset()
    return frozenset(parse_rule(rule).alarms())


def _rule_error(rule: str) -> str | None:
    """Return what is wrong with the rule's grammar, or None."""
    try:
        from engine.cloudwatch.composite import parse_rule
    except ImportError:
        return None
    try:
        parse_rule(rule)
    except ValueError as error:
        return str(error)
    return None
