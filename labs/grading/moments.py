"""The moments that decided a grade, read off the runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.plan import Plan
from engine.run import Run
from engine.simulate import simulate
from engine.traffic.arrivals import Arrivals
from labs.baseline import without_update
from labs.exercise.exercise import Release
from labs.exercise.goal import GoalResult
from labs.grade import Moment
from labs.lab import Lab
from labs.measures.one_run import Measured
from labs.measures.registry import HARMED
from labs.measures.trial import Trial

MOST = 3
"""Moments told at most."""


def moments(
    lab: Lab, plan: Plan, goals: Sequence[GoalResult], results: Mapping[str, Sequence[Measured]]
) -> tuple[Moment, ...]:
    """Return two or three: from releases whose goals were missed first, then from the others."""
    missed = {goal.release for goal, result in zip(lab.goals, goals, strict=True) if not result.passed}
    ordered = sorted(lab.releases, key=lambda release: (release.id not in missed, release.expect == "promoted"))
    found: list[Moment] = []
    for release in ordered:
        seed = _typical(release, results[release.id])
        world, arrivals = lab.world_with(release), Arrivals(lab.world.workload, seed, keep=True)
        run = simulate(world, plan, seed, arrivals=arrivals, series=False)
        first = Trial.of(world, run, without_update(lab, release, arrivals)).first_harmed_s
        decided = run.deciding_alarm.t if run.deciding_alarm else None
        found += [
            Moment(release=release.id, seed=seed, t=t, say=say, decisive=t == decided)
            for t, say in sorted(_told(run, release, first))
        ]
        if len(found) >= MOST or (found and release.id not in missed):
            break
    return tuple(found[:MOST])


def _typical(release: Release, runs: Sequence[Measured]) -> int:
    """Return the seed to tell of: one that went wrong if any did, with the median harm among them."""
    wrong = [run for run in runs if run.outcome != release.expect] or list(runs)
    return sorted(wrong, key=lambda run: (run[HARMED], run.seed))[len(wrong) // 2].seed


def _told(run: Run, release: Release, first_harmed: float | None) -> Iterator[tuple[float, str]]:
    """Yield when something decided the run, and what."""
    start = run.update_started_s
    if start is None:
        yield 0.0, f"nothing was updated ({run.outcome})."
        return
    fired = run.deciding_alarm or next((c for c in run.alarms if c.to_state == "ALARM" and c.t >= start), None)
    if first_harmed is not None:
        yield (
            first_harmed,
            f"the first request was harmed at {_clock(first_harmed - start)}{_share(run, first_harmed)}.",
        )
    if run.deciding_alarm is not None:
        yield run.deciding_alarm.t, _decided(run, first_harmed, start)
    elif fired is not None:
        yield fired.t, f"{fired.alarm} went to ALARM at {_clock(fired.t - start)}, {_too_late(run, fired.t)}."
    elif release.expect == "rolled-back":
        yield run.ended_s, "no alarm ever went to ALARM, so nothing stopped the release."
    if run.outcome == "promoted" and release.expect == "rolled-back" and run.update_ended_s is not None:
        yield run.update_ended_s, f"the release had all traffic for good at {_clock(run.update_ended_s - start)}."


def _decided(run: Run, first_harmed: float | None, start: float) -> str:
    change = run.deciding_alarm
    assert change is not None
    if change.t < start:
        return f"{change.alarm} was in ALARM before the update began, so the first bake rolled back."
    after = "" if first_harmed is None else f", {max(0.0, change.t - first_harmed):.0f} s after the first harm"
    bake = next((p for p in run.phases if p.status == "Baking" and p.start <= max(change.t, p.start) <= p.end), None)
    where = f" while the update was {bake.say[0].lower()}{bake.say[1:].rstrip('.')}" if bake else ""
    return f"{change.alarm} went to ALARM at {_clock(change.t - start)}{after}{where}."


def _too_late(run: Run, t: float) -> str:
    bakes = [phase for phase in run.phases if phase.status == "Baking"]
    if not bakes:
        return "but this update has no bake in which anybody looks at it"
    if t > bakes[-1].end:
        return f"{t - bakes[-1].end:.0f} s after the last bake had ended"
    return "but the update does not name it in AutoRollbackConfiguration"


def _share(run: Run, t: float) -> str:
    shares = {config: share for config, share in run.traffic_at(t).items() if share}
    return ", with " + " and ".join(f"{share:.0%} on {config}" for config, share in shares.items()) if shares else ""


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
