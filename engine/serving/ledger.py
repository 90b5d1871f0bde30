"""Counts what was answered within the counted time, and which requests went wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from engine.run import RequestLog
from engine.serving.answers import Answers
from engine.serving.batch import SERVER_ERROR
from engine.serving.latencies import Latencies
from engine.traffic.arrivals import Slot

Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Counts:
    """Sums over the requests of the counted time."""

    requests: int = 0
    errors_4xx: int = 0
    errors_5xx: int = 0
    slo_missed: int = 0
    by_config: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounting:
    """What counts as a bad answer, and until when answers are counted."""

    until_s: float
    slo_s: float
    client_timeout_s: float
    keep_requests: bool
    keep_latencies: bool = False
    """Count how long good answers took; nobody else pays for it."""


class Ledger:
    """The sums, and with `keep_requests` two bits per request."""

    def __init__(self, rules: Accounting, slot_s: float) -> None:
        self.counts = Counts()
        self.latencies = Latencies()
        """Of good answers of the counted time, where they are kept."""
        self.new_config: str | None = None
        """The configuration that the first update brings; its answers are logged from then on."""
        self._rules = rules
        self._latest_s = min(rules.slo_s, rules.client_timeout_s)
        self._slot_s = slot_s
        self._pages: list[tuple[bytes, bytes, int]] = []
        self._bad: Bools | None = None
        self._new: Bools | None = None

    def open(self, slot: Slot) -> None:
        """Begin a slot; one after the counted time is not kept."""
        kept = self._rules.keep_requests and slot.start < self._rules.until_s
        self._bad = np.zeros(len(slot.arrival), dtype=np.bool_) if kept else None
        self._new = np.zeros(len(slot.arrival), dtype=np.bool_) if kept else None

    def close(self) -> None:
        """Put the bits of the slot away."""
        self._pages += self._open_page()

    def log(self) -> RequestLog:
        """Return which requests went wrong, those of an unfinished slot included."""
        pages = [*self._pages, *self._open_page()]
        bad, new, counts = (tuple(page[k] for page in pages) for k in range(3))
        return RequestLog(bad, new, counts, self._slot_s)  # type: ignore[arg-type]

    def count(self, config: str, answers: Answers, index: slice | Ints) -> None:
        """Count answers of a configuration; `index` is their place in the slot."""
        n = self._counted(answers.arrival)
        if n == 0:
            return
        status = answers.status[:n]
        took_s = answers.model_s[:n] + answers.overhead_s[:n]
        bad = took_s > self._latest_s
        failed, counts = int(np.count_nonzero(status)), self.counts
        if self._rules.keep_latencies:
            self.latencies.add(took_s[status == 0] if failed else took_s)
        if failed:
            bad |= status != 0
            server_errors = int(np.count_nonzero(status == SERVER_ERROR))
            counts.errors_5xx += server_errors
            counts.errors_4xx += failed - server_errors
        counts.requests += n
        counts.slo_missed += int(np.count_nonzero(bad)) - failed
        counts.by_config[config] = counts.by_config.get(config, 0) + n
        self._note(index, n, bad, config == self.new_config)

    def refuse(self, arrivals: npt.NDArray[np.float64], index: Ints) -> None:
        """Count requests that no fleet took: a 4xx for the caller, in no variant's metrics."""
        n = self._counted(arrivals)
        self.counts.requests += n
        self.counts.errors_4xx += n
        self._note(index, n, True, False)

    def _counted(self, arrivals: npt.NDArray[np.float64]) -> int:
        """Return how many came within the counted time."""
        until = self._rules.until_s
        return len(arrivals) if arrivals[-1] < until else int(np.searchsorted(arrivals, until))

    def _note(self, index: slice | Ints, n: int, bad: Bools | bool, new: bool) -> None:
        if self._bad is None or self._new is None:
            return
        place = slice(index.start, index.start + n) if isinstance(index, slice) else index[:n]
        self._bad[place] = bad
        if new:
            self._new[place] = True

    def _open_page(self) -> list[tuple[bytes, bytes, int]]:
        if self._bad is None or self._new is None:
            return []
        return [(np.packbits(self._bad).tobytes(), np.packbits(self._new).tobytes(), len(self._bad))]
