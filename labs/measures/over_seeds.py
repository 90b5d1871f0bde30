"""Is a goal met? One figure held against one bound, over all seeds."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from engine.run import Outcome
from labs.exercise.goal import GoalResult
from labs.grade import ReleaseResult
from labs.lab import Lab, LabGoal
from labs.measures.one_run import Measured
from labs.measures.registry import MEASURES, Number, Relative, Share

Results = Mapping[str, Sequence[Measured]]

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


def judge(goal: LabGoal, results: Results, unguarded: Results, lab: Lab) -> GoalResult:
    """Hold one goal against what was measured on its release."""
    mine, bare, release = results[goal.release], unguarded[goal.release], lab.release(goal.release)
    counts = [release.expect == "served" or _put_to_the_test(run, results) for run in mine]
    if len({run.outcome for run in mine}) == 1 and not any(counts):
        instead = _NOTHING_DONE[mine[0].outcome]
        goal = replace(goal, say=instead[0], hints=instead[1:])
    match MEASURES[goal.measure]:
        case Share(of=happened, words=words):
            return _share(goal, [happened(run, release) for run in mine], words)
        case Number() as number:
            return _number(goal, _where(counts, [run[number] for run in mine]), number.words)
        case Relative(of=number, words=words):
            shares = [_ratio(run[number], other[number]) for run, other in zip(mine, bare, strict=True)]
            return _number(goal, _where(counts, shares), words)


def measured_say(result: ReleaseResult) -> str:
    """Return the figures of a release that a lab about serving shows, in words."""
    return "; ".join(_say(name, figure) for name, figure in result.measured.items())


def _say(name: str, figure: float | None) -> str:
    measure = MEASURES[name]
    if not isinstance(measure, Number):
        return f"{name}: never"
    return measure.never if figure is None else measure.words(figure)


def _put_to_the_test(run: Measured, results: Results) -> bool:
    """Was a release put to the test? Also where the plan decides to update nothing, if it would have updated another
    release."""
    if run.outcome != "no-update":
        return run.outcome not in _NOTHING_DONE
    return run.by_weights or any(each.outcome not in _NOTHING_DONE for runs in results.values() for each in runs)


def _where(counts: Sequence[bool], figures: Sequence[float | None]) -> list[float | None]:
    """Return the figures; None for a run that updated nothing, which cannot be quick, cheap or harmless."""
    return [figure if count else None for count, figure in zip(counts, figures, strict=True)]


def _ratio(mine: float, other: float) -> float:
    return mine / other if other else 0.0


def _share(goal: LabGoal, happened: Sequence[bool], words: str) -> GoalResult:
    """A share of the seeds: it needs `at_least` or `at_most`, and else `in`."""
    hits, of = sum(happened), len(happened)
    if goal.at_most is not None:
        most = math.floor(goal.at_most * of + 1e-9)
        passed, needed = hits <= most, f"at most {most} of {of}"
    else:
        least = _least(goal.in_ if goal.at_least is None else goal.at_least, of)
        passed, needed = hits >= least, f"at least {least} of {of}"
    said = f"{hits} of {of} {words}"
    return GoalResult.of(goal, passed=passed, measured=hits / of, measured_say=said, needed=needed)


def _number(goal: LabGoal, values: Sequence[float | None], words: Callable[[float], str]) -> GoalResult:
    """A number per seed, within the bound in the share `in` of the seeds."""
    held, of = sum(map(goal.holds, values)), len(values)
    least = _least(goal.in_, of)
    figure = _figure(goal, values, least)
    bounds = [f"at most {words(goal.at_most)}"] if goal.at_most is not None else []
    bounds += [f"at least {words(goal.at_least)}"] if goal.at_least is not None else []
    return GoalResult.of(
        goal,
        passed=held >= least,
        measured=figure,
        measured_say="never in most runs" if figure is None else f"{words(figure)} ({held} of {of} runs within)",
        needed=f"{' and '.join(bounds)} in {least} of {of}",
    )


def _least(share: float, of: int) -> int:
    """Return the smallest number of seeds that is this share of them."""
    return math.ceil(share * of - 1e-9)


def _figure(goal: LabGoal, values: Sequence[float | None], least: int) -> float | None:
    """Return the value that must lie within the bound: the `least`-th best; None if that run has none."""
    better_low = goal.at_most is not None
    known = sorted((v for v in values if v is not None), reverse=not better_low)
    return known[least - 1] if len(known) >= least else None
