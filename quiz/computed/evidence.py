"""What a bake or an alarm has to go by: requests that must come, faults that must show, lines that can be crossed."""

from __future__ import annotations

from random import Random

from engine.catalogue.money import utilisation
from quiz.computed.computed import Figures


def variant_samples(rate: int, of_weights: int, canary: int, instances: int, percentile: float) -> Figures | None:
    """Return the `minutes` until one green variant has the `samples` that CloudWatch wants for a percentile.

    `rate` requests a second come to an endpoint of `of_weights` variants with equal weights, and the canary is `canary`
    of `instances` of each. `each` is what reaches the green variant in a second. The slips forget the canary
    (`no_canary`), the variants (`no_variants`), or that there are ten above the percentile (`one_above`).
    """
    from engine.statistics import low_sample_limit, parse_statistic  # numpy, which no other question here needs

    limit = low_sample_limit(parse_statistic(f"p{percentile:g}"))
    if limit is None or 2 * canary > instances:
        return None
    each = rate * canary / instances / of_weights
    minutes = round(limit) / each / 60
    if minutes > 120:
        return None
    return {
        "samples": round(limit),
        "each": f"{each:.3g}",
        "minutes": round(minutes, 1),
        "no_canary": f"{minutes * canary / instances:.3g}",
        "no_variants": f"{minutes / of_weights:.3g}",
        "one_above": f"{minutes / 10:.3g}",
    }


def weight_for_share(first: int, second: int, share: int) -> Figures | None:
    """Return the weight (`right`) that gives a third variant `share` per cent beside the weights of two others, and the
    slips: the `percent` itself, a part of the `old_sum`, and the mean of the two weights. None where it is uneven."""
    old = first + second
    exact = old * share / (100 - share)
    if exact != round(exact):
        return None
    slips = {"percent": f"{share}", "of_old": f"{old * share / 100:g}", "mean": f"{old / 2:g}"}
    return {"old_sum": old, "right": f"{round(exact)}", "rest": 100 - share, "new_sum": old + round(exact), **slips}


def forgotten(desired: int, written: int, rate: int, work: int) -> Figures | None:
    """Return how busy `desired` instances are (`now`, per cent) with `rate` requests a second of `work` ms each, and
    how busy as many as the new configuration says would be (`green`).

    `both` is the slip of both fleets together and `turned` turns the two numbers round. None unless it fits now, and
    does not then.
    """
    now, green, both = (100 * utilisation(rate / count, 1000 / work) for count in (desired, written, desired + written))
    if not (20 <= now <= 70 and green >= 110):
        return None
    return {
        "seconds": f"{rate * work / 1000:g}",
        "now": f"{now:.0f}",
        "green": f"{green:.0f}",
        "both": f"{both:.0f}",
        "turned": f"{now * written / desired:.0f}",
    }


def chance_seen(one_in: int, rate: int, minutes: int) -> Figures | None:
    """Return how probable it is (`seen`, per cent) that a fault in one of `one_in` requests shows at least once.

    A canary gets `rate` requests a minute in a bake of `minutes`: `requests` in all. `unseen` is the rest, and `added`
    the slip that adds the chances up.
    """
    requests = rate * minutes
    unseen = 100 * (1 - 1 / one_in) ** requests
    if not 5 <= unseen <= 80:
        return None
    return {
        "requests": requests,
        "seen": round(100 - unseen, 1),
        "unseen": round(unseen, 1),
        "added": round(100 * requests / one_in, 1),
        "one": f"{100 / one_in:.2g}",
    }


def final_bake(limit: int, rate: int, instances: int, wait: int, alarm: int) -> Figures | None:
    """Return the least TerminationWaitInSeconds (`seconds`) in which a canary instance fails and the alarm has fired.

    It fails after `limit` requests, gets its part of `rate` a second on `instances` instances, and has baked `wait`
    seconds already; the alarm takes `alarm` seconds more. The slips forget the alarm (`no_alarm`), the first bake
    (`no_wait`), or that the requests are shared (`no_share`).
    """
    fails = limit * instances / rate
    seconds = fails + alarm - wait
    if rate % instances or fails != round(fails) or not 120 <= seconds <= 3600 or fails <= wait:
        return None
    no_share = limit / rate + alarm
    return {
        "each": rate // instances,
        "fails": round(fails),
        "seconds": round(seconds),
        "no_alarm": round(fails - wait),
        "no_wait": round(fails + alarm),
        "no_share": f"{no_share:.4g}",
    }


