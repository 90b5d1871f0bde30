"""How the records of an object become requests (spec inference 5): a request never spans two objects."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

import numpy as np
import numpy.typing as npt

from engine.batch.objects import Floats, Ints, Objects
from engine.requests.batch import CreateTransformJob

BYTES_PER_MB = 1 << 20
"""As the limit of 6 MB for other requests is 6,291,456 bytes (spec sagemaker 8)."""
Assignment = Literal["key-order", "key-hash"]


@dataclass(frozen=True, slots=True)
class Split:
    """The requests of each object."""

    requests: Ints
    records_each: Ints
    """Of each request but an object's last, which holds the rest."""
    fits: npt.NDArray[np.bool_]
    """Is the payload of each request within the limit? Where not, the object cannot be transformed."""


def split(objects: Objects, job: CreateTransformJob) -> Split:
    """Return how a job asks for its objects: whole, record by record, or as many records at a time as fit."""
    limit = job.max_payload_in_mb * BYTES_PER_MB or np.inf
    if job.split_type == "None":
        ones = np.ones(len(objects), dtype=np.int64)
        return Split(ones, objects.records, objects.records * objects.record_bytes <= limit)
    fits = objects.record_bytes <= limit
    each = _most_that_fit(objects, limit) if job.makes_mini_batches else np.ones(len(objects), dtype=np.int64)
    return Split(-(-objects.records // each), each, fits)


def _most_that_fit(objects: Objects, limit: float) -> Ints:
    most: Floats = np.minimum(objects.records, np.floor(limit / objects.record_bytes))
    return np.maximum(1, most.astype(np.int64))


def instances_of(objects: Objects, count: int, assignment: Assignment) -> Ints:
    """Return which instance works on which object: one alone on each (spec inference 5)."""
    if assignment == "key-order":
        return np.arange(len(objects), dtype=np.int64) % count
    digests = b"".join(blake2b(name.encode(), digest_size=4).digest() for name in objects.names())
    return np.frombuffer(digests, dtype="<u4").astype(np.int64) % count
