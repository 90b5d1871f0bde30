"""A metric whose minutes are given, in place of a simulated endpoint."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from engine.requests.cloudwatch import Datapoint


@dataclass
class Minutes:
    """A metric with one value per minute, each visible `delay` seconds after its minute has ended."""

    values: dict[int, float]
    """By minute; a minute that is not here has no data."""
    delay: float = 0.0
    samples: float = 60.0
    """Per minute."""
    asked: list[float] = field(default_factory=list)
    """Starts of the periods that were asked for."""

    def datapoints(self, query, starts, now):
        """Return the sum over the visible minutes of each period."""
        return [self._datapoint(query, start, now) for start in starts]

    def _datapoint(self, query, start, now):
        self.asked.append(start)
        minutes = range(int(start // 60), int(-(-(start + query.period) // 60)))
        seen = [self.values[m] for m in minutes if m in self.values and (m + 1) * 60 + self.delay <= now]
        return Datapoint(sum(seen), self.samples * len(seen)) if seen else None


@pytest.fixture
def minutes():
    """The class, so that each test gives its own values."""
    return Minutes
