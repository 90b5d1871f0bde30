"""What a transform job takes and what becomes of its objects: arithmetic over whole objects, never over records.

A request costs its overhead and the work on its records; an instance works on as many requests at once as the job
allows, and on as many records at once as the model has workers (spec inference 5). A record that the model refuses
fails its request, at once; a request that fails otherwise, or takes too long, is sent again as often as the job says.
An object with a request that failed for good gets no output. No source says that the rest of it is then left out: it
is worked on all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from engine.batch.objects import Floats, Ints, Objects
from engine.batch.split import Split, instances_of, split
from engine.requests.batch import CreateTransformJob
from engine.serving.model import Model
from engine.timing import Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What the instances of a job do once their model is loaded."""

    objects: int
    records: int
    failed_objects: int
    requests: int
    """Without those that were sent again."""
    retries: int
    lost_records: Mapping[str, int] = field(default_factory=dict)
    """By the prefix of their objects: records of objects that get no output."""
    instance_s: tuple[float, ...]
    """How long each instance is at work; the job lasts as long as the last of them."""

    @property
    def seconds(self) -> float:
        """How long the job works on records."""
        return max(self.instance_s)

    @property
    def idle_instances(self) -> int:
        """How many instances have nothing to do."""
        return sum(seconds == 0 for seconds in self.instance_s)


def work(
    objects: Objects, job: CreateTransformJob, model: Model, timing: Timing, dice: np.random.Generator | None = None
) -> Work:
    """Return what a job does; without dice every record takes its mean, and nothing fails by chance."""
    parts = split(objects, job)
    service_s = _service_s(objects, model, dice)
    request_s = timing.transform_overhead_s + service_s / parts.requests * _crowd(job, model)
    late = request_s > job.invocations_timeout_in_seconds
    bad = objects.bad_records + _refused(objects, model, dice)
    retries, lost = _retries(parts, job, model, dice)
    retries = np.where(late, parts.requests * job.invocations_max_retries, retries)
    sent = parts.fits * (parts.requests + retries)
    took_s = np.minimum(service_s / parts.requests, job.invocations_timeout_in_seconds)
    place = instances_of(objects, job.instance_count, timing.transform_assignment)

    def per_instance(each: Floats | Ints) -> Floats:
        return np.bincount(place, weights=each, minlength=job.instance_count).astype(np.float64)

    at_once = np.minimum(job.concurrency, np.maximum(1, per_instance(parts.fits * parts.requests)))
    busy_s = per_instance(sent) * timing.transform_overhead_s / at_once + per_instance(sent * took_s) / np.minimum(
        at_once, model.workers
    )
    longest = np.zeros(job.instance_count)
    np.maximum.at(longest, place, parts.fits * np.minimum(request_s, job.invocations_timeout_in_seconds))
    failed = ~parts.fits | late | (bad > 0) | (lost > 0)
    return Work(
        objects=len(objects),
        records=int(objects.records.sum()),
        failed_objects=int(np.count_nonzero(failed)),
        lost_records=_lost(objects, failed),
        requests=int((parts.fits * parts.requests).sum()),
        retries=int((parts.fits * retries).sum()),
        instance_s=tuple(np.maximum(busy_s, longest).tolist()),
    )


def _lost(objects: Objects, failed: npt.NDArray[np.bool_]) -> Mapping[str, int]:
    lost = np.split(objects.records * failed, np.cumsum([kind.count for kind in objects.keys])[:-1])
    return {kind.prefix: int(each.sum()) for kind, each in zip(objects.keys, lost, strict=True)}


def _crowd(job: CreateTransformJob, model: Model) -> float:
    """Return how much longer a request takes because more are sent at once than there are workers."""
    return max(1.0, job.concurrency / model.workers)


def _service_s(objects: Objects, model: Model, dice: np.random.Generator | None) -> Floats:
    """Return the work on all records of each object: a sum of many times, so only its mean and spread matter."""
    mean_s, service = model.mean_ms / 1000, model.service
    cv = {"constant": 0.0, "exponential": 1.0, "lognormal": service.cv}[service.kind]
    if dice is None or cv == 0:
        return objects.records.astype(np.float64) * mean_s
    return dice.gamma(objects.records / cv**2, mean_s * cv**2)


def _refused(objects: Objects, model: Model, dice: np.random.Generator | None) -> Ints:
    """Return how many records of each object the model refuses by chance."""
    if dice is None or model.error_rate_4xx == 0:
        return np.zeros(len(objects), dtype=np.int64)
    return dice.binomial(objects.records, model.error_rate_4xx)


def _retries(
    parts: Split, job: CreateTransformJob, model: Model, dice: np.random.Generator | None
) -> tuple[Ints, Ints]:
    """Return how many requests of each object are sent again, and how many fail for good."""
    again, failing = np.zeros(len(parts.requests), dtype=np.int64), parts.requests
    if dice is None or model.error_rate_5xx == 0:
        return again, again
    for _ in range(job.invocations_max_retries):
        failing = dice.binomial(failing, model.error_rate_5xx)
        again = again + failing
    return again, dice.binomial(failing, model.error_rate_5xx)
