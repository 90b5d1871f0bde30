"""What a submission claims, and which of its plans count: only the plans are believed, and only once they have run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from course.history import Event

Which = Literal["best", "last"]
"""Of several plans for one lab: the one that the learner's own program thought best, of equals the last; or the last
of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A plan that was graded at home, and what came of it there."""

    exercise: str
    """The id of a lab or an incident."""
    text: str
    at: datetime
    passed: bool
    score: float | None
    """None: not told, as of an incident."""
    release: str = ""
    """Of an incident: what was met; it was drawn by the learner's program."""
    seed: int = 0


def claims(events: Iterable[Event], which: Which) -> Mapping[str, Claim]:
    """Return the plan that counts of each lab and incident that was graded, by id."""
    found: dict[str, Claim] = {}
    for event in events:
        claim = _claim(event)
        if claim is None:
            continue
        before = found.get(claim.exercise)
        if before is None or which == "last" or _worth(claim) >= _worth(before):
            found[claim.exercise] = claim
    return found


def _worth(claim: Claim) -> tuple[bool, float]:
    return claim.passed, claim.score or 0.0


def _claim(event: Event) -> Claim | None:
    """Return what an event claims; None if it is no grade, or holds no plan."""
    passed = event.data.get("passed") is True
    if event.kind == "lab-graded":
        text, score = event.text("text"), event.score("score")
        return Claim(exercise=event.subject, text=text, at=event.at, passed=passed, score=score) if text else None
    if event.kind == "incident-graded":
        text = _later(event.data.get("later"))
        return Claim(
            exercise=event.subject,
            text=text,
            at=event.at,
            passed=passed,
            score=None,
            release=event.text("release"),
            seed=min(event.whole("seed"), 2**32 - 1),
        )
    return None


def _later(data: Any) -> str:  # noqa: ANN401 - as JSON has it
    """Return the actions of a shift as the text of a plan: JSON is YAML too."""
    steps = data if isinstance(data, list | tuple) else []
    return json.dumps({"Later": list(steps)}, default=dict) if steps else "{}"
