"""What an update does at which moment, how long it lasts and what it costs, as the simulated cloud carries it out."""

from __future__ import annotations

from engine.requests.sagemaker import BlueGreenUpdatePolicy, DeploymentConfig
from engine.sagemaker.updates.schedule import Schedule
from engine.sagemaker.updates.terms import terms_of
from quiz.computed.computed import Figures
from quiz.computed.policies import blue_green, count, played


def at_minute(instances: int, step: int, wait: int, minute: int) -> Figures | None:
    """Return green's `share` in per cent, `minute` minutes after the first shift of a linear update that bakes `wait`
    minutes between its steps; `before` and `after` are a step off, `ramp` is a straight line from nothing to all that
    ends with the last step. `shifts` counts the steps, `done` those until then, and `climb` is the time they take.
    None at the moment of a step itself."""
    if not instances / 10 <= step <= instances / 2 or instances % step or minute % wait == 0:
        return None
    steps = played(blue_green("LINEAR", count(step), wait, 0), instances, launch=0).steps
    shares, now = [], 0.0
    for each in steps:
        if each.enabled:
            shares.append((now, 100 * sum(each.enabled.values()) / instances))
        now += each.lasts_s / 60
    climb = shares[-1][0]
    if len(shares) < 4 or not wait < minute < climb:
        return None
    done = sum(since <= minute for since, _ in shares)
    return {
        "share": round(shares[done - 1][1], 1),
        "before": round(shares[done - 2][1], 1),
        "after": round(shares[done][1], 1),
        "ramp": round(100 * minute / climb, 1),
        "shifts": len(shares),
        "done": done,
        "climb": round(climb),
    }


def lasts(type: str, instances: int, launch: int, wait: int, bake: int) -> Figures | None:
    """Return the `minutes` from UpdateEndpoint until blue may be removed, shifts aside: `launch` minutes of starting,
    WaitIntervalInSeconds and TerminationWaitInSeconds of `wait` and `bake` minutes. The slips: `all` three together,
    `bakes` alone, the start and `one_wait` or `one_bake`. None where two of them are the same."""
    policy = blue_green(type, count(1), wait, bake)
    minutes = round(played(policy, instances, launch).timed_s / 60)
    found = {
        "minutes": minutes,
        "all": launch + wait + bake,
        "bakes": minutes - launch,
        "one_wait": launch + wait,
        "one_bake": launch + bake,
    }
    return found if len({launch, wait, bake}) == 3 and wait + bake != launch else None


def second_fleet_billed(instances: int, launch: int, bake: int) -> Figures | None:
    """Return the `extra` instance-minutes that a bake of `bake` minutes adds to an update all at once whose new fleet
    starts in `launch` minutes, beside one without: the second fleet, for the whole update. The slips: the time of the
    bake `bake_only`, the `first` fleet too, and the `one` instance."""
    with_bake, without = (blue_green("ALL_AT_ONCE", None, 0, minutes) for minutes in (bake, 0))
    if not _bills_both(with_bake) or _bills_both(without):
        return None
    minutes = round(played(with_bake, instances, launch).timed_s / 60)
    return {
        "minutes": minutes,
        "extra": instances * minutes,
        "bake_only": instances * bake,
        "first": 2 * instances * minutes,
        "one": minutes,
    }


def _bills_both(policy: BlueGreenUpdatePolicy) -> bool:
    return terms_of(DeploymentConfig(blue_green_update_policy=policy, alarms=()), ()).bills_both


def phase(instances: int, size: int, launch: int, wait: int, bake: int, minute: int) -> Figures | None:
    """Return what a canary update does `minute` minutes after UpdateEndpoint, as `right`, and three other moments of
    it as `wrong_1` to `wrong_3`; the figures `share`, `shifted` (when the canary gets traffic) and `full` (when green
    has all) are in minutes. None where a phase changes at that moment, or the update is over."""
    if 2 * size > instances:
        return None
    share, shifted, full = round(100 * size / instances, 1), launch, launch + wait
    says = (
        "The new instances are starting, and blue answers everybody",
        f"Green answers {share:g} % of the requests, and an alarm would send them back",
        "Green answers everybody, and blue still stands by for the way back",
        "Green answers everybody, and blue has been removed",
    )
    now = _phase_at(played(blue_green("CANARY", count(size), wait, bake), instances, launch), minute * 60)
    if now is None:
        return None
    wrong = [each for place, each in enumerate(says) if place != now]
    figures: dict[str, float | str] = {"share": f"{share:g}", "right": says[now]}
    figures |= {"shifted": shifted, "full": full, "end": full + bake}
    return figures | {f"wrong_{k}": each for k, each in enumerate(wrong, 1)}


def _phase_at(plan: Schedule, second: float) -> int | None:
    """Return which phase it is: 0 starting, 1 the canary, 2 all on green; None at a border and after the end."""
    now, phases = 0.0, iter(range(3))
    for step in plan.steps:
        if not step.lasts_s:
            continue
        place = next(phases, None)
        if now < second < now + step.lasts_s:
            return place
        now += step.lasts_s
    return None
