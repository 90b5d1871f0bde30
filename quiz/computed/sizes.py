"""Sizes of updates: which ones AWS takes, and what share of the requests they come to."""

from __future__ import annotations

from random import Random

from engine.requests.sagemaker import CapacitySize
from engine.sagemaker.updates.terms import SIZES
from quiz.computed.computed import Figures
from quiz.computed.policies import blue_green, count, percent, played, rolling

_PERCENT = (2, 3, 4, 5, 8, 10, 20, 30, 40, 50, 51, 55, 60, 75, 100)


def first_shares(first: int, instances: int) -> Figures | None:
    """Return four updates of an endpoint, `update_1` to `update_4`, in the order of the share of requests that green
    gets with the first shift, the least first: `share_1` to `share_4`, in per cent."""
    chance = Random(first)
    found = dict(sorted(_first_shares(instances, chance)))
    if len(found) < 4:
        return None
    chosen = sorted(chance.sample(sorted(found), 4))
    figures: dict[str, float | str] = {}
    for place, share in enumerate(chosen, 1):
        figures |= {f"update_{place}": found[share], f"share_{place}": round(share, 1)}
    return figures


def _first_shares(instances: int, chance: Random) -> list[tuple[float, str]]:
    """Return a share and what is said of it, for one update of each kind and size."""
    sizes = {
        "CANARY": (percent(chance.choice((5, 10))), count(chance.choice((2, 3)))),
        "LINEAR": (percent(chance.choice((20, 25, 40, 50))),),
        "ROLLING": (percent(chance.choice((25, 30, 50))), count(chance.choice((4, 6)))),
        "ALL_AT_ONCE": (None,),
    }
    fields = {"CANARY": "CanarySize", "LINEAR": "LinearStepSize", "ROLLING": "MaximumBatchSize"}
    names = {"CANARY": "Canary", "LINEAR": "Linear", "ROLLING": "Rolling", "ALL_AT_ONCE": "All at once"}
    made = []
    for kind, each in ((kind, each) for kind, several in sizes.items() for each in several):
        policy = rolling(each) if kind == "ROLLING" and each else blue_green(kind, each, 5, 5)
        said = f"{names[kind]}, {fields[kind]} of {each.type} {each.value}" if each else names[kind]
        made.append((100 * played(policy, instances, 3).first_share, said))
    return made


def sizes(field: str, instances: int, first: int) -> Figures | None:
    """Return sizes for `field` of a variant with `instances` instances: `ok_1` to `ok_3` are accepted, `no_1` to `no_3`
    refused, with what each means (`ok_1_says`, `no_1_says`) as a share in per cent; `low` and `high` are the bounds."""
    terms, chance = next(each for each in SIZES if each.field == field), Random(first)
    every = [percent(each) for each in _PERCENT] + [count(each) for each in range(1, instances + 1)]
    chance.shuffle(every)
    taken = [each for each in every if terms.allows(each, instances)]
    refused = [each for each in every if not terms.allows(each, instances)]
    small = [each for each in refused if _share(each, instances) < terms.low][:1]
    large = _mixed([each for each in refused if _share(each, instances) > terms.high])
    figures: dict[str, float | str] = {"low": terms.low, "high": terms.high}
    for name, chosen in (("ok", _mixed(taken)), ("no", small + large[len(small) :])):
        if len(chosen) < 3:
            return None
        for place, each in enumerate(chosen, 1):
            figures |= {f"{name}_{place}": f"{each.type} {each.value}", f"{name}_{place}_says": _says(each, instances)}
    return figures


def _mixed(every: list[CapacitySize]) -> list[CapacitySize]:
    """Return three sizes, of both types where there are both: else the type alone would tell."""
    counts, percents = (
        [each for each in every if each.type == type] for type in ("INSTANCE_COUNT", "CAPACITY_PERCENT")
    )
    return (counts[:2] + percents[:1] + percents[1:] + counts[2:])[:3]


def _share(size: CapacitySize, instances: int) -> float:
    return size.value if size.type == "CAPACITY_PERCENT" else 100 * size.value / instances


def _says(size: CapacitySize, instances: int) -> str:
    if size.type == "CAPACITY_PERCENT":
        return f"It asks for {size.value} % of the instances."
    verb = "is" if size.value == 1 else "are"
    return f"{size.value} of {instances} instances {verb} {_share(size, instances):.3g} %."


def smallest_fleet(callers: int, rate: int) -> Figures | None:
    """Return the `fewest` instances with which a canary gets at most `callers` of `rate` requests; `one_less` than
    that, the `same_number` as the percentage `most`, and `half` of what is needed are slips. `reached` is the share
    in per cent then, and `too_much` with one instance less."""
    most = 100 * callers / rate
    if rate % callers == 0 or most != round(most):
        return None
    fewest = next((fleet for fleet in range(2, 101) if _first_share(fleet) <= most + 1e-9), None)
    if fewest is None or fewest < 4:
        return None
    return {
        "most": round(most),
        "fewest": fewest,
        "one_less": fewest - 1,
        "same_number": round(most),
        "half": -(-fewest // 2),
        "reached": round(_first_share(fewest), 2),
        "too_much": round(_first_share(fewest - 1), 2),
    }


def _first_share(fleet: int) -> float:
    """Return which share of the requests a canary of one instance gets, in per cent."""
    return 100 * played(blue_green("CANARY", count(1), 5, 5), fleet, 3).first_share
