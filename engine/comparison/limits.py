"""What AWS does not do at all, with numbers: it rules an option out before anything is simulated (spec sagemaker 8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from engine.batch.split import BYTES_PER_MB
from engine.comparison.comparison import Candidate, Comparison, mean_kb, needs_accelerator, share_above
from engine.comparison.options import Asynchronous, Batch, Option, RealTime, Serverless
from engine.requests.sagemaker import MEMORY_MB

BYTES_PER_KB = 1000
MB_PER_GB = 1024


@dataclass(frozen=True, slots=True)
class Limit:
    """What one way of serving takes at most."""

    payload_mb: float
    answer_mb: float
    seconds: float
    """Until an answer must be there."""


REAL_TIME = Limit(payload_mb=6, answer_mb=6, seconds=60)
"""A body of 6,291,456 bytes and 60 s for the container, as the service model says. The current guide has 25 MB, and 8
minutes for answers that are streamed, which is not simulated (spec sagemaker 5, 8)."""
SERVERLESS = Limit(payload_mb=4, answer_mb=4, seconds=60)
"""4 MB for request and response, 60 s (spec sagemaker 8)."""
ASYNCHRONOUS = Limit(payload_mb=1024, answer_mb=1024, seconds=3600)
"""1 GB in S3, and InvocationTimeoutSeconds up to an hour (spec sagemaker 8). An answer
is taken to be no larger: how large one may be is not said."""
BATCH = Limit(payload_mb=100, answer_mb=float("inf"), seconds=3600)
"""MaxPayloadInMB up to 100 for a request, which one record must fit into, and InvocationsTimeoutInSeconds up to 3600
(spec sagemaker 8, inference 5)."""


def limit_of(option: Option) -> Limit:
    """Return what this way of serving takes at most."""
    match option:
        case RealTime():
            return REAL_TIME
        case Serverless():
            return SERVERLESS
        case Asynchronous():
            return ASYNCHRONOUS
        case Batch():
            return BATCH
        case _:
            assert_never(option)


def limits(comparison: Comparison, option: Option) -> Iterator[str]:
    """Yield what rules the option out, whatever its load."""
    model, limit = comparison.candidate(option), limit_of(option)
    yield from _size(comparison, option, limit)
    yield from _time(comparison, option, model, limit)
    if isinstance(option, Serverless):
        yield from _serverless(option, model)
    else:
        yield from _instance(comparison, option.instance_type, model)


def _size(comparison: Comparison, option: Option, limit: Limit) -> Iterator[str]:
    payload = comparison.workload.payload
    share = share_above(payload, _kb(limit.payload_mb))
    if isinstance(option, Batch):
        share = float(mean_kb(payload) > _kb(limit.payload_mb))
    if share > comparison.tolerated:
        say = f"payload: {_percent(share)} of the requests are above {limit.payload_mb:g} MB"
        yield f"{say}, the most that {option.kind} takes"
    if comparison.answer_kb > _kb(limit.answer_mb):
        mb = comparison.answer_kb * BYTES_PER_KB / BYTES_PER_MB
        yield f"answer: {mb:.1f} MB, and {option.kind} gives at most {limit.answer_mb:g} MB"


def _time(comparison: Comparison, option: Option, model: Candidate, limit: Limit) -> Iterator[str]:
    mean_s, most_s = model.mean_ms / 1000, seconds_of(comparison, option)
    if mean_s > most_s:
        say = f"time: the model takes {mean_s:,.0f} s, and {option.kind} waits at most {most_s:,.0f} s"
        higher = f"; invocation_timeout_s may be up to {limit.seconds:,.0f}" if most_s < limit.seconds else ""
        yield f"{say}{higher}"


def seconds_of(comparison: Comparison, option: Option) -> float:
    """Return for how long a request may be worked on."""
    match option:
        case Asynchronous():
            return comparison.workload.invocation_timeout_s
        case RealTime() | Serverless():
            return comparison.timing.container_timeout_s
        case Batch():
            return BATCH.seconds
        case _:
            assert_never(option)


def _serverless(option: Serverless, model: Candidate) -> Iterator[str]:
    """Yield what environments do not have: a GPU, and more than 6144 MB (spec sagemaker 8)."""
    if needs_accelerator(model):
        yield "GPU: the model needs one, and serverless environments have none"
    given = MEMORY_MB[-1] if option.memory_mb is None else option.memory_mb
    if model.memory_mb is not None and model.memory_mb > given:
        most = "at most " if given == MEMORY_MB[-1] else ""
        yield f"memory: the model needs {model.memory_mb:,.0f} MB, and the environment has {most}{given} MB"


def _instance(comparison: Comparison, instance_type: str, model: Candidate) -> Iterator[str]:
    has = comparison.hardware(instance_type)
    if model.gpu and not has.gpus:
        yield f"GPU: the model needs one, and {instance_type} has none"
    if model.memory_mb is not None and has.memory_gib is not None and model.memory_mb > has.memory_gib * MB_PER_GB:
        has_mb = has.memory_gib * MB_PER_GB
        yield f"memory: the model needs {model.memory_mb:,.0f} MB, and {instance_type} has {has_mb:,.0f} MB"


def _kb(mb: float) -> float:
    return mb * BYTES_PER_MB / BYTES_PER_KB


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"
