"""What lies in S3 for batch jobs: objects by prefix, as many of a kind as one likes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.bounds import Bounded, Spelt, bounded
from engine.errors import Wrong

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Objects(Bounded):
    """Objects of one kind: their keys are the prefix and a number."""

    prefix: str = bounded(rule=Spelt(r"s3://[\s\S]*", "must begin with s3://"))
    """Such as `s3://lake/churn/part-`."""
    count: int = bounded(1, low=1, high=1_000_000)
    """How many such objects there are."""
    records: int = bounded(low=1, high=1_000_000_000)
    """Of each object."""
    record_bytes: float = bounded(above=0, high=1e9)
    """The size of a record."""
    bad_records: int = bounded(0, low=0)
    """Records of each object that every model refuses, such as a broken line."""
    layout: str = ""
    """Where the same records lie there cut in several ways: the name of this way, the same one for all its objects."""

    def wrongs(self) -> Iterator[Wrong]:
        """Yield also more bad records than there are."""
        yield from super(S3Objects, self).wrongs()
        if self.bad_records > self.records:
            yield Wrong(
                "bad_records", f"must be at most the {self.records} records of an object, got {self.bad_records}"
            )


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects of a job in the order of their keys, a column each."""

    keys: tuple[S3Objects, ...]
    """Where the names come from, in the order of the columns."""
    records: Ints
    record_bytes: Floats
    bad_records: Ints

    def __len__(self) -> int:
        return len(self.records)

    def names(self) -> list[str]:
        """Return the key of every object."""
        return [f"{kind.prefix}{index:05d}" for kind in self.keys for index in range(kind.count)]


def objects_under(uri: str, stored: Iterable[S3Objects]) -> Objects:
    """Return all objects whose key begins with `uri` (spec inference 5)."""
    found = tuple(sorted((each for each in stored if each.prefix.startswith(uri)), key=lambda each: each.prefix))
    counts = [each.count for each in found]
    return Objects(
        keys=found,
        records=np.repeat(np.array([each.records for each in found], dtype=np.int64), counts),
        record_bytes=np.repeat(np.array([each.record_bytes for each in found], dtype=np.float64), counts),
        bad_records=np.repeat(np.array([each.bad_records for each in found], dtype=np.int64), counts),
    )
