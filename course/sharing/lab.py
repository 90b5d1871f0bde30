"""What a plan has saved, by the figures of its grade: the learner's plan beside the unguarded update, on the very same
requests."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from labs.report.summary import Bar, Summary

if TYPE_CHECKING:
    from labs.lab import Lab

HARM = ("harmed", "blast-radius", "exposed", "time-to-detect", "time-to-recover", "missed")
"""Measures of what happens to users; a lab that has one of them is about harm, whatever else it asks for."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a saving is counted in."""

    write: str
    """How a figure is written."""
    of: str = ""
    """What stands behind the figures, in words."""
    without: str = "without a guard"
    """What the plan is held against."""


HARMED = Kind("{:,.0f}", " requests harmed")
MONEY = Kind("${:,.2f}")
MISSED = Kind("{:.1%}", " of the requests missed", "with nothing sent")
"""For a lab that is about serving what comes."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A figure under the learner's plan and without it."""

    yours: float
    unguarded: float
    kind: Kind

    @property
    def say(self) -> str:
        """The saving in a few words."""
        write = self.kind.write.format
        return f"{write(self.yours)} instead of {write(self.unguarded)}{self.kind.of}"

    @property
    def bars(self) -> tuple[Bar, Bar]:
        """Both, one below the other."""
        write = self.kind.write.format
        return (
            Bar(self.kind.without, self.unguarded, write(self.unguarded), good=False),
            Bar("with your plan", self.yours, write(self.yours)),
        )


def saved(lab: Lab, grade: Mapping[str, Any]) -> Saved | None:
    """Return what a graded plan saved, on the release on which that is most; None where it saved nothing that a grade
    counts. `grade` is one as `labs.grading.record.view` writes it and a history keeps it, so it may be of any shape.

    A lab whose goals are about cost and not about harm tells of money, any other of harm, and if there is none of that,
    of the other one. A lab about serving tells of the requests that missed: sending nothing costs less, and serves few.
    """
    for kind in _kinds(lab):
        found = [each for each in _pairs(grade, kind) if _is_less(each)]
        if found:
            return max(found, key=lambda each: each.unguarded - each.yours)
    return None


def _kinds(lab: Lab) -> tuple[Kind, ...]:
    measures = {goal.measure for goal in lab.goals}
    if lab.serves:
        return (MISSED,)
    return (MONEY, HARMED) if "cost" in measures and not measures.intersection(HARM) else (HARMED, MONEY)


def lab_summary(lab: Lab, grade: Mapping[str, Any]) -> Summary:
    """Return what there is to show of a plan that passed."""
    gain = saved(lab, grade)
    goals, seeds = _listed(grade, "goals"), _listed(grade, "seeds")
    score = _number(grade.get("score"))
    passed = f"Passed: {len(goals)} of {len(goals)} goals" + ("" if score is None else f", score {score:.0f} of 100")
    same = "Both met the very same requests" + (f", on average of {len(seeds)} days of traffic" if seeds else "") + "."
    return Summary(
        name=f"{lab.id}-share",
        title=lab.title,
        headline=gain.say if gain else passed,
        bars=gain.bars if gain else (),
        lines=(same, f"{passed}.") if gain else (),
    )


def _pairs(grade: Mapping[str, Any], kind: Kind) -> list[Saved]:
    unguarded = _mapping(_mapping(grade.get("compared")).get("unguarded"))
    pairs = []
    for release, yours in _mapping(grade.get("releases")).items():
        figures = (_figure(yours, kind), _figure(unguarded.get(release), kind))
        if figures[0] is not None and figures[1] is not None:
            pairs.append(Saved(figures[0], figures[1], kind))
    return pairs


def _is_less(pair: Saved) -> bool:
    """Is it less also as it is written?"""
    write = pair.kind.write.format
    return pair.yours < pair.unguarded and write(pair.yours) != write(pair.unguarded)


def _figure(result: object, kind: Kind) -> float | None:
    row = _mapping(result)
    if kind == MISSED:
        return _number(_mapping(row.get("measured")).get("missed-share"))
    return _number(row.get("cost_usd") if kind == MONEY else _mapping(row.get("harmed")).get("mean"))


def _number(value: object) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0:
        return float(value)
    return None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _listed(grade: Mapping[str, Any], key: str) -> list[Any]:
    value = grade.get(key)
    return value if isinstance(value, list) else []
