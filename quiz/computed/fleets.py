"""How updates move fleets: instances, shifts, batches and the time they take, as the simulated cloud does it."""

from __future__ import annotations

from engine.catalogue.instances import usd_per_hour
from engine.requests.sagemaker import (
    BlueGreenUpdatePolicy,
    CapacitySize,
    RollingUpdatePolicy,
    TrafficRoutingConfiguration,
    UpdatePolicy,
)
from engine.sagemaker.updates.schedule import Replacement, Schedule, schedule
from engine.timing import Timing
from quiz.computed.computed import Figures


def canary(instances: int, size: int) -> Figures | None:
    """Return what a canary of `size` instances means: `share` and `rest` in per cent, and the slip `of_both`, a share
    of both fleets together. None where it is more than the half that AWS allows."""
    if 2 * size > instances:
        return None
    share = 100 * _schedule(_blue_green("CANARY", size, 600), instances).first_share
    return {"share": round(share, 1), "rest": round(100 - share, 1), "of_both": round(share / 2, 1)}


def linear(instances: int, step: int, wait: int) -> Figures | None:
    """Return how often a linear update shifts traffic (`shifts`), and the `minutes` of bakes from its first shift to
    its last, with `wait` minutes between them; `one_more` and `one_less` shift, `too_long` and `too_short` minutes.
    None where there are only two, or where they do not come out even: AWS does not say what the last one is then."""
    if not instances / 10 <= step <= instances / 2 or instances % step:
        return None
    steps = _schedule(_blue_green("LINEAR", step, 60 * wait), instances).steps
    shifts = [place for place, each in enumerate(steps) if each.status == "ActivatingTraffic"]
    baked = sum(each.lasts_s for each in steps[: shifts[-1]] if each.status == "Baking")
    if len(shifts) < 3:
        return None
    minutes = round(baked / 60)
    return {
        "shifts": len(shifts),
        "one_more": len(shifts) + 1,
        "one_less": len(shifts) - 1,
        "minutes": minutes,
        "too_long": minutes + wait,
        "too_short": minutes - wait,
    }


def rolling(instances: int, batch: int, launch: int, wait: int) -> Figures | None:
    """Return the `batches` of a rolling update, the `most` instances that stand at once, and the `minutes` that its
    launches and bakes take together, each `launch` and `wait` minutes; `last_batch` instances come last. The slips:
    batches `rounded_down`, the `double` fleet, `bakes_only`, and `one_launch` for all."""
    if not instances / 20 <= batch <= instances / 2:
        return None
    policy = RollingUpdatePolicy(maximum_batch_size=_count(batch), wait_interval_in_seconds=60 * wait)
    plan = _schedule(policy, instances, Timing(provision_s=60 * launch))
    batches = sum(each.status == "Baking" for each in plan.steps)
    launched = sum(each.lasts_s for each in plan.steps if each.status == "Creating")
    return {
        "batches": batches,
        "rounded_down": instances // batch,
        "most": instances + batch,
        "double": 2 * instances,
        "minutes": round((launched + plan.bakes_s) / 60),
        "bakes_only": round(plan.bakes_s / 60),
        "one_launch": round(launch + plan.bakes_s / 60),
        "last_batch": instances - batch * (batches - 1),
    }


def describe_at(instances: int, launch: int, wait: int, term: int, minute: int) -> Figures | None:
    """Return what is so at a minute of a canary of one instance, whose launch and bakes take so many minutes.

    `right` is one of four answers, `wrong_1` to `wrong_3` are the others, and `where` says where it stands. None within
    a minute of a change, and where one instance is half of the fleet or more.
    """
    policy = _blue_green("CANARY", 1, 60 * wait, 60 * term)
    plan = _schedule(policy, instances, Timing(provision_s=60 * launch))
    ends = [sum(step.lasts_s for step in plan.steps[: place + 1]) for place in range(len(plan.steps))]
    if instances < 3 or min(abs(60 * minute - end) for end in (0, *ends)) < 60:
        return None
    passed = [step.status for step, end in zip(plan.steps, ends, strict=True) if end <= 60 * minute]
    phase = 3 if len(passed) == len(ends) else passed.count("ActivatingTraffic")
    old, new = "EndpointConfigName is the old one", "EndpointConfigName is the new one"
    answers = [
        f"Updating; {old}; the old fleet answers everything",
        f"Updating; {old}; the new fleet answers one request in {instances}",
        f"Updating; {old}; the new fleet answers everything",
        f"InService; {new}; the new fleet answers everything",
    ]
    right = answers.pop(phase)
    wrong = [f"Updating; {new}; the new fleet answers everything", *answers[-2:]]
    where = ("being launched", "in its first bake", "in its final bake", "over")[phase]
    return {
        "right": right,
        **{f"wrong_{k}": each for k, each in enumerate(wrong, 1)},
        "where": where,
        "all": launch + wait,
    }


def second_fleet(instances: int, type: str, minutes: int) -> Figures | None:
    """Return what a whole second fleet costs for some minutes: `price` of an instance an hour and `usd` for all, both
    in USD; `both` fleets together, `an_hour` of the second, and `one` instance of it. None where nobody knows the
    price."""
    price = usd_per_hour(type)
    if price is None:
        return None
    usd = instances * price * minutes / 60
    return {
        "price": f"{price:g}",
        "usd": round(usd, 2),
        "both": round(2 * usd, 2),
        "an_hour": round(instances * price, 2),
        "one": round(usd / instances, 2),
    }


def _blue_green(type: str, size: int, wait_s: int, term_s: int = 0) -> BlueGreenUpdatePolicy:
    return BlueGreenUpdatePolicy(
        traffic_routing_configuration=TrafficRoutingConfiguration(
            type="CANARY" if type == "CANARY" else "LINEAR",
            wait_interval_in_seconds=wait_s,
            canary_size=_count(size) if type == "CANARY" else None,
            linear_step_size=_count(size) if type == "LINEAR" else None,
        ),
        termination_wait_in_seconds=term_s,
    )


def _count(value: int) -> CapacitySize:
    return CapacitySize(type="INSTANCE_COUNT", value=value)


def _schedule(policy: UpdatePolicy, instances: int, timing: Timing | None = None) -> Schedule:
    return schedule(policy, {"main": Replacement(old=instances, new=instances)}, timing or Timing())
