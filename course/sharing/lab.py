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
class Saved:
    """A figure under the learner's plan and without a guard."""

    yours: float
    unguarded: float
    money: bool
    """USD; otherwise requests."""

    @property
    def say(self) -> str:
        """The saving in a few words."""
        if self.money:
            return f"${self.yours:,.2f} instead of ${self.unguarded:,.2f}"
        return f"{self.yours:,.0f} instead of {self.unguarded:,.0f} requests harmed"

    @property
    def bars(self) -> tuple[Bar, Bar]:
        """Both, one below the other."""
        write = "${:,.2f}" if self.money else "{:,.0f}"
        return (
            Bar("without a guard", self.unguarded, write.format(self.unguarded), good=False),
            Bar("with your plan", self.yours, write.format(self.yours)),
        )


def saved(lab: Lab, grade: Mapping[str, Any]) -> Saved | None:
    """Return what a graded plan saved, on the release on which that is most; None where it saved nothing that a grade
    counts. `grade` is one as `labs.grading.record.view` writes it and a history keeps it, so it may be of any shape.

    A lab whose goals are about cost and not about harm tells of money, any other of harm, and if there is none of that,
    of the other one.
    """
    measures = {goal.measure for goal in lab.goals}
    about_money = "cost" in measures and not measures.intersection(HARM)
    for money in (about_money, not about_money):
        found = [each for each in _pairs(grade, money=money) if _is_less(each)]
        if found:
            return max(found, key=lambda each: each.unguarded - each.yours)
    return None


def lab_summary(lab: Lab, grade: Mapping[str, Any]) -> Summary:
    """Return what there is to show of a plan that passed."""
    gain = saved(lab, grade)
    goals, seeds = _listed(grade, "goals"), _listed(grade, "seeds")
    score = _number(grade.get("score"))
    passed = (
        f"Passed: {len(goals)} of {len(goals)} goals" + ("" if score is None else f", score {score:.0f} of 100") + "."
    )
    same = "Both met the very same requests" + (f", on average of {len(seeds)} days of traffic" if seeds else "") + "."
    return Summary(
        name=f"{lab.id}-share",
        title=lab.title,
        headline=gain.say if gain else "Passed.",
        bars=gain.bars if gain else (),
        lines=(same, passed) if gain else (passed,),
    )


def _pairs(grade: Mapping[str, Any], *, money: bool) -> list[Saved]:
    unguarded = _mapping(_mapping(grade.get("compared")).get("unguarded"))
    pairs = []
    for release, yours in _mapping(grade.get("releases")).items():
        figures = (_figure(yours, money=money), _figure(unguarded.get(release), money=money))
        if figures[0] is not None and figures[1] is not None:
            pairs.append(Saved(figures[0], figures[1], money))
    return pairs


def _is_less(pair: Saved) -> bool:
    """Is it less also as it is written?"""
    digits = 2 if pair.money else 0
    return round(pair.yours, digits) < round(pair.unguarded, digits)


def _figure(result: object, *, money: bool) -> float | None:
    row = _mapping(result)
    return _number(row.get("cost_usd") if money else _mapping(row.get("harmed")).get("mean"))


def _number(value: object) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0:
        return float(value)
    return None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _listed(grade: Mapping[str, Any], key: str) -> list[Any]:
    value = grade.get(key)
    return value if isinstance(value, list) else []
