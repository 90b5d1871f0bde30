"""Is a goal met? One figure held against one bound, over all seeds."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from engine.run import Outcome
from labs.grade import GoalResult
from labs.lab import Goal, Lab, MeasureName, Release
from labs.measures.one_run import Measured

Results = Mapping[str, Sequence[Measured]]

_NUMBERS: Mapping[MeasureName, Callable[[Measured], float | None]] = {
    "harmed": lambda m: m.harmed,
    "exposed": lambda m: m.exposed,
    "time-to-detect": lambda m: m.time_to_detect_s,
    "time-to-recover": lambda m: m.time_to_recover_s,
    "duration": lambda m: m.duration_s,
    "extra-instance-minutes": lambda m: m.extra_instance_minutes,
    "cost": lambda m: m.cost_usd,
}
"""Measures with a number per run. To add one: a field of Measured, a name in MeasureName, a line here and one in
`_WORDS`."""

_WORDS: Mapping[MeasureName, Callable[[float], str]] = {
    "promoted": lambda v: "promoted",
    "rolled-back": lambda v: "rolled back",
    "false-rollback": lambda v: "rolled back for nothing",
    "missed": lambda v: "let through",
    "harmed": lambda v: f"{v:,.0f} requests harmed",
    "blast-radius": lambda v: f"{v:.1%} of the harm without a guard",
    "exposed": lambda v: f"{v:.1%} of the traffic exposed",
    "time-to-detect": lambda v: f"{v:,.0f} s to detect",
    "time-to-recover": lambda v: f"{v:,.0f} s to recover",
    "duration": lambda v: f"{v / 60:,.1f} min long",
    "extra-instance-minutes": lambda v: f"{v:,.0f} extra instance-minutes",
    "cost": lambda v: f"${v:,.2f}",
}

_NOTHING_DONE: Mapping[Outcome, tuple[str, str]] = {
    "no-update": (
        "The plan updated nothing, so no release was put to the test.",
        "Add UpdateEndpoint with the endpoint's name and the new configuration.",
    ),
    "refused": (
        "The update was refused, so no release was put to the test.",
        "Look at the events of a run: the refusal is among them, with its reason.",
    ),
}
"""What is said of a missed goal, and a hint, where no run has an update that a goal's own words could be about."""


def judge(goal: Goal, results: Results, unguarded: Results, lab: Lab) -> GoalResult:
    """Hold one goal against what was measured on its release."""
    release = lab.release(goal.release)
    mine, bare = results[goal.release], unguarded[goal.release]
    if goal.measure in ("promoted", "rolled-back", "false-rollback", "missed"):
        passed, measured, measured_say, needed = _share(goal, release, mine)
    else:
        passed, measured, measured_say, needed = _number(goal, mine, bare)
    instead = _NOTHING_DONE.get(mine[0].outcome) if len({run.outcome for run in mine}) == 1 else None
    say, *hints = instead or (goal.say, *goal.hints)
    return GoalResult(
        id=goal.id,
        title=goal.title,
        passed=passed,
        measured=measured,
        measured_say=measured_say,
        needed=needed,
        say="" if passed else say,
        hints=tuple(hints),
    )


Judged = tuple[bool, float | None, str, str]


def _share(goal: Goal, release: Release, runs: Sequence[Measured]) -> Judged:
    """A share of the seeds: it needs `at_least` or `at_most`, and else `in`."""
    hits, of = sum(_happened(goal.measure, release, run) for run in runs), len(runs)
    share = hits / of
    said = f"{hits} of {of} {_WORDS[goal.measure](share)}"
    if goal.at_most is not None:
        most = math.floor(goal.at_most * of + 1e-9)
        return hits <= most, share, said, f"at most {most} of {of}"
    least = math.ceil((goal.in_ if goal.at_least is None else goal.at_least) * of - 1e-9)
    return hits >= least, share, said, f"at least {least} of {of}"


def _happened(name: MeasureName, release: Release, run: Measured) -> bool:
    match name:
        case "promoted":
            return run.outcome == "promoted"
        case "rolled-back":
            return run.outcome == "rolled-back"
        case "false-rollback":
            return release.expect == "promoted" and run.outcome != "promoted"
        case _:
            return release.expect == "rolled-back" and run.outcome == "promoted"


def _number(goal: Goal, runs: Sequence[Measured], bare: Sequence[Measured]) -> Judged:
    """A number per seed, within the bound in the share `in` of the seeds."""
    values = [_value(goal.measure, run, other) for run, other in zip(runs, bare, strict=True)]
    held = sum(value is not None and _within(goal, value) for value in values)
    least = math.ceil(goal.in_ * len(values) - 1e-9)
    figure = _figure(goal, values, least)
    words = _WORDS[goal.measure]
    said = "never in most runs" if figure is None else f"{words(figure)} ({held} of {len(values)} runs within)"
    bounds = [f"at most {words(goal.at_most)}"] if goal.at_most is not None else []
    bounds += [f"at least {words(goal.at_least)}"] if goal.at_least is not None else []
    return held >= least, figure, said, f"{' and '.join(bounds)} in {least} of {len(values)}"


def _value(name: MeasureName, run: Measured, bare: Measured) -> float | None:
    """Return the figure of one run; None for a plan that updated nothing, which cannot be quick, cheap or harmless."""
    if run.outcome in ("refused", "no-update"):
        return None
    if name == "blast-radius":
        return run.harmed / bare.harmed if bare.harmed else 0.0
    return _NUMBERS[name](run)


def _within(goal: Goal, value: float) -> bool:
    return (goal.at_most is None or value <= goal.at_most) and (goal.at_least is None or value >= goal.at_least)


def _figure(goal: Goal, values: Sequence[float | None], least: int) -> float | None:
    """Return the value that must lie within the bound: the `least`-th best; None if that run has none."""
    better_low = goal.at_most is not None
    known = sorted((v for v in values if v is not None), reverse=not better_low)
    return known[least - 1] if len(known) >= least else None
