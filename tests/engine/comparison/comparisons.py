"""Small comparisons."""

from __future__ import annotations

from engine.comparison.compare import compare
from engine.comparison.comparison import Candidate, Comparison
from engine.comparison.options import Asynchronous, Batch, RealTime, Serverless
from engine.serving.model import ServiceTime
from engine.traffic.workload import Payload, Workload

S = 0.1
CONSTANT = ServiceTime(mean_ms=1000 * S, kind="constant")
KINDS = {
    "real-time": RealTime(model="m", instance_type="ml.m5.large"),
    "asynchronous": Asynchronous(model="m", instance_type="ml.m5.large"),
    "serverless": Serverless(model="m"),
    "batch": Batch(model="m", instance_type="ml.m5.large"),
}


def comparison(*options, payload_kb=10.0, sigma=0.0, rate=2.0, model=None, **fields):
    """A comparison of these options, an even load on a model that takes a tenth of a second."""
    given = {"service": CONSTANT, **(model or {})}
    payload = Payload(median_kb=payload_kb, sigma=sigma)
    workload = {"rate": rate, "arrivals": "regular", "payload": payload, **fields.pop("workload", {})}
    return Comparison(
        workload=Workload(**workload),
        models={"m": Candidate(**given)},
        options=tuple(KINDS[each] if isinstance(each, str) else each for each in options),
        **{"duration_s": 600.0, **fields},
    )


def rows(*options, seed=1, **fields):
    """What became of these options."""
    return compare(comparison(*options, **fields), seed).rows


def row(option, **fields):
    """What became of one option."""
    [found] = rows(option, **fields)
    return found
