"""How long callers waited, counted in bins: percentiles of millions of answers without keeping them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

SHORTEST_S, LONGEST_S = 1e-4, 1e6
"""What lies beyond counts as that."""
PER_E_FOLD = 100
"""Bins between a time and e times as much: a percentile is right to half a per cent."""
BINS = int(np.log(LONGEST_S / SHORTEST_S) * PER_E_FOLD) + 1


class Latencies:
    """Counts of times by bins, whose widths grow with the times."""

    __slots__ = ("_counts",)

    def __init__(self) -> None:
        self._counts = np.zeros(BINS, dtype=np.int64)

    def add(self, took_s: npt.NDArray[np.float64]) -> None:
        """Count these times, in seconds."""
        places = np.log(np.clip(took_s, SHORTEST_S, LONGEST_S) / SHORTEST_S) * PER_E_FOLD
        self._counts += np.bincount(places.astype(np.intp), minlength=BINS)

    def merge(self, other: Latencies) -> None:
        """Count those of another one too."""
        self._counts += other._counts

    def within_s(self, percent: float) -> float | None:
        """Return within how many seconds so many per cent lie, by nearest rank; None where nothing was counted."""
        total = int(self._counts.sum())
        if not total:
            return None
        rank = max(1, int(np.ceil(total * percent / 100)))
        place = int(np.searchsorted(np.cumsum(self._counts), rank))
        return float(SHORTEST_S * np.exp((place + 0.5) / PER_E_FOLD))
