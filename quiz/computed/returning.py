"""What a way back costs, and what an endpoint says of itself meanwhile, as the simulated cloud carries it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quiz.computed.computed import Figures
from quiz.computed.policies import blue_green, played


def way_back(rate: int, percent: int, instances: int, launch: int, bake: int) -> Figures | None:
    """Return how many requests fail before an update all at once to a healthy model has moved the traffic, as `failed`,
    with `a_minute` of them a minute. The slips: `bake_only` counts the bake in place of the launch, `all` both of
    them, `minutes_all` minutes. None where failures a minute are no whole number."""
    a_minute = 60 * rate * percent / 100
    if a_minute != round(a_minute) or launch == bake:
        return None
    plan = played(blue_green("ALL_AT_ONCE", None, 0, bake), instances, launch)
    until_s = 0.0
    for step in plan.steps:
        if step.enabled:
            break
        until_s += step.lasts_s
    minutes, lasts = round(until_s / 60), round(plan.timed_s / 60)
    return {
        "a_minute": round(a_minute),
        "failed": f"{a_minute * minutes:,.0f}",
        "bake_only": f"{a_minute * (lasts - minutes):,.0f}",
        "all": f"{a_minute * lasts:,.0f}",
        "minutes_all": lasts,
    }


LAST_NIGHT = "The reason of last night's rollback."
UPDATE_AT_MIN = 5
"""When the update is sent, on the clock of the run."""


def says_at(launch: int, wait: int, bake: int, minute: int, ending: str) -> Figures | None:
    """Return what DescribeEndpoint says `minute` minutes after the request of a canary, on an endpoint whose last
    update was rolled back, as `right`, and three other answers as `wrong_1` to `wrong_3`. `ending` is `well` or `home`:
    `story` tells of the alarm. `state` says where the update stands. None within two minutes of its end."""
    from quiz.computed.watched import watched  # brings the simulator along

    run = watched(launch, wait, bake, 4, failing=ending == "home")
    ended = (run.update_ended_s or 0.0) / 60 - UPDATE_AT_MIN
    if abs(minute - ended) < 2:
        return None
    right = _told(run.describe_endpoint(60.0 * (UPDATE_AT_MIN + minute)))
    alarm = run.deciding_alarm
    fired = "No alarm fires." if alarm is None else f"Its alarm fires in minute {_minute(alarm.t)}."
    wrong = [each for each in SAYINGS if each != right]
    state = "under way" if minute < ended else "over, and has gone well" if ending == "well" else "over, and sent home"
    return {"right": right, **{f"wrong_{k}": each for k, each in enumerate(wrong, 1)}, "story": fired, "state": state}


def messages(instances: int, launch: int, wait: int, bake: int, into: int) -> Figures | None:
    """Return the StatusMessage of a canary of one instance, `into` minutes into its launch, its two bakes, and the time
    after its end, as `message_1` to `message_4`, and those `minute_1` to `minute_4` after the request. None where a
    phase is over by then."""
    starts = (0, launch, launch + wait, launch + wait + bake)
    if into >= min(launch, wait, bake) or len({wait, bake}) < 2:
        return None
    from quiz.computed.watched import watched

    run = watched(launch, wait, bake, instances, failing=False)
    minutes = [start + into for start in starts]
    answers = [run.describe_endpoint(60.0 * (UPDATE_AT_MIN + minute)) for minute in minutes]
    return {
        **{f"minute_{k}": each for k, each in enumerate(minutes, 1)},
        **{f"message_{k}": _message(each) for k, each in enumerate(answers, 1)},
    }


SAYINGS = (
    "Updating; the old configuration; last night's reason",
    "Updating; the new configuration; no reason",
    "InService; the new configuration; no reason",
    "InService; the old configuration; today's reason",
)


def _told(answer: Mapping[str, Any]) -> str:
    config = "old" if answer["EndpointConfigName"] == "v1" else "new"
    reason = answer.get("FailureReason")
    why = "no" if reason is None else "last night's" if reason == LAST_NIGHT else "today's"
    return f"{answer['EndpointStatus']}; the {config} configuration; {why} reason"


def _message(answer: Mapping[str, Any]) -> str:
    pending = answer.get("PendingDeploymentSummary")
    if pending is None:
        return "There is no PendingDeploymentSummary"
    return str(pending["ProductionVariants"][0]["VariantStatus"][0]["StatusMessage"])


def _minute(t: float) -> int:
    return round(t / 60) - UPDATE_AT_MIN
