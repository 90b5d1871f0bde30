"""What the figures of a run say against an option: the service level, the deadline, a load that is too much."""

from __future__ import annotations

from collections.abc import Iterator

from engine.comparison.comparison import Comparison
from engine.comparison.options import MOST_OF_A_JOB, Asynchronous, Batch, RealTime, Serverless
from engine.comparison.sizes import batch_deadline_s, batch_s, fewest
from engine.requests.sagemaker import MOST_CONCURRENCY


def judged(
    comparison: Comparison,
    option: RealTime | Asynchronous | Serverless,
    *,
    latency_ms: tuple[float, ...] | None,
    failed: float,
    throttled: float | None,
    late: float | None,
    busy: float | None,
) -> Iterator[str]:
    """Yield what rules out an option whose requests were answered one by one."""
    if busy is not None and busy >= 1 and not isinstance(option, Serverless):
        yield f"load: {_percent(busy)} of what it can do; {fewest(comparison, option, 1.0)} instances would keep up"
    if throttled and throttled > comparison.tolerated and isinstance(option, Serverless):
        most = f"; AWS gives at most {MOST_CONCURRENCY}" if option.max_concurrency == MOST_CONCURRENCY else ""
        yield f"concurrency: {_percent(throttled)} throttled, as MaxConcurrency is {option.max_concurrency}{most}"
    if comparison.slo is None:
        if failed - (throttled or 0.0) > comparison.tolerated:
            yield f"failures: {_percent(failed)} of the requests fail"
        return
    good, slo = 1 - failed - (late or 0.0), comparison.slo
    if good < slo.share:
        slowest = f"; p99 is {_seconds(latency_ms[-1] / 1000)}" if latency_ms else ""
        in_time = f"in {_seconds(slo.latency_ms / 1000)}"
        yield f"SLO: {_percent(good)} answered {in_time}, and {_percent(slo.share)} are asked for{slowest}"


def judged_job(
    comparison: Comparison, option: Batch, records: int, *, ended_s: float, outputs: int, objects: int
) -> Iterator[str]:
    """Yield what rules out a transform job: a bad record leaves its whole file without an output (spec sagemaker 8)."""
    deadline_s = batch_deadline_s(comparison)
    if deadline_s is not None and ended_s > deadline_s:
        whose = "the SLO" if comparison.deadline_s is None else "the deadline"
        say = f"{whose}: the answers are there after {_seconds(ended_s)}, and {_seconds(deadline_s)} are allowed"
        least_s = batch_s(comparison, option, MOST_OF_A_JOB, records)
        yield say if option.count else f"{say}; {MOST_OF_A_JOB} instances, the most, take {_seconds(least_s)}"
    if outputs < objects:
        yield f"failures: the job fails; {objects - outputs:,} of {objects:,} files have no output"


def _percent(share: float) -> str:
    return f"{100 * share:.4g} %"


def _seconds(seconds: float) -> str:
    if seconds < 1:
        return f"{1000 * seconds:.3g} ms"
    return f"{seconds:.3g} s" if seconds < 1000 else f"{seconds:,.0f} s"
