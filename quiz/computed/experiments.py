"""A/B tests: how many callers and days they need, how often looking early fools, and splits that are broken."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from random import Random

from engine.experiments.fixed_sample import rule_of_thumb, sample_size
from engine.experiments.sample_ratio import sample_ratio_p_value
from quiz.computed.computed import Figures

_LOOKS = (1, 2, 3, 5, 7, 14, 28)
_SPLITS = ("broken", "fine_1", "fine_2", "fine_3")


@cache
def _rates() -> Mapping[int, float]:
    """Return how often that many looks at 5 % fool somebody, in per cent: the same for every question."""
    from engine.experiments.repeated_looks import false_alarm_rate_of_peeking  # numpy, which few questions here need

    return {each: round(100 * false_alarm_rate_of_peeking(each), 1) for each in _LOOKS}


def fooled(tests: int, looks: int) -> Figures | None:
    """Return how many of so many tests without any difference show one at 5 % at some look (`fooled`).

    `rates` are rows of a table, looks and per cent. The slips: 5 % whatever the looks (`nominal`), 5 % for each of them
    (`added`), and looks that know nothing of each other (`apart`). None where two are alike.
    """
    rates = _rates()
    slips = {
        "nominal": round(tests * 0.05),
        "added": round(tests * 0.05 * looks),
        "apart": round(tests * (1 - 0.95**looks)),
    }
    right = round(tests * rates[looks] / 100)
    if len({right, *slips.values()}) < 4 or slips["added"] > tests:
        return None
    table = "\n".join(f"| {each} | {rate} % |" for each, rate in rates.items())
    return {"rates": table, "rate": rates[looks], "fooled": right, **slips}


def per_arm(base: float, lift: float) -> Figures | None:
    """Return the callers that each arm needs by the rule of thumb, in `thousands`, to see `base` per cent rise by
    `lift` points; `exact` is what the full formula says.

    The slips: both arms together (`both`), the lift not squared (`unsquared`), and the `half` lift. None for so many
    that nobody would wait.
    """
    low, high = base / 100, (base + lift) / 100
    count = rule_of_thumb(low, high)
    if not 2_000 <= count <= 400_000 or lift > base / 2:
        return None
    return {
        "mean": f"{100 * (low + high) / 2:.4g}",
        "rises_to": f"{base + lift:g}",
        "count": count,
        "thousands": round(count / 1000, 1),
        "exact": sample_size(low, high),
        "both": round(2 * count / 1000, 1),
        "half": round(rule_of_thumb(low, low + lift / 200) / 1000, 1),
    }


def days(base: float, lift: float, daily: int, first: int, second: int) -> Figures | None:
    """Return the whole `days` until the variant with the weight `second` has the callers that it needs (`count`), where
    `daily` callers come and the other one weighs `first`.

    The slips: as if all came to it (`alone`), as if weights were equal (`equal`), and the larger arm (`larger`).
    """
    count = sample_size(base / 100, (base + lift) / 100)
    both = first + second

    def until(share: float) -> int:
        return math.ceil(round(count / (daily * share), 9))

    found = {"days": until(second / both), "larger": until(first / both), "equal": until(0.5), "alone": until(1)}
    if first <= second or len(set(found.values())) < 4 or not 7 <= found["days"] <= 120:
        return None
    return {"count": count, "each": f"{daily * second / both:g}", "rises_to": f"{base + lift:g}", "sum": both, **found}


def splits(draw: int) -> Figures:
    """Return four splits of tests with equal weights: `broken` has a p below .001, `fine_1` to `fine_3` have their p
    (`fine_1_p` and so on), and each says by how much the arms differ, in per cent (`broken_gap` and so on)."""
    chance, fine, broken = Random(draw), dict[str, tuple[float, float]](), dict[str, tuple[float, float]]()
    while len(fine) < 3 or not broken:
        count, gap = chance.choice((200, 1_000, 5_000, 20_000, 80_000, 300_000)), chance.uniform(0.004, 0.2)
        first, second = (10 * round(count * part / 10) for part in (1 - gap / 2, 1 + gap / 2))
        p, text = sample_ratio_p_value(first, second), f"{first:,} against {second:,}"
        if 0.1 < p < 0.7 and len(fine) < 3:
            fine[text] = (p, (second - first) / (first + second))
        elif 1e-7 < p < 0.001:
            broken = broken or {text: (p, (second - first) / (first + second))}
    figures: dict[str, float | str] = {}
    for name, (text, (p, part)) in zip(_SPLITS, (broken | fine).items(), strict=True):
        figures |= {name: text, f"{name}_p": round(p, 2), f"{name}_gap": f"{200 * part:.2g}"}
    return figures
