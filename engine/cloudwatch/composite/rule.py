"""Composite alarms: their rules, their limits and the order in which they depend on each other (spec cloudwatch 9)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import Literal, assert_never

from engine.cloudwatch.composite.syntax import (
    AtLeast,
    Condition,
    Constant,
    InState,
    Joined,
    Not,
    Parsed,
    RuleError,
    alarm_name,
    parse,
)
from engine.requests.cloudwatch import AlarmState, CompositeAlarm

MAX_CHILDREN = 100
MAX_ELEMENTS = 500
MAX_LENGTH = 10_240
"""Characters."""
BLANKS = "AlarmRule must not contain leading or trailing whitespace or be null"


@dataclass(frozen=True, slots=True)
class Rule:
    """An AlarmRule, read; get one from `parse_rule`."""

    parsed: Parsed
    children: tuple[str, ...]
    """Names of the alarms that it asks about, each once, in order of appearance."""

    def state(self, states: Mapping[str, AlarmState]) -> Literal["OK", "ALARM"]:
        """Return ALARM if the rule is true of these states, else OK; KeyError for an unknown child."""
        return "ALARM" if _holds(self.parsed.condition, states) else "OK"


@lru_cache(maxsize=1024)
def parse_rule(text: str) -> Rule:
    """Return the rule; RuleError, a ValueError, for what CloudWatch would refuse about it.

    That blanks at its ends are refused, which no document says, was seen by users, with AWS's sentence
    (hashicorp/terraform-provider-aws#19575).
    """
    if text != text.strip():
        raise RuleError("must not contain leading or trailing whitespace or be null", answer=BLANKS)
    if not 1 <= len(text) <= MAX_LENGTH:
        raise RuleError(f"an AlarmRule has 1 to {MAX_LENGTH} characters, this one has {len(text)}")
    parsed = parse(text)
    children = tuple(dict.fromkeys(_alarms(parsed.condition)))
    if len(children) > MAX_CHILDREN:
        raise RuleError(f"an AlarmRule may ask about {MAX_CHILDREN} alarms, this one asks about {len(children)}")
    if parsed.elements > MAX_ELEMENTS:
        raise RuleError(
            f"an AlarmRule may have {MAX_ELEMENTS} elements (alarms, TRUE, FALSE, pairs of parentheses), "
            f"this one has {parsed.elements}"
        )
    return Rule(parsed, children)


def needs_parentheses(text: str) -> bool:
    """Does the rule mix AND and OR so that its meaning hangs on their unpublished precedence?"""
    return parse_rule(text).parsed.mixed


def _holds(condition: Condition, states: Mapping[str, AlarmState]) -> bool:
    match condition:
        case Constant(value):
            return value
        case InState(state, alarm):
            return states[alarm] == state
        case Not(operand):
            return not _holds(operand, states)
        case Joined("AND", operands):
            return all(_holds(operand, states) for operand in operands)
        case Joined(_, operands):
            return any(_holds(operand, states) for operand in operands)
        case AtLeast(minimum, percent, state, negated, alarms):
            found = sum((states[alarm] == state) != negated for alarm in alarms)
            return found * 100 >= minimum * len(alarms) if percent else found >= minimum
        case _:
            assert_never(condition)


def _alarms(condition: Condition) -> Iterator[str]:
    match condition:
        case InState(_, alarm):
            yield alarm
        case Not(operand):
            yield from _alarms(operand)
        case Joined(_, operands):
            for operand in operands:
                yield from _alarms(operand)
        case AtLeast(_, _, _, _, alarms):
            yield from alarms


def problems(alarm: CompositeAlarm, known: Collection[str]) -> tuple[str, ...]:
    """Return what CloudWatch would refuse about an alarm, where alarms of the names `known` exist."""
    try:
        rule = parse_rule(alarm.alarm_rule)
    except RuleError as error:
        return (f"AlarmRule {error}.",)
    return tuple(_complaints(alarm, rule, known))


def missing_children(alarm: CompositeAlarm, known: Collection[str]) -> tuple[str, ...]:
    """Return the alarms that a rule asks about and that do not exist; none of a rule that cannot be read."""
    try:
        children = parse_rule(alarm.alarm_rule).children
    except RuleError:
        return ()
    return tuple(name for name in children if name not in known)


def _complaints(alarm: CompositeAlarm, rule: Rule, known: Collection[str]) -> Iterator[str]:
    if alarm.alarm_name in rule.children:
        yield f"AlarmRule asks about {alarm.alarm_name!r} itself."
    suppressor = alarm.actions_suppressor
    asked = rule.children if suppressor is None else (*rule.children, alarm_name(suppressor))
    for name in dict.fromkeys(asked):
        if name != alarm.alarm_name and name not in known:
            yield f"Alarm {name!r} does not exist; known: {', '.join(sorted(known)) or 'none'}."


def in_order(composites: Iterable[CompositeAlarm]) -> tuple[CompositeAlarm, ...]:
    """Return the alarms so that each comes after those it asks about; RuleError for a cycle."""
    by_name = {alarm.alarm_name: alarm for alarm in composites}
    if found := cycle(by_name.values()):
        raise RuleError(f"composite alarms ask about each other in a circle: {' -> '.join(found)}")
    return tuple(by_name[name] for name in _graph(by_name).static_order())


def cycle(composites: Iterable[CompositeAlarm]) -> tuple[str, ...]:
    """Return one circle of names, its first again at its end, or nothing.

    AWS stops evaluating such alarms, and none of them can be deleted until one rule is set to FALSE.
    """
    try:
        _graph({alarm.alarm_name: alarm for alarm in composites}).prepare()
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()


def _graph(by_name: Mapping[str, CompositeAlarm]) -> TopologicalSorter[str]:
    return TopologicalSorter(
        {
            name: [child for child in parse_rule(alarm.alarm_rule).children if child in by_name]
            for name, alarm in by_name.items()
        }
    )
