"""One workload on every option: what each does to the callers, what it costs, and what rules it out.

All options meet the same requests with the same random numbers, so that a difference is one of the options.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.catalogue.money import rates
from engine.comparison.comparison import Comparison, mean_kb
from engine.comparison.heard import Heard
from engine.comparison.judging import judged, judged_job
from engine.comparison.limits import limits
from engine.comparison.options import Asynchronous, Batch, Option, RealTime, Serverless
from engine.comparison.sizes import count_of, memory_of, utilisation_of
from engine.comparison.worlds import world_of
from engine.requests.sagemaker import MOST_INSTANCES
from engine.run import JOB, Run
from engine.simulate import simulate
from engine.statistics import percentile
from engine.traffic.arrivals import Arrivals

PERCENTILES = (50.0, 90.0, 99.0)
KB_PER_GB = 1e6
OnOption = Callable[[float, float], None]
"""Called with how many options are done and how many there are; may raise to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What became of one option; None for what was not simulated, or has no meaning there."""

    option: str
    """Its kind."""
    model: str
    instance_type: str | None
    count: int | None
    """Instances."""
    memory_mb: int | None
    """Of a serverless environment."""
    latency_ms: tuple[float, ...] | None = None
    """`PERCENTILES` of the answers without error: what the caller waits, or until an asynchronous answer is there, or
    until the job ends that has it."""
    failed: float | None = None
    """Share of the requests."""
    throttled: float | None = None
    """Share of the requests that found no environment; they are among those that failed."""
    late: float | None = None
    """Share of the requests that were answered, but not in time."""
    utilisation: float | None = None
    """How busy workers are on average."""
    cost_usd: float | None = None
    """None also where a price is not known."""
    usd_per_thousand: float | None = None
    """What a thousand answers without error cost."""
    ruled_out: tuple[str, ...] = ()
    """Why it will not do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """All options beside each other."""

    seed: int
    requests: int
    """That came in the time, the same for every option."""
    duration_s: float
    rows: tuple[Row, ...]

    def cheapest(self, *, waits: bool = False) -> Row | None:
        """Return the cheapest of those that will do and whose cost is known, for callers who wait without a batch."""
        fits = [row for row in self.rows if not row.ruled_out and not (waits and row.option == Batch.kind)]
        return min((row for row in fits if row.cost_usd is not None), key=lambda row: row.cost_usd or 0.0, default=None)


def compare(comparison: Comparison, seed: int, on_option: OnOption | None = None) -> Compared:
    """Simulate every option that no limit rules out."""
    requests = _requests(comparison, seed)
    rows: list[Row] = []
    for option in comparison.options:
        rows.append(_row(comparison, option, seed, requests))
        if on_option is not None:
            on_option(len(rows), len(comparison.options))
    return Compared(seed=seed, requests=requests, duration_s=comparison.duration_s, rows=tuple(rows))


def _requests(comparison: Comparison, seed: int) -> int:
    """Return how many requests come in the time."""
    arrivals, until_s = Arrivals(comparison.workload, seed), comparison.duration_s
    slots = range(arrivals.index_at(until_s - 1e-6) + 1)
    return sum(int(arrivals.slot(index).arrival.searchsorted(until_s)) for index in slots)


def _row(comparison: Comparison, option: Option, seed: int, requests: int) -> Row:
    out = tuple(limits(comparison, option)) or tuple(_nothing(requests))
    count = 0 if out else count_of(comparison, option, requests)
    if count > MOST_INSTANCES:
        out, count = (f"instances: {count:,} are needed, and {MOST_INSTANCES:,} are the most here",), 0
    named: dict[str, Any] = {
        "option": option.kind,
        "model": option.model,
        "instance_type": None if isinstance(option, Serverless) else option.instance_type,
        "count": count or None,
        "memory_mb": memory_of(comparison, option) if isinstance(option, Serverless) else None,
    }
    if out:
        return Row(**named, ruled_out=out)
    heard = Heard()
    world, plan = world_of(comparison, option, count, requests)
    run = simulate(world, plan, seed, series=False, keep_requests=False, listen=heard.listen)
    if isinstance(option, Batch):
        return Row(**named, **_of_job(comparison, option, run, requests))
    busy = None if isinstance(option, Serverless) else utilisation_of(comparison, option, count)
    return Row(**named, utilisation=busy, **_of_requests(comparison, option, run, heard, busy))


def _nothing(requests: int) -> Iterator[str]:
    if not requests:
        yield "requests: none came, so there is nothing to compare"


def _of_requests(
    comparison: Comparison, option: RealTime | Asynchronous | Serverless, run: Run, heard: Heard, busy: float | None
) -> dict[str, Any]:
    """Return what became of requests one by one."""
    answered, waiting = heard.answered_s(), heard.waiting_s(run.ended_s)
    slo_s = np.inf if comparison.slo is None else comparison.slo.latency_ms / 1000
    late = int(np.count_nonzero(answered > slo_s)) + int(np.count_nonzero(waiting > slo_s))
    found: dict[str, Any] = {
        "latency_ms": _percentiles(np.sort(np.concatenate([answered, waiting[waiting > slo_s]]))),
        "failed": heard.failed / heard.requests,
        "throttled": heard.throttled / heard.requests if isinstance(option, Serverless) else None,
        "late": None if comparison.slo is None else late / heard.requests,
    }
    paid = run.totals.cost_usd
    cost = None if paid is None else paid + _data_usd(comparison, option, heard.requests, len(answered))
    return {
        **found,
        **_money(cost, len(answered)),
        "ruled_out": tuple(judged(comparison, option, busy=busy, **found)),
    }


def _data_usd(
    comparison: Comparison, option: RealTime | Asynchronous | Serverless, requests: int, answers: int
) -> float:
    """Return what data costs beyond what a run has billed already: answers have no size there, and asynchronous data is
    not billed (spec inference 3.4, 4). Nothing of the kind is known of real-time endpoints."""
    out_gb, usd = answers * comparison.answer_kb / KB_PER_GB, rates()
    match option:
        case Serverless():
            return out_gb * usd["serverless-gb"]
        case Asynchronous():
            in_gb = requests * mean_kb(comparison.workload.payload) / KB_PER_GB
            return (in_gb + out_gb) * usd["asynchronous-gb"]
        case RealTime():
            return 0.0


def _of_job(comparison: Comparison, option: Batch, run: Run, records: int) -> dict[str, Any]:
    """Return what became of a job; without an end its answers, its time and its cost are not known."""
    ends = [event for event in run.events if "outputs" in event.detail]
    if not ends:
        return {"ruled_out": ("time: the job is not done after two days, and no longer ones are looked at",)}
    end = ends[-1]
    outputs, objects = end.detail["outputs"], end.detail["objects"]
    share = outputs / objects
    [paid] = [usd for name, usd in run.costs.items() if name.startswith(JOB)]
    return {
        "latency_ms": (end.t * 1000,) * len(PERCENTILES) if share else None,
        "failed": 1 - share,
        **_money(paid, share * records),
        "ruled_out": tuple(judged_job(comparison, option, records, ended_s=end.t, outputs=outputs, objects=objects)),
    }


def _money(cost: float | None, answers: float) -> dict[str, float | None]:
    return {"cost_usd": cost, "usd_per_thousand": None if cost is None or not answers else 1000 * cost / answers}


def _percentiles(ordered: npt.NDArray[np.float64]) -> tuple[float, ...] | None:
    return tuple(1000 * percentile(ordered, percent) for percent in PERCENTILES) if len(ordered) else None
