"""What a shadow gets of the requests: how many copies, and how busy they keep each of its instances."""

from __future__ import annotations

import math
from random import Random

from engine.catalogue.money import utilisation
from engine.experiments.fixed_sample import NORMAL
from quiz.computed.computed import Figures

BAND = NORMAL.inv_cdf(0.975)
"""Standard deviations on either side within which 95 % of all counts lie (spec inference 7.3)."""
FAR = 0.25
"""How far another load is from production's at least, as a share of it, so that nobody argues."""


def copies(rate: int, minutes: int, share: int) -> Figures | None:
    """Return how many copies a shadow gets of `rate` requests a second in some minutes, each copied with a chance of
    `share` per cent: `expected` of `requests`, and in 95 % of all cases between `low` and `high`, `reach` to either
    side. The slips: one standard deviation (`one_sigma`), a spread of all requests (`of_all`), and a spread that leaves
    out who is not copied (`no_rest`). None where two of them are alike."""
    requests, chance = 60 * rate * minutes, share / 100
    expected, deviation = requests * chance, math.sqrt(requests * chance * (1 - chance))
    reach = BAND * deviation
    low = round(expected - reach)
    slips = {
        "one_sigma": round(expected - deviation),
        "of_all": round(expected - BAND * math.sqrt(requests)),
        "no_rest": round(expected - BAND * math.sqrt(expected)),
    }
    if min(abs(each - low) for each in slips.values()) < 3 or slips["of_all"] <= 0:
        return None
    return {
        "requests": f"{requests:,}",
        "chance": f"{chance:g}",
        "rest": f"{1 - chance:g}",
        "expected": f"{expected:.0f}",
        "deviation": f"{deviation:.1f}",
        "reach": f"{reach:.0f}",
        "low": low,
        "high": round(expected + reach),
        **slips,
    }


def load(instances: int, rate: int, draw: int) -> Figures | None:
    """Return four shadow fleets in words, `same` and `other_1` to `other_3`. An instance of the first alone gets as
    many requests a second as one in production, `each` of them; `same_says` and so on tell what one of them gets."""
    chance = Random(draw)
    each = utilisation(rate, 1, instances)
    fleets = [(share, count) for share in (5, 10, 20, 25, 40, 50, 75, 100) for count in range(1, instances)]
    loads = {fleet: utilisation(rate * fleet[0] / 100, 1, fleet[1]) / each for fleet in fleets}
    fits = [fleet for fleet in fleets if math.isclose(loads[fleet], 1)]
    others = _apart({fleet: of for fleet, of in loads.items() if abs(of - 1) >= FAR}, chance)
    if not fits or len(others) < 3:
        return None
    named = {"same": chance.choice(fits), **{f"other_{k}": fleet for k, fleet in enumerate(others, 1)}}
    figures: dict[str, float | str] = {"each": f"{each:.3g}"}
    for name, fleet in named.items():
        of = loads[fleet]
        figures[name] = _words(*fleet)
        figures[f"{name}_says"] = f"Each gets {of * each:.3g} a second, {100 * of:.0f} % of an instance in production."
    return figures


def _apart(loads: dict[tuple[int, int], float], chance: Random) -> list[tuple[int, int]]:
    """Return three fleets with loads of their own, one above production's and one below it among them."""
    by_load: dict[str, tuple[int, int]] = {}
    for fleet in chance.sample(sorted(loads), len(loads)):
        by_load.setdefault(f"{loads[fleet]:.6g}", fleet)
    fleets = list(by_load.values())
    above = [fleet for fleet in fleets if loads[fleet] > 1]
    below = [fleet for fleet in fleets if loads[fleet] < 1]
    return [*above[:1], *below[:2]] if above and len(below) > 1 else []


def _words(share: int, count: int) -> str:
    return f"{share} % of the requests, on {count} instance{'s' if count > 1 else ''}"