def leaks_in_order(draw: int) -> Figures:
    """Return four leaking releases, `leak_1` to `leak_4`, in the order in which a canary instance of theirs fails, each
    with what one instance gets in a second (`each_1` and so on) and when it fails (`minutes_1` and so on)."""
    chance, found = Random(draw), dict[int, tuple[int, int, int]]()
    while len(found) < 4:
        each, instances = chance.choice((1, 2, 3, 4, 5)), chance.choice((2, 4, 5, 8, 10))
        limit = 60 * each * chance.choice((5, 8, 10, 15, 20, 25, 30, 40))
        found.setdefault(limit // each // 60, (limit, each * instances, instances))
    figures: dict[str, float | str] = {}
    for k, minutes in enumerate(sorted(found), 1):
        limit, rate, instances = found[minutes]
        figures |= {f"leak_{k}": f"fails after {limit:,} requests; {rate} a second on {instances} instances"}
        figures |= {f"minutes_{k}": minutes, f"each_{k}": rate // instances}
    return figures


_ALARMS: tuple[tuple[str, str, float], ...] = (
    *(("Average", "above", line) for line in (0.02, 0.05, 0.1, 0.2, 0.4, 1)),
    *(("Sum", "above", line) for line in (1, 5, 10, 20, 40, 80)),
    ("Maximum", "above", 1),
    ("Minimum", "at or above", 1),
    ("Average", "at or above", 1),
    ("p50", "at or above", 1),
    ("p90", "at or above", 1),
)


def fires_on_minute(draw: int, requests: int, share: int) -> Figures | None:
    """Return four alarms on Invocation5XXErrors and a minute of `requests`, of which `failing` fail (`share` per cent).

    `fires` alone is in ALARM and `calm_1` to `calm_3` are not, each with the value that it reads (`fires_value`, ...).
    """
    import numpy as np  # not needed by any other question here

    from engine.statistics import parse_statistic

    failing = requests * share // 100
    values = np.sort(np.array([0.0] * (requests - failing) + [1.0] * failing))
    fires: list[tuple[str, str]] = []
    calm: list[tuple[str, str]] = []
    for stat, how, line in Random(draw).sample(_ALARMS, len(_ALARMS)):
        value = float(parse_statistic(stat).of(values))
        crossed = value > line if how == "above" else value >= line
        (fires if crossed else calm).append((f"{stat} {how} {line:g}", f"{value:g}"))
    if not fires or len(calm) < 3 or requests * share % 100:
        return None
    chosen = {"fires": fires[0], **{f"calm_{k}": each for k, each in enumerate(calm[:3], 1)}}
    named = {name: text for name, (text, _) in chosen.items()}
    return named | {f"{name}_value": value for name, (_, value) in chosen.items()} | {"failing": failing}


def repair_share(old: float, new: float, line: float) -> Figures | None:
    """Return the share of the traffic (`right`, per cent) that a repair needs until an alarm on both fleets is at its
    line, where the old model fails `old`, the repair `new` and the line is at `line` per cent. The slips: the rest of
    the traffic (`stays`), line over both (`ratio`), and the `half` of it. None where two are alike."""
    if not new < line < old:
        return None
    exact = 100 * (old - line) / (old - new)
    parts = {"stays": 100 - exact, "ratio": 100 * line / (old + new), "half": exact / 2}
    right, slips = f"{exact:.3g}", {name: f"{part:.3g}" for name, part in parts.items()}
    if len({right, *slips.values()}) < 4:
        return None
    return {"right": right, **slips, "apart": f"{old - new:g}", "down": f"{old - line:g}"}
