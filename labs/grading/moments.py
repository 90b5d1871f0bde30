"""The moments that decided a grade, read off the runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

import numpy as np

from engine.run import AlarmTransition, Run
from engine.simulate import simulate
from engine.traffic.arrivals import Arrivals
from labs.baseline import without_update
from labs.exercise.exercise import Release
from labs.exercise.goal import GoalResult
from labs.grade import Moment
from labs.grading.per_run import Given, sent_in
from labs.lab import Lab
from labs.measures.one_run import Measured
from labs.measures.registry import HARMED, MISSED_SHARE
from labs.measures.serving import ENDED
from labs.measures.trial import Trial

MOST = 3
"""Moments told at most."""


def moments(
    lab: Lab, plan: Given, goals: Sequence[GoalResult], results: Mapping[str, Sequence[Measured]]
) -> tuple[Moment, ...]:
    """Return two or three: from releases whose goals were missed first, then from the others."""
    missed = {goal.release for goal, result in zip(lab.goals, goals, strict=True) if not result.passed}
    ordered = sorted(lab.releases, key=lambda release: (release.id not in missed, release.expect == "promoted"))
    found: list[Moment] = []
    for release in ordered:
        seed = _typical(release, results[release.id])
        world = lab.world_with(release)
        arrivals = Arrivals(world.workload, seed, keep=True)
        run = simulate(world, sent_in(plan, release.id, seed), seed, arrivals=arrivals, series=False)
        decided = run.deciding_alarm.t if run.deciding_alarm else None
        if release.expect == "served":
            told = served(run, world.update_at_s)
        else:
            told = deciding(run, release, Trial.of(world, run, without_update(lab, release, arrivals)).first_harmed_s)
        found += [Moment(release=release.id, seed=seed, t=t, say=say, decisive=t == decided) for t, say in sorted(told)]
        if len(found) >= MOST or (found and release.id not in missed):
            break
    return tuple(found[:MOST])


def _typical(release: Release, runs: Sequence[Measured]) -> int:
    """Return the seed to tell of: one that went wrong if any did, with the median harm among them."""
    of = MISSED_SHARE if release.expect == "served" else HARMED
    wrong = [run for run in runs if run.outcome != release.expect] or list(runs)
    return sorted(wrong, key=lambda run: (run[of], run.seed))[len(wrong) // 2].seed


def served(run: Run, sent_s: float) -> Iterator[tuple[float, str]]:
    """Yield how each transform job ended, and when most requests were missed since the plan was sent."""
    for event in run.events:
        if event.detail.get("job_status") in ENDED:
            yield event.t, event.say
    shares = [_missed(page, count) for page, count in zip(run.requests.bad, run.requests.counts, strict=True)]
    since = range(ceil(sent_s / run.requests.slot_s), len(shares))
    worst = max(since, key=shares.__getitem__, default=None)
    if worst is not None and shares[worst]:
        yield worst * run.requests.slot_s, f"it was worst {_at(worst * run.requests.slot_s)}: {_of(shares[worst])}."


def _missed(page: bytes, count: int) -> float:
    return int(np.bitwise_count(np.frombuffer(page, np.uint8)).sum()) / count if count else 0.0


def _of(share: float) -> str:
    return f"{share:.1%} of the requests failed or came too late"


def deciding(run: Run, release: Release, first_harmed: float | None) -> Iterator[tuple[float, str]]:
    """Yield when something decided the run, and what; all times are those of the run's clock."""
    start, decided = run.update_started_s, run.deciding_alarm
    if start is None:
        yield 0.0, f"nothing was updated ({run.outcome})."
        return
    if first_harmed is not None and (decided is None or first_harmed <= decided.t):
        yield first_harmed, f"the first request was harmed {_at(first_harmed)}{_share(run, first_harmed)}."
    if decided is not None:
        yield decided.t, _decided(run, decided, first_harmed, start)
    elif release.expect == "rolled-back":
        yield _not_stopped(run, _shown_to_callers(run, start))
    if run.outcome == "promoted" and release.expect == "rolled-back" and run.update_ended_s is not None:
        yield run.update_ended_s, f"the release had all traffic for good {_at(run.update_ended_s)}."


def _shown_to_callers(run: Run, start: float) -> float:
    """Return when the shares of the traffic first moved: what an alarm said before was not about the release."""
    return next((change.t for change in run.traffic if change.t > start), start)


def _not_stopped(run: Run, since: float) -> tuple[float, str]:
    fired = next((change for change in run.alarms if change.to_state == "ALARM" and change.t >= since), None)
    if fired is None:
        return run.ended_s, "no alarm went to ALARM once the release had traffic, so nothing stopped it."
    return fired.t, f"{fired.alarm} went to ALARM {_at(fired.t)}, {_too_late(run, fired.t)}."


def _decided(run: Run, change: AlarmTransition, first_harmed: float | None, start: float) -> str:
    if change.t < start:
        return f"{change.alarm} was in ALARM before the update began, so the first bake rolled back."
    told = f"{change.alarm} went to ALARM {_at(change.t)}"
    if first_harmed is not None and first_harmed <= change.t:
        told += f", {change.t - first_harmed:.0f} s after the first harm"
    bakes = [phase for phase in run.phases if phase.status == "Baking"]
    during = next((bake for bake in bakes if bake.start <= change.t <= bake.end), None)
    later = next((bake for bake in bakes if bake.start > change.t), None)
    if during is not None:
        told += f" while the update was {during.say[0].lower()}{during.say[1:].rstrip('.')}"
    elif later is not None:
        told += f", and still was when the bake began {_at(later.start)}"
    return f"{told}."


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


def _at(t: float) -> str:
    """Return a moment as the run's own clock shows it."""
    minutes, rest = divmod(int(t), 60)
    return f"at {minutes}:{rest:02d} of the run"
