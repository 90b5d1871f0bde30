"""What updates and idle fleets cost: instance-minutes by an update's schedule, dollars by the catalogue's prices."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from engine.catalogue.instances import usd_per_hour
from engine.catalogue.money import utilisation
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

START_MIN = 3
"""How long new instances take to start, as the questions say."""
MONTH_H = 730
"""As calculators count it (spec inference 6.1)."""
CLEAR = 1.15
"""How much dearer the next plan is at least, so that no rounding decides."""
_TIMING = Timing(provision_s=60 * START_MIN, provision_jitter=0, activate_s=0, terminate_s=0)


def cheapest_update(instances: int, wait: int, term: int, draw: int) -> Figures | None:
    """Return four updates in words, `cheapest` and `dear_1` to `dear_3`, of six kinds, two of which `draw` leaves out;
    `minutes_` and the name are the instance-minutes that each adds, `because_` and the name say why. None where two
    are about as cheap."""
    kinds = _kinds(instances, wait, term)
    left_out = tuple(combinations(range(len(kinds)), 2))[draw]
    kept = [kind for place, kind in enumerate(kinds.items()) if place not in left_out]
    found = sorted((extra_minutes(policy, instances), words) for words, policy in kept)
    minutes = [each for each, _ in found]
    if minutes[1] < CLEAR * minutes[0] or len(set(minutes)) < len(minutes):
        return None
    figures: dict[str, float | str] = {}
    for name, (each, words) in zip(("cheapest", "dear_1", "dear_2", "dear_3"), found, strict=True):
        stands = f"{each / instances:g} minutes"
        because = f"All {instances} new instances run beside the old ones for {stands}."
        if isinstance(kinds[words], RollingUpdatePolicy):
            because = f"Each new instance runs beside an old one for {stands}, whatever the batch is."
        figures |= {name: words, f"minutes_{name}": round(each), f"because_{name}": because}
    return figures


def _kinds(instances: int, wait: int, term: int) -> Mapping[str, UpdatePolicy]:
    """Return the updates that are compared, by what they are called."""
    quarter, half = instances // 4, instances // 2
    bakes = f"a wait of {wait} and a final bake of {term} minutes"
    return {
        f"CANARY of {half} instances, bakes of {wait} and {term} minutes": _blue_green("CANARY", half, wait, term),
        f"CANARY of 1 instance, bakes of {2 * wait} and {term} minutes": _blue_green("CANARY", 1, 2 * wait, term),
        f"LINEAR in steps of {quarter}, {bakes}": _blue_green("LINEAR", quarter, wait, term),
        f"ALL_AT_ONCE, a final bake of {term} minutes": _blue_green("ALL_AT_ONCE", instances, 0, term),
        f"Rolling in batches of {quarter}, a wait of {wait} minutes": _rolling(quarter, wait),
        f"Rolling in batches of {half}, a wait of {3 * wait} minutes": _rolling(half, 3 * wait),
    }


def linear_bill(instances: int, type: str, step: int, wait: int, term: int) -> Figures | None:
    """Return what the second fleet of a linear update costs in its bakes (`usd`), with steps of `step` per cent,
    `wait` minutes between them and `term` at the end: `minutes` in all, `shifts` steps and `waits`. The slips:
    `one_wait`, `one_more` wait, and the bill of `both` fleets. None where a step is no whole number of instances."""
    price = usd_per_hour(type)
    if price is None or instances * step % 100:
        return None
    plan = _schedule(_blue_green("LINEAR", instances * step // 100, wait, term), instances)
    shifts = sum(each.status == "ActivatingTraffic" for each in plan.steps)
    minutes = round(plan.bakes_s / 60)
    if shifts < 3:
        return None
    an_hour = instances * price
    return {
        "price": f"{price:g}",
        "shifts": shifts,
        "waits": shifts - 1,
        "minutes": minutes,
        "usd": round(an_hour * minutes / 60, 2),
        "one_wait": round(an_hour * (wait + term) / 60, 2),
        "one_more": round(an_hour * (minutes + wait) / 60, 2),
        "both": round(2 * an_hour * minutes / 60, 2),
    }


def attempts(instances: int, type: str, minutes: int, wrong: int) -> Figures | None:
    """Return what second fleets cost on average until a healthy model is in (`usd`), if each attempt keeps one for
    some minutes and `wrong` per cent of them are rolled back by chance; `one` attempt, and how many `attempts` there
    are. The slips: `added`, which allows for one more attempt only, and `by_wrong`. None without a price."""
    price = usd_per_hour(type)
    if price is None:
        return None
    one, share = instances * price * minutes / 60, 1 - wrong / 100
    return {
        "price": f"{price:g}",
        "one": round(one, 2),
        "right": 100 - wrong,
        "share": f"{share:g}",
        "attempts": f"{1 / share:.3g}",
        "usd": round(one / share, 2),
        "added": round(one * (2 - share), 2),
        "by_wrong": round(one / (1 - share), 2),
    }


def idle_month(instances: int, type: str, rate: int, work: int) -> Figures | None:
    """Return what a month costs in which instances have nothing to do (`usd`), if `rate` requests a second keep one of
    them busy for `work` ms each: `total` is all of it, `worked` the rest; `busy` and `idle` are in per cent. `one` is
    the idle time of one instance, a slip. None without a price, where they are too busy, or hardly at all."""
    price, busy = usd_per_hour(type), utilisation(rate, 1000 / work, instances)
    if price is None or not 0.04 <= busy <= 0.6 or abs(1000 * busy - round(1000 * busy)) > 1e-9:
        return None
    total = instances * price * MONTH_H
    return {
        "price": f"{price:g}",
        "work_s": f"{rate * work / 1000:g}",
        "busy": f"{100 * busy:g}",
        "idle": f"{100 - 100 * busy:g}",
        "total": round(total, 2),
        "worked": round(total * busy, 2),
        "usd": round(total * (1 - busy), 2),
        "one": round(total * (1 - busy) / instances, 2),
    }


def extra_minutes(policy: UpdatePolicy, instances: int) -> float:
    """Return the instance-minutes that an update adds where nothing goes wrong: what stands beyond the old fleet."""
    old, new, found = instances, 0, 0.0
    for step in _schedule(policy, instances).steps:
        new += sum((step.launched or {}).values())
        found += (old + new - instances) * step.lasts_s / 60
        old = sum(step.kept.values()) if step.kept is not None else old
    return found


def _blue_green(type: str, size: int, wait: int, term: int) -> BlueGreenUpdatePolicy:
    return BlueGreenUpdatePolicy(
        traffic_routing_configuration=TrafficRoutingConfiguration(
            type="CANARY" if type == "CANARY" else "LINEAR" if type == "LINEAR" else "ALL_AT_ONCE",
            wait_interval_in_seconds=60 * wait,
            canary_size=_count(size) if type == "CANARY" else None,
            linear_step_size=_count(size) if type == "LINEAR" else None,
        ),
        termination_wait_in_seconds=60 * term,
    )


def _rolling(batch: int, wait: int) -> RollingUpdatePolicy:
    return RollingUpdatePolicy(maximum_batch_size=_count(batch), wait_interval_in_seconds=60 * wait)


def _count(value: int) -> CapacitySize:
    return CapacitySize(type="INSTANCE_COUNT", value=value)


def _schedule(policy: UpdatePolicy, instances: int) -> Schedule:
    return schedule(policy, {"main": Replacement(old=instances, new=instances)}, _TIMING)
