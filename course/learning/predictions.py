"""How well runs were predicted, in lessons and before runs of labs: part by part, over the whole history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from course.history import Event
from labs.prediction import PARTS, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Of so many predictions of a part, how many were true."""

    held: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicted:
    """All that was predicted."""

    runs: int
    parts: Mapping[Part, Held]
    """Those that were asked for, in the order in which they are asked."""

    @property
    def whole(self) -> Held:
        """All parts together."""
        return Held(
            held=sum(each.held for each in self.parts.values()), of=sum(each.of for each in self.parts.values())
        )


def predicted(events: Iterable[Event]) -> Predicted:
    """Add up what was predicted and what came of it."""
    told = (event.values("held") for event in events if event.kind in ("predicted", "lab-predicted"))
    verdicts = [verdict for verdict in told if verdict]
    found = {part: [verdict[part] is True for verdict in verdicts if part in verdict] for part in PARTS}
    parts = {part: Held(held=sum(each), of=len(each)) for part, each in found.items() if each}
    return Predicted(runs=len(verdicts), parts=parts)
