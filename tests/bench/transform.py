"""One transform job over ten million records, in few large objects or in very many small ones."""

from __future__ import annotations

import numpy as np

from engine.batch.objects import S3Objects
from engine.batch.work import Work, work
from engine.serving.model import ServiceTime
from engine.timing import Timing
from tests.bench.rollout import ERROR_RATE, SEED
from tests.engine.batch.jobs import job, objects, part
from tests.engine.rollouts import model

FLAKY = model(service=ServiceTime(mean_ms=5), workers=4, error_rate_5xx=ERROR_RATE)


def large_objects() -> Work:
    """Work out a job over 40 objects of a quarter of a million records."""
    return _worked(part(40, 250_000))


def small_objects() -> Work:
    """Work out a job over a hundred thousand objects of a hundred records."""
    return _worked(part(100_000, 100))


def _worked(kind: S3Objects) -> Work:
    return work(objects(kind), job(instance_count=4), FLAKY, Timing(), np.random.default_rng(SEED))
