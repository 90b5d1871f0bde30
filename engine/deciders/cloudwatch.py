"""A CloudWatch alarm, followed point by point: `engine.cloudwatch.decision` decides, nothing here does.

Before the first point there is no data, as on a new fleet. The alarm is created with that point, so it begins in
INSUFFICIENT_DATA, and looks at N periods and two more (`engine.timing`). One that was put earlier with `breaching`
would be in ALARM before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.bounds import Bounded, bounded
from engine.cloudwatch.explain import look
from engine.deciders.verdict import Row, Verdict, counted
from engine.errors import Wrong
from engine.requests.cloudwatch import AlarmState, TreatMissingData

SHORT = {"OK": "ok", "ALARM": "AL", "INSUFFICIENT_DATA": "?"}
"""States as cells have them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudWatch(Bounded):
    """M of N."""

    evaluation_periods: int = bounded(low=1, high=20)
    datapoints_to_alarm: int = bounded(low=1, high=20)

    def wrongs(self) -> Iterator[Wrong]:
        """No more can be bad than are looked at."""
        yield from super(CloudWatch, self).wrongs()  # slots make a class anew, which super() alone does not know
        if self.datapoints_to_alarm > self.evaluation_periods:
            say = f"must be at most evaluation_periods, {self.evaluation_periods}, got {self.datapoints_to_alarm}"
            yield Wrong("datapoints_to_alarm", say)


def decide(row: Row, settings: CloudWatch, treat_missing_data: TreatMissingData) -> Verdict:
    """Return with which point the alarm goes to ALARM, on which an update would go back."""
    state: AlarmState = "INSUFFICIENT_DATA"
    cells, say = [], ""
    n = settings.evaluation_periods
    for place in range(len(row)):
        seen = look(
            (*(None,) * n, *row[: place + 1]),
            evaluation_periods=n,
            datapoints_to_alarm=settings.datapoints_to_alarm,
            treat_missing_data=treat_missing_data,
            previous=state,
        )
        state, say = seen.decision.state, seen.say
        cells.append(SHORT[state])
        if state == "ALARM":
            return Verdict(at=place, cells=tuple(cells), say=f"At {counted(place)}: {say}")
    return Verdict(at=None, cells=tuple(cells), say=say)
