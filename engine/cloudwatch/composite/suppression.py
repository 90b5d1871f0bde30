"""When a composite alarm's actions run although a suppressor may hold them back (spec cloudwatch 9).

A pure step: the state of the suppression and an event give the next state and the actions that run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, assert_never

from engine.requests.cloudwatch import AlarmState, CompositeAlarm

SuppressedBy = Literal["WaitPeriod", "ExtensionPeriod", "Alarm"]
"""ActionsSuppressedBy."""


@dataclass(frozen=True, slots=True)
class CompositeChanged:
    """The composite alarm went to another state."""

    state: AlarmState


@dataclass(frozen=True, slots=True)
class SuppressorChanged:
    """The suppressor went to another state."""

    state: AlarmState


@dataclass(frozen=True, slots=True)
class SuppressorReplaced:
    """Another alarm, in this state, has become the suppressor."""

    state: AlarmState


@dataclass(frozen=True, slots=True)
class TimePassed:
    """Nothing but time; a period may have ended."""


Event = CompositeChanged | SuppressorChanged | SuppressorReplaced | TimePassed


@dataclass(frozen=True, slots=True)
class Action:
    """The actions of a state, and when they run."""

    t: float
    state: AlarmState


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """Where the actions of one composite alarm stand."""

    composite: AlarmState = "INSUFFICIENT_DATA"
    suppressor: AlarmState = "INSUFFICIENT_DATA"
    suppressed_by: SuppressedBy | None = None
    until: float | None = None
    """When the wait or the extension ends."""
    owed: bool = False
    """Has a change been held back? Without one nothing runs when an extension ends: actions run on change only."""
    acted: tuple[Action, ...] = ()
    """What the step that led here has let run, in order."""

    @property
    def reason(self) -> str | None:
        """ActionsSuppressedReason; AWS prints the sentence for the wait, the others are like it."""
        return None if self.suppressed_by is None else f"Actions suppressed by {self.suppressed_by}"


def step(before: Suppression, event: Event, t: float, alarm: CompositeAlarm) -> Suppression:
    """Return where things stand after `event` at `t`, in seconds.

    A change at the very moment in which a period ends still falls into the period: alarms move once a minute, and
    AWS advises periods of 60 s to bridge one such step.
    """
    now = replace(before, acted=())
    ended = now.until is not None and (now.until < t or (now.until == t and isinstance(event, TimePassed)))
    if ended and now.until is not None:
        now = _act(now, now.until)
    match event:
        case CompositeChanged(state):
            return _composite_changed(replace(now, composite=state, owed=True), t, alarm)
        case SuppressorChanged(state):
            return _suppressor_changed(replace(now, suppressor=state), now.suppressor, t, alarm)
        case SuppressorReplaced(state):
            by: SuppressedBy | None = "Alarm" if state == "ALARM" else None
            return replace(now, suppressor=state, suppressed_by=by, until=None)
        case TimePassed():
            return now
        case _:
            assert_never(event)


def _composite_changed(now: Suppression, t: float, alarm: CompositeAlarm) -> Suppression:
    if alarm.actions_suppressor is None:
        return _act(now, t)
    if now.suppressor == "ALARM":
        return replace(now, suppressed_by="Alarm", until=None)
    return replace(now, suppressed_by="WaitPeriod", until=t + alarm.actions_suppressor_wait_period)


def _suppressor_changed(now: Suppression, was: AlarmState, t: float, alarm: CompositeAlarm) -> Suppression:
    if now.suppressor == "ALARM":
        return replace(now, suppressed_by="Alarm", until=None)
    if was != "ALARM":
        return now
    until = t + alarm.actions_suppressor_extension_period
    return replace(now, suppressed_by="ExtensionPeriod", until=until)


def _act(now: Suppression, t: float) -> Suppression:
    """Run the actions of the current state if a change is owed, and suppress nothing any more."""
    ran = (Action(t, now.composite),) if now.owed else ()
    return replace(now, suppressed_by=None, until=None, owed=False, acted=(*now.acted, *ran))
