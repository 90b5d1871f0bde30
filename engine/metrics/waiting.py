"""Answers that wait for their minute to be over: they come in by arrival, and count in the minute of their completion.

Few answers are given after the end of the minute in which they were asked for. When that minute is taken out, these are
moved behind all others, to where the next minute begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from engine.serving.answers import Answers

Floats = npt.NDArray[np.float64]
Statuses = npt.NDArray[np.uint8]


class Waiting:
    """The answers of one fleet in minutes that are not closed."""

    __slots__ = ("parts",)

    def __init__(self) -> None:
        self.parts: list[Answers] = []
        """In the order of arrival, within each part and from part to part."""

    def take(self, minutes: range) -> Iterator[tuple[int, Statuses, Floats]]:
        """Yield and forget each minute that has answers, given that all before these are taken: the statuses, and a row
        each for ModelLatency, OverheadLatency and work, and for what else the fleet tells.
        """
        if not self.parts:
            return
        status, times = _joined(self.parts)
        arrival, completion, *_ = times
        begin, ends = 0, [60.0 * (minute + 1) for minute in minutes]
        for minute, end, reach in zip(minutes, ends, arrival.searchsorted(ends).tolist(), strict=True):
            late = completion[begin:reach] >= end
            done = reach - int(np.count_nonzero(late))
            if done < reach:
                first = int(late.argmax())
                order, tail = late[first:].argsort(kind="stable"), slice(begin + first, reach)
                status[tail], times[:, tail] = status[tail][order], times[:, tail][:, order]
            if done > begin:
                yield minute, status[begin:done], times[2:, begin:done]
            begin = done
        self.parts = [_parted(status[begin:].copy(), times[:, begin:].copy())] if begin < len(status) else []


def _joined(parts: Sequence[Answers]) -> tuple[Statuses, Floats]:
    """Return copies of all parts, one after the other: the statuses, and a row for each column of times."""
    statuses, *columns, more = zip(*parts, strict=True)
    status = np.concatenate(statuses)
    columns += zip(*more, strict=True)
    times = np.empty((len(columns), len(status)))
    for row, column in zip(times, columns, strict=True):
        np.concatenate(column, out=row)
    return status, times


def _parted(status: Statuses, times: Floats) -> Answers:
    """Return what was joined as answers again."""
    arrival, completion, model_s, overhead_s, work_s, *more = times
    return Answers(status, arrival, completion, model_s, overhead_s, work_s, tuple(more))
