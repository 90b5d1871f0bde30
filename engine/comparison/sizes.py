"""How many instances an option gets, how busy they are, and how its requests become a transform job."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor
from typing import assert_never

from engine.batch.objects import S3Objects, objects_under
from engine.batch.split import BYTES_PER_MB
from engine.batch.work import work
from engine.comparison.comparison import Candidate, Comparison, mean_kb
from engine.comparison.limits import BATCH, BYTES_PER_KB
from engine.comparison.options import MOST_OF_A_JOB, Asynchronous, Batch, Option, RealTime, Serverless
from engine.requests.batch import BatchStrategy, CreateTransformJob
from engine.requests.sagemaker import MEMORY_MB

JOB_NAME, MODEL_INPUT, OUTPUT = "compared", "s3://compared/in/", "s3://compared/out/"
PAYLOADS_MB = (2, 6)
"""MaxPayloadInMB that are tried, beside the least that holds a record: 6 by default (spec sagemaker 8)."""
IMPRECISE = 1e-9
"""Of a number of instances: floating point makes none."""


def count_of(comparison: Comparison, option: Option, records: int) -> int:
    """Return how many instances an option has, 0 for one without any; `records` are those of a job."""
    match option:
        case Serverless():
            return 0
        case RealTime():
            return option.count or fewest(comparison, option, comparison.utilisation)
        case Asynchronous():
            return option.count or fewest(comparison, option, comparison.utilisation)
        case Batch():
            return option.count or _fewest_in_time(comparison, option, records)
        case _:
            assert_never(option)


def fewest(comparison: Comparison, option: RealTime | Asynchronous, utilisation: float) -> int:
    """Return how many instances are at least needed to stay at or below this utilisation."""
    rate = comparison.workload.peak_rate if isinstance(option, RealTime) else comparison.mean_rate
    return max(1, ceil(rate / (_per_second(comparison.candidate(option)) * utilisation) - IMPRECISE))


def utilisation_of(comparison: Comparison, option: RealTime | Asynchronous, count: int) -> float:
    """Return which share of the time the workers are busy on average: lambda S / (m workers)."""
    return comparison.mean_rate / (_per_second(comparison.candidate(option)) * count)


def _per_second(model: Candidate) -> float:
    return model.workers * 1000 / model.mean_ms


def memory_of(comparison: Comparison, option: Serverless) -> int:
    """Return the size of environments: the smallest that holds the model, where none is asked for."""
    needed = comparison.candidate(option).memory_mb or 0
    return option.memory_mb or next((size for size in MEMORY_MB if size >= needed), MEMORY_MB[-1])


def job_of(comparison: Comparison, option: Batch, count: int, records: int) -> CreateTransformJob:
    """Return the job that answers all records soonest: with small requests more of them are in work at once, and large
    ones have less overhead (spec inference 5)."""
    jobs = list(_jobs(comparison, option, count))
    return min(jobs, key=lambda job: _work_s(comparison, option, job, records))


def _jobs(comparison: Comparison, option: Batch, count: int) -> Iterator[CreateTransformJob]:
    """Yield jobs with as many requests at once as there are workers, within the 100 MB that these may have together,
    whose records fit into their payload and their time (spec sagemaker 8)."""
    model, record_bytes = comparison.candidate(option), mean_kb(comparison.workload.payload) * BYTES_PER_KB
    least_mb = ceil(record_bytes / BYTES_PER_MB)
    for payload_mb in (least_mb, *(each for each in PAYLOADS_MB if each > least_mb)):
        records = floor(payload_mb * BYTES_PER_MB / record_bytes)
        strategies: tuple[tuple[BatchStrategy, int], ...] = (("MultiRecord", records), ("SingleRecord", 1))
        for strategy, each in strategies:
            if each == 1 or each * model.mean_ms / 1000 <= BATCH.seconds / 2:
                yield CreateTransformJob(
                    transform_job_name=JOB_NAME,
                    model_name=option.model,
                    s3_uri=MODEL_INPUT,
                    s3_output_path=OUTPUT,
                    instance_type=option.instance_type,
                    instance_count=count,
                    split_type="Line",
                    batch_strategy=strategy,
                    assemble_with="Line",
                    max_concurrent_transforms=max(1, min(model.workers, int(BATCH.payload_mb // payload_mb))),
                    max_payload_in_mb=payload_mb,
                    invocations_timeout_in_seconds=int(BATCH.seconds),
                )


def input_of(comparison: Comparison, option: Batch, count: int, records: int) -> tuple[S3Objects, ...]:
    """Return the records as files, as even as can be."""
    files = min(option.objects or count * comparison.candidate(option).workers, records)
    each, more = divmod(records, files)
    record_bytes = mean_kb(comparison.workload.payload) * BYTES_PER_KB
    kinds = (("a-", more, each + 1), ("b-", files - more, each))
    return tuple(
        S3Objects(prefix=f"{MODEL_INPUT}{name}", count=many, records=of_each, record_bytes=record_bytes)
        for name, many, of_each in kinds
        if many
    )


def batch_deadline_s(comparison: Comparison) -> float | None:
    """Return how long a batch may take: without a deadline of its own as long as any answer."""
    if comparison.deadline_s is not None or comparison.slo is None:
        return comparison.deadline_s
    return comparison.slo.latency_ms / 1000


def batch_s(comparison: Comparison, option: Batch, count: int, records: int) -> float:
    """Return how long a job takes if every record takes its mean: wait, load, work (spec inference 5)."""
    timing, job = comparison.timing, job_of(comparison, option, count, records)
    return timing.transform_wait_s + timing.transform_load_s + _work_s(comparison, option, job, records)


def _work_s(comparison: Comparison, option: Batch, job: CreateTransformJob, records: int) -> float:
    objects = objects_under(MODEL_INPUT, input_of(comparison, option, job.instance_count, records))
    return work(objects, job, comparison.candidate(option), comparison.timing).seconds


def _fewest_in_time(comparison: Comparison, option: Batch, records: int) -> int:
    deadline_s = batch_deadline_s(comparison)
    if deadline_s is None or not records:
        return 1
    counts = range(1, MOST_OF_A_JOB + 1)
    in_time = (count for count in counts if batch_s(comparison, option, count, records) <= deadline_s)
    return next(in_time, 1)
