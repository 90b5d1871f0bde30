"""What Argo Rollouts, Flagger and CloudWatch make of the same row of points, as the deciders of the engine have it.

Rows are written oldest first: `X` is bad, `0` good, `-` a point that did not come.
"""

from __future__ import annotations

from random import Random

from engine.deciders import argo_rollouts, cloudwatch, flagger
from engine.deciders.argo_rollouts import ArgoRollouts
from engine.deciders.cloudwatch import CloudWatch
from engine.deciders.flagger import Flagger
from engine.deciders.verdict import Row
from quiz.computed.computed import Figures

_POINTS = 10


def _row(chance: Random) -> Row:
    return tuple(chance.choices((True, False, None), (4, 4, 2), k=_POINTS))


def _is_silent(row: Row) -> bool:
    """Does it hold so many gaps in a row that a setting of Argo Rollouts decides which the question does not name?"""
    limit = ArgoRollouts().consecutive_error_limit
    return any(set(row[place : place + limit + 1]) == {None} for place in range(len(row) - limit))


def _written(row: Row) -> str:
    return " ".join("-" if bad is None else "X" if bad else "0" for bad in row)


def aborts_at(draw: int, limit: int) -> Figures | None:
    """Return a row of ten points, and `argo`, the point at which Argo Rollouts aborts with this failureLimit.

    The slips: `early` takes the limit for the number that is enough, `silent` counts gaps as failures (as `flagger`
    would, which stops at that point with a threshold of one more). None where it does not abort, or where these agree.
    """
    row = _row(Random(draw))
    abort = argo_rollouts.decide(row, ArgoRollouts(failure_limit=limit)).at
    early = argo_rollouts.decide(row, ArgoRollouts(failure_limit=limit - 1)).at
    silent = flagger.decide(row, Flagger(threshold=limit + 1)).at
    if _is_silent(row) or abort is None or early is None or silent is None or len({abort, early, silent}) < 3:
        return None
    return {
        "points": _written(row),
        "argo": abort + 1,
        "early": early + 1,
        "silent": silent + 1,
        "needs": limit + 1,
    }


def four_verdicts(draw: int, number: int) -> Figures | None:
    """Return a row of ten points and where four controllers send the release back: `argo` (failureLimit `number`),
    `flagger` (threshold `number`), `alarm` (`number` of `number` periods, notBreaching) and `nobody`, if one of them
    does not. Each has a reason, such as `argo_says`. None where two of the answers are the same.
    """
    row = _row(Random(draw))
    found = {
        "argo": argo_rollouts.decide(row, ArgoRollouts(failure_limit=number)),
        "flagger": flagger.decide(row, Flagger(threshold=number)),
        "alarm": cloudwatch.decide(
            row, CloudWatch(evaluation_periods=number, datapoints_to_alarm=number), "notBreaching"
        ),
    }
    if _is_silent(row) or len({verdict.at for verdict in found.values()}) < len(found):
        return None
    places = {verdict.at for verdict in found.values()}
    free = next(place for place in range(_POINTS) if place not in places)
    answers = {name: "Nowhere in this row" if v.at is None else f"At point {v.at + 1}" for name, v in found.items()}
    says = {f"{name}_says": verdict.say for name, verdict in found.items()}
    return {"points": _written(row), "decoy": f"At point {free + 1}", **answers, **says}
