"""What several policies come to, and why nothing happens where nothing does (spec inference 1.5, 1.9)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

NotScaledCode = Literal[
    "AutoScalingAnticipatedFlapping",
    "TargetServicePutResourceAsUnscalable",
    "AlreadyAtMaxCapacity",
    "AlreadyAtMinCapacity",
    "AlreadyAtDesiredCapacity",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What one policy asks for, whose alarm is in ALARM."""

    policy: str
    alarm: str
    capacity: int
    tracks: bool
    """Does it track a target?"""
    side: Literal["out", "in"]
    """Of a tracking policy which of its two alarms it is; a step policy goes wherever its steps lead."""
    cooldown_s: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which numbers a capacity stays."""

    low: int
    high: int

    def clamped(self, capacity: int) -> int:
        """Return the nearest capacity within them."""
        return min(max(capacity, self.low), self.high)


def combined(asks: Sequence[Ask], current: int, must_agree: Collection[str]) -> Ask | None:
    """Return the ask that wins: the largest one, and scaling in only if nobody scales out.

    One that would scale out and comes to what there is stands for why nothing happens, if nobody scales in.

    `must_agree` names the tracking policies that may scale in: they do so together, or not at all. The steps of others
    are not held back by them.
    """
    outs = [ask for ask in asks if ask.capacity > current]
    if outs:
        return max(outs, key=_capacity)
    tracking = [ask for ask in asks if ask.tracks and ask.side == "in"]
    agreed = {ask.policy for ask in tracking} >= set(must_agree)
    ins = [ask for ask in asks if not ask.tracks and ask.capacity < current] + (tracking if agreed else [])
    return max(ins, key=_capacity, default=None) or next((ask for ask in asks if ask.side == "out"), None)


def _capacity(ask: Ask) -> int:
    return ask.capacity


def not_scaled(ask: Ask, current: int, bounds: Bounds) -> NotScaledCode | None:
    """Return why the ask that won changes nothing; None where it does."""
    if bounds.clamped(ask.capacity) != current:
        return None
    if ask.capacity > current:
        return "AlreadyAtMaxCapacity"
    if ask.capacity < current or (ask.side == "in" and current == bounds.low):
        return "AlreadyAtMinCapacity"
    if ask.tracks and ask.side == "in":
        return "AutoScalingAnticipatedFlapping" if current else "AlreadyAtMinCapacity"
    return "AlreadyAtDesiredCapacity"
