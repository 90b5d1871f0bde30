"""What serving costs and holds: environments that are all busy, warm ones that are paid for, instances and batches."""

from __future__ import annotations

import math

from engine.catalogue.curves import Curve, Point, curves
from engine.catalogue.instances import usd_per_hour
from engine.catalogue.money import SECONDS_PER_HOUR, usd_per_million
from engine.serving.serverless.blocking import erlang_b
from engine.serving.serverless.pay_per_use import Usage, cost_kept_warm
from quiz.computed.computed import Figures

HOUR_MS = 1000 * SECONDS_PER_HOUR
TOO_CLOSE = 0.05
"""Of two costs that a question asks to compare: a share of the larger one."""


def throttled(rate: float, work: float, slots: int) -> Figures | None:
    """Return which share of the requests finds all `slots` busy (`throttled`, per cent), where `rate` a second come and
    each takes `work` seconds: `offered` are in work on average, which leaves `spare` slots, and `first` is the share
    with a single slot. The slips: the share of slots that are `free` on average, and what one slot more would leave
    throttled (`one_more`). None where hardly anybody is throttled, or more than a third."""
    offered = rate * work
    share = erlang_b(slots, offered)
    if not 0.01 <= share <= 0.34 or slots <= offered:
        return None
    return {
        "offered": round(offered, 2),
        "throttled": round(100 * share, 1),
        "free": round(100 * (1 - offered / slots), 1),
        "first": round(offered / (1 + offered), 3),
        "spare": round(slots - offered, 2),
        "one_more": round(100 * erlang_b(slots + 1, offered), 1),
    }


def lane(busy: int, instance_type: str) -> Figures | None:
    """Return in which way one lane of 2 GB costs least, if it is busy for `busy` per cent of each hour: on demand
    (`demand`), provisioned (`warm`) or as an instance (`instance`), in US cents an hour. `least` and `others` name
    them. None where two are close, or nobody knows the price."""
    price = usd_per_hour(instance_type)
    if price is None:
        return None
    work_ms = HOUR_MS * busy // 100
    usd = {
        "on demand": Usage(on_demand_ms=work_ms).cost(2048),
        "with one provisioned slot": cost_kept_warm(2048, SECONDS_PER_HOUR) + Usage(provisioned_ms=work_ms).cost(2048),
        f"on one {instance_type}": price,
    }
    order = sorted(usd, key=lambda name: usd[name])
    if usd[order[1]] - usd[order[0]] < TOO_CLOSE * usd[order[1]]:
        return None
    said = {name: f"{name}: {100 * each:.1f} US cents an hour" for name, each in usd.items()}
    return {
        "least": order[0][0].upper() + order[0][1:],
        "least_says": _sentence(said[order[0]]),
        "second": order[1][0].upper() + order[1][1:],
        "second_says": _sentence(said[order[1]]),
        "third": order[2][0].upper() + order[2][1:],
        "third_says": _sentence(said[order[2]]),
        "cents": f"{100 * price:.1f}",
    }


def million(instance_type: str, per_second: float, load: float) -> Figures | None:
    """Return what a million answers cost (`usd`) on one instance that is asked `load` a second and could answer
    `per_second`. The slips: the price of an instance that is always busy (`full`), of a thousand answers
    (`thousand`), and with an hour of minutes (`minutes`). None where nobody knows the price, or it cannot keep up."""
    price = usd_per_hour(instance_type)
    if price is None or load > 0.8 * per_second:
        return None
    usd = usd_per_million(price, load)
    return {
        "price": f"{price:g}",
        "an_hour": f"{load * SECONDS_PER_HOUR:,.0f}",
        "usd": round(usd, 2),
        "full": round(usd_per_million(price, per_second), 2),
        "thousand": f"{usd / 1000:.4f}",
        "minutes": round(60 * usd, 2),
        "busy": round(100 * load / per_second),
    }


def crossing(small: str, large: str, per_second: int) -> Figures | None:
    """Return up to which load small instances are cheaper than one large instance (`load`, requests a second), where a
    small one is asked `per_second` at most: `fleet` of them still cost less, and `dearer` no more. The slips: the
    load of one more (`one_more`), and of one alone (`per_second`). None where not even two are cheaper."""
    cheap, dear = usd_per_hour(small), usd_per_hour(large)
    if cheap is None or dear is None:
        return None
    fleet = math.ceil(dear / cheap) - 1
    if fleet < 2:
        return None
    return {
        "cheap": f"{cheap:g}",
        "dear": f"{dear:g}",
        "fleet": fleet,
        "dearer": fleet + 1,
        "load": fleet * per_second,
        "one_more": (fleet + 1) * per_second,
        "fleet_usd": f"{fleet * cheap:.3f}",
        "dearer_usd": f"{(fleet + 1) * cheap:.3f}",
        "ratio": f"{dear / cheap:.1f}",
        "exact": round(dear / cheap * per_second),
    }


def batch(curve: str, limit: int) -> Figures | None:
    """Return the measured batch that answers most within `limit` ms (`best`), with its rate and latency, and three
    others: the next one that is too slow (`slow`), the one before (`less`), and the `largest`. None without these."""
    measured = curves()[curve]
    within = [each for each in measured.points if each.latency_ms is not None and each.latency_ms <= limit]
    beyond = [each for each in measured.points if each not in within]
    if len(within) < 2 or len(beyond) < 2:
        return None
    best = max(within, key=lambda each: each.per_second)
    others = [each for each in within if each is not best]
    if not others or best.at < max(each.at for each in others):
        return None
    return {**_of("best", best), **_of("less", others[-1]), **_of("slow", beyond[0]), **_largest(measured)}


def _largest(curve: Curve) -> Figures:
    return _of("largest", curve.points[-1])


def _of(name: str, point: Point) -> Figures:
    return {
        name: f"{point.at:g}",
        f"{name}_rate": f"{point.per_second:,.0f}",
        f"{name}_ms": f"{point.latency_ms:g}",
    }


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
